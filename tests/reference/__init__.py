"""Tests of labkesmas_batch.reference."""
