"""Why: the pair, the day, the week."""
