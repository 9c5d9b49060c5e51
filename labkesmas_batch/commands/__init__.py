"""What each command does: read, call the pure core, publish; one file a command."""
