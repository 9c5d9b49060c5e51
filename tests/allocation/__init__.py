"""Tests of labkesmas_batch.allocation."""
