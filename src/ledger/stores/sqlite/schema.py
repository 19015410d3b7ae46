"""The tables and triggers of a ledger in SQLite, as text: verification compares what it finds with exactly this."""

APPLICATION_ID = 0x454C4752
"""`ELGR`, at byte 68 of the file: marks a SQLite file as an engagement ledger."""
SCHEMA_VERSION = 2
"""2 has the table of checkpoints."""

TABLES = {
    "entries": """CREATE TABLE entries (
  position INTEGER PRIMARY KEY,
  stream TEXT NOT NULL,
  version INTEGER NOT NULL,
  type TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  effective_on TEXT NOT NULL,
  actor TEXT NOT NULL,
  command TEXT NOT NULL,
  leaf BLOB NOT NULL,
  data BLOB NOT NULL,
  UNIQUE (stream, version)
) STRICT""",
    "head": """CREATE TABLE head (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  size INTEGER NOT NULL,
  recorded_at TEXT NOT NULL,
  hashes BLOB NOT NULL,
  root BLOB NOT NULL
) STRICT""",
    "tiles": """CREATE TABLE tiles (
  level INTEGER NOT NULL,
  number INTEGER NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (level, number)
) STRICT, WITHOUT ROWID""",
    "commands": """CREATE TABLE commands (
  id TEXT PRIMARY KEY,
  digest BLOB NOT NULL,
  first INTEGER NOT NULL,
  count INTEGER NOT NULL
) STRICT, WITHOUT ROWID""",
    "names": """CREATE TABLE names (
  key TEXT NOT NULL,
  stream TEXT NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (key, stream, position)
) STRICT, WITHOUT ROWID""",
    "mentions": """CREATE TABLE mentions (
  target TEXT NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (target, position)
) STRICT, WITHOUT ROWID""",
    "checkpoints": """CREATE TABLE checkpoints (
  number INTEGER PRIMARY KEY,
  size INTEGER NOT NULL,
  note BLOB NOT NULL
) STRICT""",
}

TRIGGERS = {
    "entries_grow": """CREATE TRIGGER entries_grow BEFORE INSERT ON entries
WHEN NEW.position IS NOT (SELECT coalesce(max(position), 0) + 1 FROM entries)
  OR EXISTS (SELECT 1 FROM entries WHERE stream = NEW.stream AND version = NEW.version)
  OR (NEW.version <> 1 AND NOT EXISTS (SELECT 1 FROM entries WHERE stream = NEW.stream AND version = NEW.version - 1))
BEGIN SELECT RAISE(ABORT, 'entries are appended only'); END""",
    "entries_stay": """CREATE TRIGGER entries_stay BEFORE UPDATE ON entries
BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END""",
    "entries_last": """CREATE TRIGGER entries_last BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END""",
    "checkpoints_grow": """CREATE TRIGGER checkpoints_grow BEFORE INSERT ON checkpoints
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM checkpoints)
BEGIN SELECT RAISE(ABORT, 'checkpoints are appended only'); END""",
    "checkpoints_stay": """CREATE TRIGGER checkpoints_stay BEFORE UPDATE ON checkpoints
BEGIN SELECT RAISE(ABORT, 'checkpoints are never changed'); END""",
    "checkpoints_last": """CREATE TRIGGER checkpoints_last BEFORE DELETE ON checkpoints
BEGIN SELECT RAISE(ABORT, 'checkpoints are never deleted'); END""",
    "head_alone": """CREATE TRIGGER head_alone BEFORE INSERT ON head
WHEN EXISTS (SELECT 1 FROM head)
BEGIN SELECT RAISE(ABORT, 'the head is never replaced'); END""",
    "head_grows": """CREATE TRIGGER head_grows BEFORE UPDATE ON head
WHEN NEW.size < OLD.size OR NEW.recorded_at < OLD.recorded_at
BEGIN SELECT RAISE(ABORT, 'the log never shrinks'); END""",
    "head_lasts": """CREATE TRIGGER head_lasts BEFORE DELETE ON head
BEGIN SELECT RAISE(ABORT, 'the head is never deleted'); END""",
}
