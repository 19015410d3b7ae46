"""What parties give, and what is ordered, accepted and paid."""
