"""Tests of labkesmas_batch.commands."""
