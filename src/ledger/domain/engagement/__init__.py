"""Engagements: one stream holds the life, the money, the orders, the payments and the outcomes, judged together."""
