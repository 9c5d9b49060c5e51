"""The schema and what follows from it: cells, headers, tables, templates."""
