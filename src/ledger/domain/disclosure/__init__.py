"""Disclosures: documents that report engagements to a body."""
