"""Commands that copy, back up, restore and migrate ledgers, and those for manual pages and completion."""
