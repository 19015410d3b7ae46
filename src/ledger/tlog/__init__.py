"""The RFC 6962 Merkle tree over the entries, and proofs about it. Imports nothing else of ours."""
