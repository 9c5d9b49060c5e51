"""Days and teams: the five conditions, ledger, search, obstacles."""
