"""The schema `ledger` in PostgreSQL, as migrations; verification compares the catalogue with their result.

A recorder may read the tables and call the functions that append, a signer the one that stores checkpoints as well.
These run with the rights of the owner, lock the head first, and refuse entries that do not follow the last ones. A
released migration is never changed: a new one is added. (The functions of version 1 are in no migration any more:
version 2 drops them.)
"""

from ledger.stores.postgres.functions import FUNCTIONS

_TABLES = """
CREATE TABLE ledger.entries (
  position bigint PRIMARY KEY CHECK (position > 0),
  stream text COLLATE "C" NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  type text COLLATE "C" NOT NULL,
  recorded_at text COLLATE "C" NOT NULL,
  effective_on text COLLATE "C" NOT NULL,
  actor text COLLATE "C" NOT NULL,
  command text COLLATE "C" NOT NULL,
  leaf bytea NOT NULL,
  data bytea NOT NULL,
  UNIQUE (stream, version)
);
CREATE TABLE ledger.head (
  id integer PRIMARY KEY CHECK (id = 1),
  size bigint NOT NULL,
  recorded_at text COLLATE "C" NOT NULL,
  hashes bytea NOT NULL,
  root bytea NOT NULL
) WITH (fillfactor = 20);
CREATE TABLE ledger.tiles (
  level integer NOT NULL,
  number bigint NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (level, number)
);
CREATE TABLE ledger.commands (
  id text COLLATE "C" PRIMARY KEY,
  digest bytea NOT NULL,
  first bigint NOT NULL,
  count integer NOT NULL
);
CREATE TABLE ledger.names (
  key text COLLATE "C" NOT NULL,
  stream text COLLATE "C" NOT NULL,
  position bigint NOT NULL
);
CREATE INDEX names_by_key ON ledger.names USING btree (substr(key, 1, 200));
CREATE TABLE ledger.mentions (
  target text COLLATE "C" NOT NULL,
  position bigint NOT NULL,
  PRIMARY KEY (target, position)
);
CREATE TABLE ledger.checkpoints (
  number bigint PRIMARY KEY,
  size bigint NOT NULL,
  note bytea NOT NULL
);
CREATE TABLE ledger.migrations (
  version integer PRIMARY KEY
);
"""

# Statement triggers do not slow down INSERT. ON CONFLICT DO UPDATE and MERGE fire the triggers of UPDATE as well.
_TRIGGERS = """
CREATE FUNCTION ledger.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of ledger.% is refused: a ledger is appended to only', TG_OP, TG_TABLE_NAME;
END $$;
CREATE TRIGGER entries_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.entries
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse();
CREATE TRIGGER checkpoints_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.checkpoints
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse();
CREATE TRIGGER head_stays BEFORE DELETE OR TRUNCATE ON ledger.head
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse();
CREATE TRIGGER head_grows BEFORE UPDATE ON ledger.head
  FOR EACH ROW WHEN (NEW.size < OLD.size OR NEW.recorded_at < OLD.recorded_at) EXECUTE FUNCTION ledger.refuse();
"""

_BEGIN = """
REVOKE ALL ON SCHEMA ledger FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA ledger FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC;
INSERT INTO ledger.head SELECT 1, 0, '', ''::bytea, sha256(''::bytea);
"""

_NEW_FUNCTIONS = """
ALTER TABLE ledger.entries ADD COLUMN login text COLLATE "C";
CREATE TEMPORARY TABLE recorders ON COMMIT DROP AS
  SELECT DISTINCT a.grantee::regrole::text AS role FROM pg_proc p, aclexplode(p.proacl) AS a
  WHERE p.pronamespace = 'ledger'::regnamespace AND a.grantee NOT IN (0, p.proowner);
DO $$
DECLARE
  old record;
BEGIN
  FOR old IN SELECT oid::regprocedure::text AS name FROM pg_proc
    WHERE pronamespace = 'ledger'::regnamespace AND proname IN ('hold', 'append', 'append_one', 'keep_checkpoint')
  LOOP
    EXECUTE format('DROP FUNCTION %s', old.name);
  END LOOP;
END $$;
"""

