"""Nouns and their verbs: what is written, listed and shown."""
