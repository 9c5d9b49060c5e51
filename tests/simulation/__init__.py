"""Tests of labkesmas_batch.simulation."""
