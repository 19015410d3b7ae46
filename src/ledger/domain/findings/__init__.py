"""Findings of controls: what became of them."""
