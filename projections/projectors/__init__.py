"""Projectors: functions from events to rows, one module for each subject."""
