"""Builders, readers and checkers that tests share."""
