"""The SOP's documents: composed as data, numbered, written ready to print."""
