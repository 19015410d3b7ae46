"""Reader, recorder, officer and owner as four logins: what each must not do fails, and what was done is found."""

import json
import threading
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from ledger.application.open import open_ledger
from ledger.stores.errors import Superuser
from ledger.stores.postgres import migrate
from ledger.stores.postgres.connection import opened_ledger
from ledger.stores.postgres.lookup import opened_lookup
from ledger.tlog.checkpoint import Checkpoint
from tests.postgres.logins import Logins, append_one, codes, logins, root

ANYBODY = (
    "INSERT INTO ledger.entries SELECT position + 9, 'a', 1, '', '', '', '', '', leaf, data FROM ledger.entries",
    "UPDATE ledger.entries SET actor = 'x'",
    "DELETE FROM ledger.entries",
    "TRUNCATE ledger.entries",
    "UPDATE ledger.entries SET login = 'x'",
    "UPDATE ledger.head SET size = 9",
    "DELETE FROM ledger.commands",
    "INSERT INTO ledger.names VALUES ('alpha', 'party/B', 1)",
    "DELETE FROM ledger.mentions",
    "TRUNCATE ledger.tiles",
    "INSERT INTO ledger.checkpoints VALUES (9, 1, '')",
    "INSERT INTO ledger.migrations VALUES (9)",
    "COPY ledger.names FROM PROGRAM 'echo'",
    "SELECT * FROM ledger.head FOR UPDATE",
    "LOCK TABLE ledger.head IN ROW EXCLUSIVE MODE",
    "LOCK TABLE ledger.entries IN ACCESS EXCLUSIVE MODE",
    "CREATE TABLE ledger.more (one integer)",
    "CREATE VIEW ledger.more AS SELECT 1",
    "CREATE FUNCTION ledger.more() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
    "CREATE OR REPLACE FUNCTION ledger.refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
    "CREATE TRIGGER spring BEFORE INSERT ON ledger.entries EXECUTE FUNCTION ledger.refuse()",
    "CREATE RULE quiet AS ON INSERT TO ledger.names DO INSTEAD NOTHING",
    "CREATE POLICY hidden ON ledger.entries USING (false)",
    "CREATE INDEX more ON ledger.entries (actor)",
    "ALTER TABLE ledger.entries DISABLE TRIGGER ALL",
    "ALTER TABLE ledger.entries ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE ledger.entries OWNER TO {reader}",
    "ALTER TABLE ledger.entries RENAME TO gone",
    "ALTER SCHEMA ledger RENAME TO gone",
    "ALTER FUNCTION ledger.hold() SECURITY INVOKER",
    "DROP TABLE ledger.names",
    "DROP FUNCTION ledger.hold()",
    "DROP SCHEMA ledger CASCADE",
    "CREATE SCHEMA projections",
    "CREATE TABLE public.unnest (one integer)",
    "CREATE TABLE public.child () INHERITS (ledger.entries)",
    "GRANT {owner} TO {reader}",
    "SET ROLE {owner}",
    "SET SESSION AUTHORIZATION {owner}",
    "SET session_replication_role = replica",
    "ALTER ROLE {owner} PASSWORD 'mine'",
    "ALTER DATABASE {database} SET search_path = public",
    "ALTER DATABASE {database} OWNER TO {reader}",
    "DROP ROLE {officer}",
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'postgres' AND pid <> pg_backend_pid()",
    "SELECT ledger.grow(h, ''::bytea, 5, '2199', ''::bytea) FROM ledger.head h",
    "SELECT ledger.parents(''::bytea)",
    "SELECT ledger.root_at(1)",
    "SELECT ledger.written('a', 1, '', '', '', '', '', '', '')",
    "SELECT ledger.check_times('', '', '')",
)
"""What no login but the owner's may do."""
READERS = (
    "SELECT ledger.hold()",
    "SELECT ledger.append(2, '', ''" + ", '{}'" * 18 + ")",
    "SELECT ledger.keep_checkpoint(1, '')",
)
"""What a reader may not do besides."""


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Logins]:
    """Return four logins on a ledger that no test changes."""
    with logins(tmp_path_factory.mktemp("desks")) as given:
        yield given


@pytest.fixture
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Logins]:
    """Return four logins on a ledger of the test's own."""
    with logins(tmp_path_factory.mktemp("desks")) as given:
        yield given


