"""What auditors, signers and witnesses do."""
