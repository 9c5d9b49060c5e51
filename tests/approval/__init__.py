"""Tests of labkesmas_batch.approval."""
