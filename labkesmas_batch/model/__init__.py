"""Immutable types, a file a subject."""