@pytest.mark.parametrize("statement", ANYBODY)
def test_the_server_refuses_every_lesser_role(four: Logins, statement: str) -> None:
    """Given a login that is not the owner's, when it runs the statement, then the server refuses it."""
    before = root(four)
    statement = statement.replace("{database}", four.admin.rpartition("/")[2])
    for role in ("reader", "recorder", "officer"):
        with pytest.raises(psycopg.Error):
            four.run(role, statement)
    assert before == root(four)


@pytest.mark.parametrize("statement", READERS)
def test_a_reader_only_reads(four: Logins, statement: str) -> None:
    """Given a reader, when it calls a function of recorders or signers, then the server refuses it."""
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        four.run("reader", statement)


def test_a_recorder_stores_no_checkpoint(four: Logins) -> None:
    """Given a recorder, when it stores even the officer's own checkpoint again, then the server refuses it."""
    ((note,),) = four.run("reader", "SELECT note FROM ledger.checkpoints")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        four.run("recorder", KEEP, SIZE, note)


SIZE = 3
"""The ledger holds its opening, a party and the officer's key."""


def _note(logins: Logins, **given: Any) -> bytes:
    ((head,),) = logins.run("reader", "SELECT root FROM ledger.head")
    line = "\u2014 example.org/ledger AAAAAAAA\n"
    stated = {"origin": "example.org/ledger", "size": SIZE, "root": head, "line": line} | given
    return f"{Checkpoint(stated['origin'], stated['size'], stated['root'])}\n{stated['line']}".encode()


KEEP = "SELECT ledger.keep_checkpoint(%s, %s)"
NOTES: dict[str, dict[str, Any]] = {
    "another root": {"root": b"x" * 32},
    "another log": {"origin": "example.org/other"},
    "a log that is longer": {"size": 9},
    "a log that is shorter, with this root": {"size": 1},
    "no signature": {"line": ""},
    "a signature of others only": {"line": "\u2014 witness AAAAAAAA\n"},
    "a signature that is none": {"line": "\u2014 example.org/ledger !\n"},
    "lines without end": {"line": "\u2014 example.org/ledger AAAAAAAA\n" * 2000},
    "too many lines": {"line": "\u2014 example.org/ledger AAAAAAAA\n" * 101},
}


@pytest.mark.parametrize("given", NOTES.values(), ids=NOTES)
def test_an_officer_stores_checkpoints_of_this_log_only(four: Logins, given: dict[str, Any]) -> None:
    """Given an officer with raw SQL, when a note is not a checkpoint of this log, then the server refuses it."""
    with psycopg.connect(four.url("officer")) as db:
        db.execute(KEEP, [SIZE, _note(four)])
        db.rollback()
    for note in (_note(four, **given), b"garbage", b"\xff", b"x" * 1_000_000):
        with pytest.raises(psycopg.Error):
            four.run("officer", KEEP, given.get("size", SIZE), note)
    assert set() == codes(four)


@pytest.mark.parametrize(
    ("role", "line", "code"),
    [
        ("reader", "party register 'Beta (illustrative)'", "read-only"),
        ("reader", "checkpoint", "read-only"),
        ("reader", "migrate --recorder {reader}", "not-allowed"),
        ("recorder", "checkpoint", "not-allowed"),
        ("recorder", "migrate --signer {recorder}", "not-allowed"),
        ("officer", "migrate --reader {officer}", "not-allowed"),
    ],
)
def test_the_product_says_what_a_role_may_not(own: Logins, role: str, line: str, code: str) -> None:
    """Given a role that lacks the right, when it types a command, then a sentence says so and nothing changes."""
    own.type("officer", "party register 'Beta (illustrative)'")
    answer, exit_code = own.type(role, own.filled(line))
    assert (4, f"error: {code}: ") == (exit_code, answer[: len(code) + 9]), answer
    assert set() == codes(own)


