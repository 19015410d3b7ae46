"""The money of an engagement: contributions, service orders, acceptances and payments."""
