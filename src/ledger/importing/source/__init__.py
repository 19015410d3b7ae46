"""From the bytes of a CSV or XLSX file to typed rows."""