def test_what_a_recorder_did_past_the_product_is_found(own: Logins) -> None:
    """Given a recorder with raw SQL, when its entries mean nothing, then verification finds them, with its login."""
    with psycopg.connect(own.url("recorder"), autocommit=True) as db:
        append_one(db, command="c-1", mentions=["party/A"])
        append_one(db, stream="party/Y", command="c-2", part="[1,2]", digest=b"d", names=["false name"])
    answer, code = own.type("reader", "log --format json")
    assert 0 == code, answer
    entries = json.loads(answer)
    expected = ["owner", "recorder", "officer", "recorder", "recorder"]
    assert [own.names[role] for role in expected] == [member["login"] for member in entries]
    assert "staff/9" == entries[3]["actor"]
    with psycopg.connect(own.url("recorder"), autocommit=True) as db:
        append_one(db, stream="party/X", event='{"type":"party.sold"}', type="party.sold")
    answer, code = own.type("reader", "verify --log-only")
    assert 1 == code
    for found in ("broken-command", "command-differs", "unknown-entry", "names-differ", "mentions-differ"):
        assert f"finding: {found}" in answer, answer


def test_a_checkpoint_with_a_false_signature_is_found(own: Logins) -> None:
    """Given an officer with raw SQL, when it stores the right root with a false signature, then it is found."""
    own.run("officer", KEEP, SIZE, _note(own))
    assert {"unknown-signer"} & codes(own)


TRAPS = """
CREATE FUNCTION public.sprung(by text) RETURNS text LANGUAGE plpgsql AS $$
  BEGIN INSERT INTO public.sprung_by VALUES (session_user); RETURN by; END $$;
CREATE FUNCTION public.unnest(text[]) RETURNS SETOF text LANGUAGE sql AS
  $$ SELECT public.sprung(t) FROM pg_catalog.unnest($1) AS t $$;
CREATE FUNCTION public.unnest(bigint[]) RETURNS SETOF bigint LANGUAGE sql AS
  $$ SELECT public.sprung(t::text)::bigint FROM pg_catalog.unnest($1) AS t $$;
CREATE FUNCTION public.substr(text, bigint, bigint) RETURNS text LANGUAGE sql AS $$ SELECT public.sprung($1) $$;
CREATE FUNCTION public.sha256(text) RETURNS bytea LANGUAGE sql AS $$ SELECT public.sprung($1)::bytea $$;
CREATE FUNCTION public.concat(text, text) RETURNS text LANGUAGE sql AS $$ SELECT public.sprung($1) $$;
CREATE FUNCTION public.format(text, bigint, integer, text) RETURNS text LANGUAGE sql AS
  $$ SELECT public.sprung($1) $$;
CREATE FUNCTION public.has_function_privilege(unknown_name text, privilege varchar) RETURNS boolean LANGUAGE sql AS
  $$ SELECT public.sprung($1) IS NULL $$;
CREATE FUNCTION public.substr(text, smallint) RETURNS text LANGUAGE sql AS $$ SELECT public.sprung($1) $$;
CREATE FUNCTION public.spring() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN PERFORM public.sprung(''); RETURN NEW; END $$;
CREATE SCHEMA projections;
CREATE TABLE projections.tracking (id integer, version integer, position bigint, leaf bytea);
CREATE TRIGGER spring BEFORE INSERT OR UPDATE ON projections.tracking EXECUTE FUNCTION public.spring();
GRANT ALL ON SCHEMA projections TO PUBLIC;
GRANT ALL ON projections.tracking TO PUBLIC;
COMMENT ON SCHEMA projections IS 'Made by engagement-ledger from the log of the ledger; it may be dropped at any time.';
"""


TRAP_ON_PATH = """
CREATE SCHEMA {other};
GRANT USAGE ON SCHEMA {other} TO PUBLIC;
CREATE FUNCTION {other}.unnest(text[]) RETURNS SETOF text LANGUAGE sql AS
  $$ SELECT public.sprung(t) FROM pg_catalog.unnest($1) AS t $$;
"""


@pytest.mark.parametrize("role", ["reader", "recorder"])
def test_no_statement_of_a_lesser_role_runs_with_others_rights(own: Logins, role: str) -> None:
    """Given a role that may create things in the database, when it lays traps, no command of others springs one."""
    database = own.admin.rpartition("/")[2]
    own.as_admin(
        own.filled(
            f"CREATE TABLE public.sprung_by (login text); GRANT INSERT ON public.sprung_by TO PUBLIC;"
            f"GRANT CREATE ON SCHEMA public TO {{{role}}}; GRANT CREATE ON DATABASE {database} TO {{{role}}}"
        )
    )
    own.run(role, TRAPS)
    for other in ("reader", "recorder", "officer", "owner"):
        # A schema that bears the name of a login is the first on its path.
        own.run(role, TRAP_ON_PATH.replace("{other}", f"{{{other}}}"))
    for other in ("recorder", "officer", "owner"):
        for line in ("status", "verify", "party list", "log", f"party register 'By the {other} (illustrative)'",
                     "party show A"):  # fmt: skip
            answer, code = own.type(other, line)
            assert 0 == code, answer
    for other, line in (("officer", "checkpoint"), ("owner", "migrate")):
        answer, code = own.type(other, own.filled(line))
        assert 0 == code, answer
    for other in ("recorder", "officer", "owner"):
        ledger = open_ledger(own.url(other))
        assert ["party/A"] == ledger.store.lookup().streams_with("party", "a", 1)
        ledger.close()
        with opened_lookup(own.url(other)) as lookup:
            assert ["party/A"] == lookup.streams_with("party", "a", 1)
    with psycopg.connect(own.admin) as db:
        assert [] == db.execute("SELECT login FROM public.sprung_by").fetchall()


