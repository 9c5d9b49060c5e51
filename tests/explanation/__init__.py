"""Tests of labkesmas_batch.explanation."""
