"""Tests of labkesmas_batch.cli."""
