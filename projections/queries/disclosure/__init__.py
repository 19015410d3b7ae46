"""Disclosure of engagements: what can be disclosed, what was, what waits, and what changed since."""
