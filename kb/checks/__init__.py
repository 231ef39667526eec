"""What must hold of the content, and the faults where it does not."""
