"""Tests of labkesmas_batch.xlsx."""
