"""A report as Markdown, HTML, CSV and JSON."""
