"""How the file of a list is laid out: its text, its cells, its head, and the rows that are no records."""
