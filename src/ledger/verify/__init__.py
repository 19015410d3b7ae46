"""Verification of bytes and of the tree over them, without what entries mean: see ledger.verify.procedure."""
