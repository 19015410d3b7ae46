"""How answers look: tables, messages, progress, receipts, findings, files."""
