"""The ledger: an append-only log of events about an organisation's engagements, and what proves it unaltered.

Imports run one way: `cli` on `projections` on `ledger`. Within `ledger` a room imports only rooms of the layers below
its own, which `lint-imports` checks (`[tool.importlinter]` in pyproject.toml):

    maintenance
    importing, replay, transparency
    application
    keys, stores, verify, witness
    files, format
    domain, tlog
    characters

The rooms of `ledger`, from the bottom to the top:

`characters` says which characters a text may have, which of them nobody sees, and which texts look alike.

`domain` holds the events, the rules that allow or refuse them, and the commands that produce them: one package per
aggregate (party, engagement, disclosure, organisation). It reads no file and no clock. `registry` lists them all.

`tlog` holds the RFC 6962 Merkle tree, its inclusion and consistency proofs, signed checkpoints and cosignatures, in the
formats of C2SP. It knows hashes and signatures, not entries.

`format` defines what is stored, byte for byte: the entry (an event in its envelope), its canonical JSON, and the keys
under which party names are compared. docs/format.md specifies it.

`files` reads and writes files next to the log: attachments named by their SHA-256, atomic replacement, file locks, and
folders from others, in which no link is followed.

`stores` keeps the log in a SQLite file or on a PostgreSQL server: entries, head, tiles and indexes change in one
transaction. `log_store` is the interface of a store, `urls` and `open` choose one by its URL.

`keys` holds the secret keys that sign checkpoints: the folder of keys, passphrases, and the rotation from one key to
the next.

`verify` checks bytes and the tree: steps 1 to 11 and 18 to 20 of docs/verification.md. It imports neither the domain
nor the stores, so that a defect in the code that records cannot hide itself.

`witness` is the program of another organisation that remembers the size of each log and cosigns a checkpoint only if it
extends the previous one. It needs no ledger.

`application` is the ledger as a whole. A request comes in, a transaction decides its commands in the current state and
appends the entries, and a receipt goes out. It also holds the rollback guard and opens ledgers by URL.

`replay` checks what entries mean: steps 12 to 15 and 17. It folds every stream again and applies every rule.

`importing` turns a register (CSV or XLSX) into requests: a profile names its columns, `source` reads rows, `kinds`
plans what each row records, `changes` compares a row with what the register stated before. `discovery` looks at a list
without a profile, and drafts one.

`transparency` is what outsiders can check: signing checkpoints, publishing the log as static files, proofs of entries,
and the adoption of report definitions.

`maintenance` works on whole ledgers: backup, restore, and copying from one store to another.

`projections` (what the log adds up to) and `cli` (the commands) are described in CONTRIBUTING.md, as are the tests.
"""

__version__ = "0.1.0"
