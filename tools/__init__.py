"""Scripts for those who work on the program; run them as ``python -m tools.<name>``."""
