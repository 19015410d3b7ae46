"""A laid-out paper as DOCX, PDF and XLSX."""
