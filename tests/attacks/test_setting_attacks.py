"""Settings that a forger wrote: verification names them as it names events, and no report fails or believes them."""

import shutil
from pathlib import Path

import pytest

from cli.main import run
from cli.session import Session
from tests.attacks.forger import Forger

SETTINGS: dict[str, tuple[str, object, str]] = {
    "a name that there is not": ("from", "2019-01-01", "there is no setting 'from'"),
    "the organisation": ("organization", "Another Organisation", "there is no setting 'organization'"),
    "the currency": ("reporting-currency", "EUR", "there is no setting 'reporting-currency'"),
    "the day of the report": ("known_at", "99999", "there is no setting 'known_at'"),
    "days that are no number": ("rates.max-age-days", "abc", "'abc' does not fit the setting rates.max-age-days"),
    "days beyond the bound": ("rates.max-age-days", "99999999999999999999", "does not fit the setting"),
    "days in other digits": ("rates.max-age-days", "٣", "does not fit the setting"),
    "days as a list": ("rates.max-age-days", ["3"], "rates.max-age-days is one value"),
    "a threshold that is no amount": ("materiality.threshold", "abc", "'abc' is not an amount of money"),
    "a threshold in another form": ("materiality.threshold", "5 USD", "is not in its written form"),
    "a threshold of 1e99999999": ("materiality.threshold", "USD 1e99999999", "is not an amount of money"),
    "a list as text": ("partnerships.kinds", "abc", "partnerships.kinds is a list"),
    "roles as text": ("conflict.roles", "consultant", "conflict.roles is a list"),
    "kinds as text": ("list.kinds", "[", "list.kinds is a list"),
}
READERS = (
    "status", "next", "totals --by party", "report partnerships --year 2025",
    "report council --from 2025-01-01 --to 2025-12-31", "report disclosures", "report engagement E1", "setting list",
    "engagement list", "disclosures",
)  # fmt: skip


@pytest.fixture(params=SETTINGS)
def forged(recorded: Path, tmp_path: Path, request: pytest.FixtureRequest) -> tuple[str, str]:
    """Return the URL of a ledger with a forged setting, whose hashes fit, and what verification says of it."""
    path = Path(shutil.copy(recorded, tmp_path / "ledger.db"))
    name, value, why = SETTINGS[request.param]
    forger = Forger(path)
    with forger.unguarded():
        forger.append(stream="ledger", event={"type": "setting.changed", "name": name, "value": value})
    assert [("bad-value", 14)] == forger.replayed()
    forger.close()
    return f"sqlite:///{path}", why


def test_found_and_not_believed(
    forged: tuple[str, str], recorded: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`ledger verify` has a finding; every report and list gives what it gives without the setting."""
    url, why = forged
    assert 1 == run(["verify"], Session(url=url))
    assert "finding: bad-value: position 14: setting.changed: " in (out := capsys.readouterr().out)
    assert why in out
    for words in READERS:
        answers = []
        for of in (f"sqlite:///{recorded}", url):
            code = run(words.split(), Session(url=of))
            answers.append((code, [line for line in capsys.readouterr().out.splitlines() if not _tells_root(line)]))
        assert answers[0] == answers[1], words


def _tells_root(line: str) -> bool:
    return any(word in line for word in ("root", "Root", "position", "Known", "known", "SHA-256", "entries"))


def test_recording_goes_on(forged: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    """What a command accepts is what it accepts without the setting."""
    url, _ = forged
    for words in (
        "party register Gamma --type Academia", "setting change rates.max-age-days 30",
        "engagement sign E9 --title T --kind memorandum --party A --effective 2025-04-01",
    ):  # fmt: skip
        assert 0 == run(words.split(), Session(url=url)), capsys.readouterr().err
