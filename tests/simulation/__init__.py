"""Seeded simulation: the real code on a simulated disk and clock, with crashes at any step."""
