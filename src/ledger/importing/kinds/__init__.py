"""The kinds of row: agreements, parties, orders, payments."""
