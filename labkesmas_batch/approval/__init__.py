"""Management's and the field's forms, read back and applied."""
