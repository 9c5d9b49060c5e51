"""Every workbook that people read, one file a sheet."""
