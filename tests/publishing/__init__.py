"""Tests of labkesmas_batch.publishing."""
