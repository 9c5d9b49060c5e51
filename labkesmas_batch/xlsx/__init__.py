"""The file format: safe reading, fast writing, palette."""
