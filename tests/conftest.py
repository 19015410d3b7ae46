"""What a run of the tests says of itself, and the one PostgreSQL server that it may start."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from zlib import crc32

import pytest

from tests.postgres import shared


def pytest_report_header() -> str:
    """Print the seed; LEDGER_SEED gives another."""
    return f"seed of random inputs: LEDGER_SEED={os.environ.get('LEDGER_SEED', '20261123')}"


def pytest_configure(config: pytest.Config) -> None:
    """Name an actor, and the folder of the server before there are workers; keep out of the cache of who runs this."""
    os.environ["LEDGER_ACTOR"] = "staff/1"  # nothing is recorded without an actor
    os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(prefix="ledger-tests-cache-")
    if not hasattr(config, "workerinput"):
        shared.begin()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep one part of the tests if LEDGER_PART says so, like 1/3: a sweep takes hours, so it can be run in parts.

    Which part a test is in depends on its name alone, so that all parts together are all tests.
    """
    if part := os.environ.get("LEDGER_PART"):
        number, _, parts = part.partition("/")
        if not (number.isdecimal() and parts.isdecimal() and 1 <= int(number) <= int(parts)):
            raise pytest.UsageError(f"LEDGER_PART is '{part}': write which part of how many, like 1/3.")

        def is_own(item: pytest.Item) -> bool:
            return crc32(item.nodeid.encode()) % int(parts) == int(number) - 1

        config.hook.pytest_deselected(items=[item for item in items if not is_own(item)])
        items[:] = filter(is_own, items)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server after the last worker."""
    shutil.rmtree(os.environ["XDG_CACHE_HOME"], ignore_errors=True)
    if not hasattr(config, "workerinput"):
        shared.end()


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """Return the URL of an empty database on a real PostgreSQL, as its owner; it is dropped after the test."""
    url = shared.new_database()
    yield url
    shared.drop_database(url)
