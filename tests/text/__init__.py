"""Words, names and numbers."""
