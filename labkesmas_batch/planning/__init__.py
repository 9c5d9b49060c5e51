"""The week, purely: carry over, plan, describe, compare with last time."""
