"""The organisation's own settings, signing keys, report definitions and exchange rates."""
