"""Supposed changes of a week: what they are, what they would do."""
