"""Tests of labkesmas_batch.register."""