def test_a_superuser_touches_nothing_of_a_lesser_owner(own: Logins) -> None:
    """Given an owner that made a trap of a table, when a superuser opens the ledger, it is told first."""
    own.run("owner", "ALTER TABLE ledger.migrations RENAME TO numbers; CREATE FUNCTION ledger.spring(integer) RETURNS"
                     " integer LANGUAGE plpgsql AS 'BEGIN RAISE ''sprung''; END'; CREATE VIEW ledger.migrations AS"
                     " SELECT ledger.spring(version) AS version FROM ledger.numbers")  # fmt: skip
    for call in (open_ledger, migrate.migrate, migrate.check_free):
        with pytest.raises(Superuser, match="is a superuser"):
            call(own.admin)
    assert "superuser" == Superuser.code


def test_names_are_found_in_the_catalogue_only(four: Logins) -> None:
    """Given any login, when the product connects, then no schema that others may create in is on its path."""
    for role in ("reader", "recorder", "officer", "owner"):
        db, _ = opened_ledger(four.url(role))
        assert (["pg_catalog"],) == db.execute("SELECT current_schemas(true)").fetchone()
        db.close()


def test_a_client_without_time_outs_gets_those_of_the_server(four: Logins) -> None:
    """Given a client without time-outs, when it takes the lock, then the server limits how long it can hold it."""
    limits = "SELECT current_setting('idle_in_transaction_session_timeout'), current_setting('lock_timeout')"
    for take in ("SELECT ledger.hold()", None):
        with psycopg.connect(four.url("recorder")) as db:
            if take:
                db.execute(take.encode())
            else:
                append_one(db)
            assert ("20s", "30s") == db.execute(limits).fetchone()
            db.rollback()


WITHOUT_EFFECT = (
    "GRANT ALL ON ledger.entries TO PUBLIC",
    "REVOKE SELECT ON ledger.entries FROM {recorder}",
    "ALTER ROLE CURRENT_USER SET search_path = public",
    "ALTER ROLE CURRENT_USER SET default_transaction_read_only = on",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA ledger GRANT ALL ON TABLES TO PUBLIC",
    "CREATE TEMPORARY TABLE entries (position bigint); CREATE TEMPORARY TABLE head (size bigint)",
    "SELECT pg_advisory_lock(1162627922)",
)
"""What PostgreSQL lets any role do, or only warns of."""


@pytest.mark.parametrize("statement", WITHOUT_EFFECT)
def test_what_any_role_may_do_changes_nothing_for_others(own: Logins, statement: str) -> None:
    """Given a reader, when it runs a statement that PostgreSQL does not refuse, then the others work as before."""
    with psycopg.connect(own.url("reader"), autocommit=True) as db:
        db.execute(own.filled(statement).encode())
        for role, line in (("recorder", "party register 'Beta (illustrative)'"), ("owner", "migrate"),
                           ("officer", "checkpoint"), ("recorder", "verify")):  # fmt: skip
            answer, code = own.type(role, line)
            assert 0 == code, answer


def test_two_recorders_wait_for_each_other(own: Logins) -> None:
    """Given a recorder that holds the lock, when another appends meanwhile, then both are stored, one after another."""
    with psycopg.connect(own.url("recorder")) as db:
        append_one(db, command="c-1", digest=b"1" * 32)
        waiting = threading.Thread(target=own.type, args=("officer", "party register 'Gamma (illustrative)'"))
        waiting.start()
        db.commit()
        waiting.join()
    assert [(5,)] == own.run("reader", "SELECT size FROM ledger.head")
