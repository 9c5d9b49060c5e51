"""SOP steps 4 to 6: rows to valid requests, accepted or returned."""
