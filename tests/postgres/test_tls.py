"""Encrypted connections with right and wrong certificates: libpq verifies them, and a sentence says what is wrong."""

import re
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from ledger.stores.postgres.driver import connect
from ledger.stores.postgres.faults import TlsRefused
from ledger.stores.urls import HostNotVerified, unverified
from tests.faults.processes import new_ledger
from tests.postgres import shared
from tests.postgres.certificates import Authority, Issued
from tests.postgres.command import typed
from tests.postgres.encrypted import TlsServer, tls_server

EXPIRED = -2
"""The day on which a certificate ended, counted from today."""


class Office(NamedTuple):
    """Certificates of an office, by who issued them."""

    ours: Authority
    between: Authority
    other: Authority

    @property
    def server(self) -> Issued:
        """Return a certificate that is right."""
        return self.ours.issue("server", "127.0.0.1", "localhost")

    def client(self, by: Authority | None = None, *, ends: int = 30) -> str:
        """Return the part of a URL that names a certificate of a client."""
        issued = (by or self.ours).issue("clerk", starts=-9, ends=ends, for_client=True)
        return f"&sslcert={issued.chain}&sslkey={issued.key_file}"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Return an authority of ours, one below it, and a stranger's."""
    folder = tmp_path_factory.mktemp("certificates")
    ours = Authority(folder, "ours")
    return Office(ours, Authority(folder, "between", ours), Authority(folder, "other"))


@contextmanager
def _server(office: Office, shown: Issued, *, asks_client: bool) -> Iterator[TlsServer]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(shown.chain, shown.key_file)
    if asks_client:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(office.ours.file)
    with tls_server(shared.server().port, context) as server:
        yield server


def _url(url: str, office: Office, server: TlsServer, host: str, more: str) -> str:
    at = url.replace(f"127.0.0.1:{shared.server().port}", f"{host}:{server.port}")
    return f"{at}?sslmode=verify-full&sslrootcert={office.ours.file}{more}"


