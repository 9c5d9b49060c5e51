"""Tests of labkesmas_batch.intake."""
