"""Rights, owners and settings in a ledger's database that `ledger migrate` does not make, as faults of the store."""

from collections.abc import Callable, Iterator
from typing import Any, LiteralString

_GRANTS: LiteralString = """
SELECT o.kind, o.name, CASE o.grantee WHEN 0 THEN 'every role' ELSE 'the role ' || o.grantee::regrole END,
  o.privilege_type || CASE WHEN o.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
FROM (
  SELECT 'schema' AS kind, nspname::text AS name, nspowner AS owner, a.*
    FROM pg_namespace, aclexplode(coalesce(nspacl, acldefault('n', nspowner))) AS a
    WHERE oid = 'ledger'::regnamespace
  UNION ALL SELECT 'table', relname, relowner, a.*
    FROM pg_class, aclexplode(coalesce(relacl, acldefault('r', relowner))) AS a
    WHERE relnamespace = 'ledger'::regnamespace AND relkind NOT IN ('i', 'I', 't', 'S', 'c')
  UNION ALL SELECT 'column', relname || '.' || attname, relowner, a.*
    FROM pg_attribute JOIN pg_class c ON c.oid = attrelid, aclexplode(attacl) AS a
    WHERE relnamespace = 'ledger'::regnamespace
  UNION ALL SELECT 'function', proname, proowner, a.*
    FROM pg_proc, aclexplode(coalesce(proacl, acldefault('f', proowner))) AS a
    WHERE pronamespace = 'ledger'::regnamespace
) AS o
WHERE o.grantee <> o.owner AND (o.grantee = 0 OR o.is_grantable OR (o.kind, o.privilege_type) NOT IN (
    ('schema', 'USAGE'), ('table', 'SELECT'), ('function', 'EXECUTE'))
  OR o.kind = 'function' AND o.name NOT IN ('hold', 'append', 'append_one', 'keep_checkpoint'))
ORDER BY 1, 2, 3, 4
"""
_OWNERS: LiteralString = """
SELECT o.kind, o.name, o.owner::regrole::text FROM (
  SELECT 'table' AS kind, relname AS name, relowner AS owner FROM pg_class
    WHERE relnamespace = 'ledger'::regnamespace AND relkind NOT IN ('i', 'I', 't')
  UNION ALL SELECT 'function', proname, proowner FROM pg_proc WHERE pronamespace = 'ledger'::regnamespace
) AS o
WHERE o.owner <> (SELECT nspowner FROM pg_namespace WHERE oid = 'ledger'::regnamespace) ORDER BY 1, 2
"""
# Before PostgreSQL 16 a membership has neither option, and always gives the rights.
_MEMBERS: LiteralString = """
SELECT DISTINCT m.member::regrole::text, m.roleid::regrole::text
FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid JOIN pg_roles held ON held.oid = m.member
WHERE (r.oid = (SELECT nspowner FROM pg_namespace WHERE oid = 'ledger'::regnamespace)
    OR r.rolname IN ('pg_write_all_data', 'pg_maintain', 'pg_write_server_files', 'pg_execute_server_program'))
  AND 'true' IN (coalesce(to_jsonb(m) ->> 'inherit_option', 'true'), coalesce(to_jsonb(m) ->> 'set_option', 'true'))
  AND NOT held.rolsuper
ORDER BY 1, 2
"""
# A role may set most of its own settings itself, for its own sessions: they concern nobody else.
_SETTINGS: LiteralString = """
SELECT CASE s.setrole WHEN 0 THEN 'every role' ELSE 'the role ' || s.setrole::regrole END, split_part(c.text, '=', 1)
FROM pg_db_role_setting s, unnest(s.setconfig) AS c(text) LEFT JOIN pg_settings p
  ON p.name = split_part(c.text, '=', 1)
WHERE s.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
  AND (s.setrole IN (0, (SELECT nspowner FROM pg_namespace WHERE oid = 'ledger'::regnamespace))
    OR p.context <> 'user' AND has_schema_privilege(s.setrole, 'ledger', 'USAGE'))
UNION SELECT 'this session', 'session_replication_role' WHERE current_setting('session_replication_role') <> 'origin'
ORDER BY 1, 2
"""
HARMLESS = frozenset((
    "application_name", "client_min_messages", "default_transaction_read_only", "idle_in_transaction_session_timeout",
    "idle_session_timeout", "lc_messages", "lock_timeout", "log_min_duration_statement", "log_statement",
    "maintenance_work_mem", "statement_timeout", "temp_buffers", "temp_file_limit", "timezone", "transaction_timeout",
    "work_mem",
))  # fmt: skip
"""Settings of a role or database that change neither what is stored nor what runs."""


def foreign_rights(rows: Callable[[str], list[tuple[Any, ...]]]) -> Iterator[tuple[str, str]]:
    """Yield code and sentence for each right, owner and setting that differs; `rows` runs a query."""
    for kind, name, role, privilege in rows(_GRANTS):
        yield "foreign-right", f"{role} has {privilege} on the {kind} {name}"
    for role, of in rows(_MEMBERS):
        yield "foreign-right", f"the role {role} has the rights of {of}, which may write past the functions"
    for kind, name, owner in rows(_OWNERS):
        yield "foreign-owner", f"the {kind} {name} belongs to {owner}, not to the owner of the ledger"
    for role, setting in rows(_SETTINGS):
        if setting.casefold() not in HARMLESS:
            yield "foreign-setting", f"{setting} is set for {role}"
