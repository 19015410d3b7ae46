"""Workbooks (XLSX) as sources: the archive, its sheets, and what is merged or hidden in them."""
