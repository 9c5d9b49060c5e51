"""The repository itself: its architecture, its pages, its data."""
