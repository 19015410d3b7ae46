"""The sheets of a paper as a workbook: its text, a sheet for each table, and one that names its figures."""
