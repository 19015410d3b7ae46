"""The ledger: what happened, and the proof of it."""

__version__ = "0.1.0"
