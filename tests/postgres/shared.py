"""The server of a test run: started when a worker first needs it, and shared by all workers.

The main process of pytest names a folder to its workers, and finally stops the server that was started there.
"""

import fcntl
import json
import os
import secrets
import shutil
from pathlib import Path

import psycopg
from psycopg import sql

from tests.postgres.server import UNSAFE, Server, new_folder

_PLACE = "TEST_POSTGRES_FOLDER"


def begin() -> None:
    """Choose the folder of the server, in the parent of the workers."""
    if _PLACE not in os.environ:
        os.environ[_PLACE] = str(new_folder())


def end() -> None:
    """Stop the server, if it was started, and remove its folder."""
    folder = Path(os.environ.pop(_PLACE))
    server = _started(folder)
    if server is not None:
        server.stop()
    shutil.rmtree(folder, ignore_errors=True)


def server() -> Server:
    """Return the server, started if it is not yet. Raises NoServer."""
    folder = Path(os.environ[_PLACE])
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        database_server = _started(folder)
        if database_server is None:
            database_server = Server(folder / "data", UNSAFE)
            database_server.make()
            database_server.start()
            started = {"password": database_server.password, "port": database_server.port}
            (folder / "started").write_text(json.dumps(started))
        return database_server


def _started(folder: Path) -> Server | None:
    place = folder / "started"
    return Server(folder / "data", UNSAFE, **json.loads(place.read_text())) if place.exists() else None


def new_database(prefix: str = "test") -> str:
    """Create an empty database with a name of its own; return its URL, as owner. Raises NoServer."""
    database_server = server()
    name = f"{prefix}_{secrets.token_hex(6)}"
    with psycopg.connect(database_server.url(), autocommit=True) as db:
        db.execute(sql.SQL("CREATE DATABASE {} STRATEGY file_copy").format(sql.Identifier(name)))
    return database_server.url(name)


def drop_database(url: str) -> None:
    """Drop a database, even if there are connections to it."""
    name = url.rpartition("/")[2]
    with psycopg.connect(server().url(), autocommit=True) as db:
        db.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
