"""Tests of labkesmas_batch.forms."""
