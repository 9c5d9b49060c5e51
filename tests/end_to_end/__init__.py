"""The whole program, from the files that people fill to those that they read."""
