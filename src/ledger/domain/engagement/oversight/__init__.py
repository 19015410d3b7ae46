"""What the organisation watches: analysis, risks, conflicts, outcomes, reviews, documents."""
