"""Files in: what people wrote, read and held as one value."""