# Roles that could record may still; nobody else stores checkpoints until the owner grants it.
_OLD_RIGHTS = """
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC;
DO $$
DECLARE
  recorder record;
BEGIN
  FOR recorder IN SELECT role FROM pg_temp.recorders LOOP
    EXECUTE format('GRANT EXECUTE ON FUNCTION ledger.hold, ledger.append, ledger.append_one TO %s', recorder.role);
    EXECUTE format('REVOKE ALL ON FUNCTION ledger.refuse FROM %s', recorder.role);
  END LOOP;
END $$;
"""

MIGRATIONS = (_TABLES + _TRIGGERS + _BEGIN, _NEW_FUNCTIONS + FUNCTIONS + _OLD_RIGHTS)
"""One script for each version of the schema, the first for version 1; each runs in one transaction."""

GRANT_READING = """
GRANT USAGE ON SCHEMA ledger TO {role};
GRANT SELECT ON ALL TABLES IN SCHEMA ledger TO {role};
"""
GRANT_RECORDING = GRANT_READING + "GRANT EXECUTE ON FUNCTION ledger.hold, ledger.append, ledger.append_one TO {role};"
GRANT_SIGNING = GRANT_RECORDING + "GRANT EXECUTE ON FUNCTION ledger.keep_checkpoint TO {role};"
"""The rights of a signer; `GRANT_RECORDING` has those of a recorder, `GRANT_READING` those of a reader."""

CATALOG_QUERY = """
SELECT 'column', c.relname || '.' || a.attname,
  format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
    || CASE WHEN a.attcollation = 0 THEN '' ELSE coalesce((SELECT ' ' || collname FROM pg_collation l
        WHERE l.oid = a.attcollation), '') END
    || CASE WHEN a.atthasdef OR a.attidentity <> '' OR a.attgenerated <> '' THEN ' default' ELSE '' END
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
  WHERE c.relnamespace = 'ledger'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
UNION ALL SELECT 'table', relname,
  relkind::text || relpersistence::text || (relrowsecurity OR relforcerowsecurity)::text
  FROM pg_class WHERE relnamespace = 'ledger'::regnamespace AND relkind NOT IN ('i', 'I', 't')
UNION ALL SELECT 'index', c.relname,
  regexp_replace(pg_get_indexdef(i.indexrelid), '^.* USING ', '') || CASE WHEN i.indisvalid THEN '' ELSE ' invalid' END
    || CASE WHEN i.indisunique THEN ' unique' ELSE '' END
  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relnamespace = 'ledger'::regnamespace
UNION ALL SELECT 'constraint', conname, pg_get_constraintdef(oid)
  FROM pg_constraint WHERE connamespace = 'ledger'::regnamespace AND contype <> 'n'
UNION ALL SELECT 'trigger', t.tgname, c.relname || ' ' || t.tgtype::text || ' ' || t.tgenabled::text || ' '
    || p.pronamespace::regnamespace || '.' || p.proname
    || coalesce(' ' || substring(pg_get_triggerdef(t.oid) FROM 'WHEN (.*) EXECUTE'), '')
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
  WHERE c.relnamespace = 'ledger'::regnamespace AND NOT t.tgisinternal
UNION ALL SELECT 'rule', r.rulename, c.relname FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
  WHERE c.relnamespace = 'ledger'::regnamespace
UNION ALL SELECT 'function', proname,
  prosecdef::text || ' ' || coalesce(array_to_string(proconfig, ','), '') || ' ' || md5(concat_ws(' ', prosrc, lanname,
    provolatile, prokind, proisstrict, pg_get_function_arguments(p.oid), pg_get_function_result(p.oid)))
  FROM pg_proc p JOIN pg_language l ON l.oid = prolang WHERE pronamespace = 'ledger'::regnamespace
UNION ALL SELECT 'policy', polname, c.relname FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
  WHERE c.relnamespace = 'ledger'::regnamespace
UNION ALL SELECT 'child table', inhrelid::regclass::text, c.relname
  FROM pg_inherits i JOIN pg_class c ON c.oid = inhparent
  WHERE c.relnamespace = 'ledger'::regnamespace
UNION ALL SELECT 'type', typname, typtype::text FROM pg_type
  WHERE typnamespace = 'ledger'::regnamespace AND typtype NOT IN ('b', 'c')
UNION ALL SELECT 'operator', oprname, oprcode::text FROM pg_operator WHERE oprnamespace = 'ledger'::regnamespace
"""
"""Selects kind, name and definition of every object in the schema."""
