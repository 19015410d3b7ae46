"""The report to the Council on a period."""
