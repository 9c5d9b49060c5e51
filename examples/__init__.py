"""The made-up example week and history."""
