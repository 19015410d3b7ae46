"""Four logins on one ledger, each with its rights: owner, recorder, officer (who signs), reader."""

import io
import os
import shlex
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from cli.main import run
from cli.session import Session
from ledger.application.open import open_ledger
from ledger.format.entry import written_time
from ledger.stores.postgres import migrate
from ledger.verify.procedure import verify_log
from tests.postgres import shared

ROLES = ("owner", "recorder", "officer", "reader")


class Logins:
    """The logins of one ledger; each has a URL, and types commands in a folder and with a cache of its own."""

    def __init__(self, url: str, folder: Path) -> None:
        """Create the roles in the database at `url`, whose user is a superuser."""
        self.admin = url
        self.folder = folder
        self.names = {role: f"{role}_{url.rpartition('_')[2]}" for role in ROLES}
        for name in self.names.values():
            words = "CREATE ROLE {} LOGIN PASSWORD {}"
            self.as_admin(sql.SQL(words).format(sql.Identifier(name), sql.Literal(name)))
        database = sql.Identifier(url.rpartition("/")[2])
        owner = sql.Identifier(self.names["owner"])
        self.as_admin(sql.SQL("ALTER DATABASE {} OWNER TO {}").format(database, owner))
        self.grant()

    def grant(self) -> None:
        """Let the owner make the schema, and grant the others their rights."""
        name = self.names.__getitem__
        migrate.migrate(self.url("owner"), [name("recorder")], [name("reader")], [name("officer")])

    def url(self, role: str) -> str:
        """Return the URL for a role, whose password is its name."""
        name = self.names[role]
        return f"postgresql://{name}:{name}@{self.admin.partition('@')[2]}"

    def as_admin(self, statement: str | sql.Composed) -> None:
        """Run a statement as a superuser."""
        with psycopg.connect(self.admin, autocommit=True) as db:
            db.execute(statement.encode() if isinstance(statement, str) else statement)

    def run(self, role: str, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Run a statement as a role, and commit; `{owner}` and the like stand for the names of the roles."""
        with psycopg.connect(self.url(role)) as db:
            cursor = db.execute(self.filled(statement).encode(), values or None)
            return cursor.fetchall() if cursor.description else []

    def filled(self, statement: str) -> str:
        """Return a statement with the names of the roles in their places."""
        for role, name in self.names.items():
            statement = statement.replace(f"{{{role}}}", name)
        return statement

    def type(self, role: str, line: str) -> tuple[str, int]:
        """Type a command as a role; return the answer and the exit code."""
        desk = self.folder / role
        desk.mkdir(exist_ok=True)
        screen = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
        with pytest.MonkeyPatch.context() as patched, redirect_stdout(screen), redirect_stderr(screen):
            for name in [name for name in os.environ if name.startswith("LEDGER_")]:
                patched.delenv(name)
            patched.setenv("LEDGER_ACTOR", f"staff/{list(self.names).index(role) + 1}")
            patched.setenv("LEDGER_KEYS", str(self.folder / "keys"))
            for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
                patched.setenv(name, str(desk / name.lower()))
            patched.chdir(desk)
            code = run(shlex.split(line), Session(url=self.url(role)))
        return screen.buffer.getvalue().decode(), code

    def remove(self) -> None:
        """Drop the database and the roles."""
        shared.drop_database(self.admin)
        with psycopg.connect(shared.server().url(), autocommit=True) as db:
            for name in self.names.values():
                db.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(name)))


@contextmanager
def logins(folder: Path) -> Iterator[Logins]:
    """Give four logins on a ledger with a party, which the recorder registered, and a checkpoint of the officer."""
    given = Logins(shared.new_database("roles"), folder)
    try:
        for role, line in (
            ("owner", "init --origin example.org/ledger --currency USD"),
            ("recorder", "party register 'Alpha (illustrative)' --ref A"),
            ("officer", "key new"),
            ("officer", "checkpoint"),
        ):
            answer, code = given.type(role, line)
            assert 0 == code, answer
        yield given
    finally:
        given.remove()


ONE = "SELECT * FROM ledger.append_one(" + ", ".join(["%s"] * 20) + ")"  # noqa: S608 - place-holders
MANY = "SELECT ledger.append(" + ", ".join(["%s"] * 21) + ")"


def entry(**given: Any) -> dict[str, Any]:
    """Return the values of an entry that the server takes, but for those that are given."""
    now = datetime.now(UTC)
    values = {
        "stream": "party/Z", "version": 1, "type": "party.registered", "recorded_at": written_time(now),
        "effective_on": (now - timedelta(days=1)).date().isoformat(), "actor": "staff/9", "command": "c-9",
        "event": '{"name":"Zeta","type":"party.registered"}', "part": "[1,1]", "source": "",
    }  # fmt: skip
    return values | given


def append_one(db: "psycopg.Connection[Any]", **given: Any) -> None:
    """Append one entry by the function of the server; `digest`, `names` and `mentions` as for the function."""
    head = db.execute("SELECT size, root FROM ledger.head").fetchone()
    assert head is not None
    sides = [given.pop(name, None) for name in ("digest", "names", "mentions")]
    db.execute(ONE, [*head, False, [], [], [], *entry(**given).values(), *sides, None])


def codes(logins: Logins, role: str = "reader") -> set[str]:
    """Return the codes of the findings when a role verifies."""
    ledger = open_ledger(logins.url(role))
    found = {finding.code for finding in verify_log(ledger.store).findings}
    ledger.close()
    return found


def root(logins: Logins) -> object:
    """Return size and root."""
    return logins.run("reader", "SELECT size, root, recorded_at FROM ledger.head")
