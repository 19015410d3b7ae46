"""Commands that create a ledger and record in it: `init`, `import`, `record`."""
