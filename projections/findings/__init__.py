"""Findings: what an external auditor would ask about, looked for by controls over the whole history."""
