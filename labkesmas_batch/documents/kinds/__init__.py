"""The SOP's documents, one file a kind."""
