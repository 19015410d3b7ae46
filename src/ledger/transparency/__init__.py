"""What others can check: checkpoints, the published log, proofs, adopted report definitions."""
