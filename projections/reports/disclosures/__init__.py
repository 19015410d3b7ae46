"""The report on what was disclosed, and when."""
