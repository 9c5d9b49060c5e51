"""Tests of labkesmas_batch.planning."""
