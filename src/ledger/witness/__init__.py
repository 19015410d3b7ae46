"""The witness: a program of another organisation that remembers the size of each log and cosigns its growth.

It needs no ledger and no network: a submission from a log is a file in (the body of `add-checkpoint`,
c2sp.org/tlog-witness), a cosignature is a file out. `evaluate` judges a submission from bytes alone, `state` stores
what the witness cosigned in a folder, and `cosign` joins the two under a lock.
"""
