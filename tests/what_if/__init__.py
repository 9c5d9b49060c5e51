"""Tests of labkesmas_batch.what_if."""
