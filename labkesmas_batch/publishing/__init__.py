"""Outputs appear whole or not at all; names of run folders."""