GOOD: dict[str, tuple[Callable[[Office], Issued], str, Callable[[Office], str]]] = {
    "by address": (lambda office: office.server, "127.0.0.1", lambda _: ""),
    "by name": (lambda office: office.server, "localhost", lambda _: ""),
    "by an authority between": (lambda office: office.between.issue("s", "localhost"), "localhost", lambda _: ""),
    "with a client's": (lambda office: office.server, "localhost", lambda office: office.client()),
    "with a client's by one between": (
        lambda office: office.server, "127.0.0.1", lambda office: office.client(office.between),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", GOOD)
def test_a_good_certificate(office: Office, postgres_url: str, tmp_path: Path, case: str) -> None:
    """Given a certificate that fits, when a command is typed, then it is recorded over an encrypted connection."""
    new_ledger(tmp_path, postgres_url)
    shown, host, more = GOOD[case]
    with _server(office, shown(office), asks_client="client" in case) as server:
        url = _url(postgres_url, office, server, host, more(office))
        answer, code = typed(tmp_path, "--url", url, "party", "register", "Alpha (illustrative)")
        assert (0, True, False) == (code, answer.startswith("recorded at 4 as "), "warning" in answer), answer
        assert 0 < server.encrypted


Bad = tuple[Callable[[Office], Issued], Callable[[Office], str], str, str]
BAD: dict[str, Bad] = {
    "another authority": (
        lambda office: office.other.issue("s", "localhost"), lambda _: "", "local issuer certificate", "sslrootcert",
    ),
    "another name": (
        lambda office: office.ours.issue("s", "db.example.org"), lambda _: "", "db.example.org", "name in LEDGER_URL",
    ),
    "expired": (
        lambda office: office.ours.issue("s", "localhost", starts=-9, ends=EXPIRED),
        lambda _: "", "has expired", "dates",
    ),
    "not valid yet": (
        lambda office: office.ours.issue("s", "localhost", starts=2), lambda _: "", "not yet valid", "dates",
    ),
    "a client's": (
        lambda office: office.ours.issue("s", "localhost", for_client=True), lambda _: "", "purpose", "sslrootcert",
    ),
    "no certificate of the client": (lambda office: office.server, lambda _: "", "certificate required", "sslcert"),
    "a client's of another authority": (
        lambda office: office.server, lambda office: office.client(office.other), "unknown ca", "sslcert",
    ),
    "a client's that expired": (
        lambda office: office.server, lambda office: office.client(ends=EXPIRED),
        "alert certificate expired", "sslcert",
    ),
    "a client's without its key": (
        lambda office: office.server, lambda office: office.client() + "-no", "private key file", "sslkey",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_a_bad_certificate(office: Office, postgres_url: str, tmp_path: Path, case: str) -> None:
    """Given a certificate that does not fit, when a command is typed, then it says which one, and where to look."""
    shown, more, why, hint = BAD[case]
    with _server(office, shown(office), asks_client="client" in case and case != "a client's") as server:
        url = _url(postgres_url, office, server, "localhost", more(office))
        answer, code = typed(tmp_path, "--url", url, "status")
    assert (2, True) == (code, answer.startswith("error: tls-refused: ")), answer
    assert (True, True) == (why in answer, hint in answer), answer
    assert shared.server().password not in answer


def test_one_side_does_not_encrypt(office: Office, postgres_url: str) -> None:
    """Given a server without TLS, or a client without, when the other asks for it, then the mode is what to look at."""
    with pytest.raises(TlsRefused, match="does not support SSL"):
        connect(f"{postgres_url}?sslmode=verify-full&sslrootcert={office.ours.file}")
    with _server(office, office.server, asks_client=False) as server:
        with pytest.raises(TlsRefused, match=r"root certificate file \S+ does not exist"):
            connect(_url(postgres_url, office, server, "localhost", "").replace("ours.crt", "none.crt"))
        url = re.sub("sslmode=[a-z-]+", "sslmode=disable", _url(postgres_url, office, server, "localhost", ""))
        with pytest.raises(TlsRefused, match="no encryption") as caught:
            connect(url)
        assert "sslmode" in str(caught.value.hint)


@pytest.mark.parametrize(("url", "is_warned_of"), [
    ("postgresql://u@db.example.org/l", True),
    ("postgresql://u:p@db.example.org:5433/l?sslmode=require", True),
    ("postgresql://u@localhost,10.0.0.7:1/l?sslmode=verify-ca", True),
    ("postgresql://u@[2001:db8::1]:5432/l", True),
    ("postgresql:///l?host=db.example.org", True),
    ("postgresql://u@db.example.org/l?sslmode=verify-full", False),
    ("postgresql://u@db.example.org/l?sslrootcert=system", False),
    ("postgresql://u@[::1]:5432/l", False),
    ("postgresql://u@localhost:5432/l", False),
    ("postgresql://127.0.0.1/l", False),
    ("postgresql:///l", False),
    ("postgresql://%2Fvar%2Frun/l", False),
    ("postgresql:///l?host=/var/run", False),
])  # fmt: skip
def test_a_host_that_is_not_verified(url: str, is_warned_of: bool) -> None:
    """Whoever names a server on another machine without verify-full is warned; a socket and this machine are not."""
    warning = unverified(url)
    assert is_warned_of == isinstance(warning, HostNotVerified)
    assert warning is None or ":p@" not in warning.sentence


def test_the_warning_of_a_command(postgres_url: str, tmp_path: Path) -> None:
    """Given a URL of a server on another machine, when a command is typed, then it works, and warns on stderr."""
    new_ledger(tmp_path, postgres_url)
    url = postgres_url.replace("@127.0.0.1:", "@db.example.org:")
    answer, code = typed(tmp_path, "--url", f"{url}?hostaddr=127.0.0.1", "party", "register", "Beta")
    assert (0, True) == (code, "warning: host-not-verified: " in answer), answer
    assert "verify-full" in answer
    answer, code = typed(tmp_path, "--url", f"{url}?hostaddr=127.0.0.1", "status", PGSSLMODE="prefer")
    assert (0, False) == (code, "warning" in answer), answer
