"""acuan.xlsx to a Reference."""
