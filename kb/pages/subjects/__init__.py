"""What the pages show: a module a subject, each with the values of its pages and sections."""
