"""What the laboratory remembers."""
