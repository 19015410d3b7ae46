"""Verification of what entries mean, by replaying them: see ledger.replay.procedure."""
