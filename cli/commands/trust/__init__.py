"""Commands for auditors, signers and witnesses."""
