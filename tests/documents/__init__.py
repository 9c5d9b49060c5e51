"""Tests of labkesmas_batch.documents."""
