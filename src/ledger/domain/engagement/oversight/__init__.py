"""Oversight of an engagement: analysis, materiality, risks, conflicts of interest, outcomes, reviews, documents."""
