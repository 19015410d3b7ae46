"""Engagements. One stream holds an engagement's lifecycle, money, orders, payments and outcomes."""
