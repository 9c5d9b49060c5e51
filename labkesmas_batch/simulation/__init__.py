"""Many weeks under several suppositions."""
