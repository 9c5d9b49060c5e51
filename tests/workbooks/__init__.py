"""Tests of labkesmas_batch.workbooks."""
