"""The schedule workbook: one module for each group of sheets, the looks in one place."""

from labkesmas_batch.workbook.schedule import write_schedule

__all__ = ["write_schedule"]
