"""The test suite: a package for each of the program's, and what they share in support."""
