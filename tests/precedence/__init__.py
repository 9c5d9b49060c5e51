"""Tests of labkesmas_batch.precedence."""
