"""The witness: another organisation's program, which remembers how far each log had grown, and cosigns its growth.

It needs no ledger and no network: what a log sends is a file in (the body of `add-checkpoint`, c2sp.org/tlog-witness),
the cosignature a file out. What it is sent is judged in `evaluate`, from bytes alone; what it remembers stands in a
folder of its own, `state`; `cosign` joins the two under a lock.
"""
