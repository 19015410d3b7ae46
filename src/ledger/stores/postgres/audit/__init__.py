"""Compares a database with what the migrations make: objects, rights, settings, and what is stored twice."""
