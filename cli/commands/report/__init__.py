"""Commands on reports: writing them, documents to be tabled, proofs, checks of files, corrigenda."""
