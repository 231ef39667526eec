"""What must hold of the content, and what is told where it does not."""
