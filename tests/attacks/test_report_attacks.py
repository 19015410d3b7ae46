"""Attacks on a report that came with its proof: `ledger verify-report` and verify_ledger.py each find every one.

Where it helps, the forger prints the document again to match the changed statements. Some forgers have the signing
key, too; the reader's policy then has a key that the forger has not, or a witness.
"""

import json
import os
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ledger.tlog.policy import parse as parse_policy
from projections.proof.bundle import FILES
from projections.proof.shipped_definitions import document_bytes
from projections.proof.verify_report import verify_report
from tests.proof.reports import HISTORY, POLICY, REPORTS, Forgery, check_both, proved, typed
from tests.spec.signing import vkey
from tests.transcripts.terminal import Terminal

Attack = Callable[[Forgery], Any]


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Path]]:
    """Return the folders of two sound reports, which forgers copy."""
    place = tmp_path_factory.mktemp("reports") / "desk"
    place.mkdir()
    with pytest.MonkeyPatch.context() as monkeypatch, proved(Terminal(place, monkeypatch)) as reports:
        yield reports


def _figure(pointer: str, value: object, unit: str | None = None) -> Attack:
    """Return the attack that changes the value or unit of a figure, and prints the document again."""

    def attack(forged: Forgery) -> None:
        figure = forged.figures[pointer]
        assert figure["value"] != value or type(figure["value"]) is not type(value) or unit is not None
        figure |= {"value": value} | ({"unit": unit} if unit else {})
        forged.printed()

    return attack


def _without(pointer: str) -> Attack:
    return lambda forged: (forged.figures.pop(pointer), forged.printed())


def _added(pointer: str, value: object, unit: str) -> Attack:
    figure = {"value": value, "unit": unit, "entries": [[1, 1]]}
    return lambda forged: (forged.figures.update({pointer: figure}), forged.printed())


def _entries(pointer: str, change: Callable[[list[list[int]]], Any]) -> Attack:
    def attack(forged: Forgery) -> None:
        figure = forged.figures[pointer]
        before = json.dumps(figure["entries"])
        figure["entries"] = change(figure["entries"])
        assert before != json.dumps(figure["entries"])
        forged.printed()

    return attack


def _stated(**members: Any) -> Attack:
    """Return the attack that changes the as-of, parameters or report, and prints the document again."""

    def attack(forged: Forgery) -> None:
        for name, value in members.items():
            place = next(
                of for of in (forged.stated["as_of"], forged.stated["parameters"], forged.stated) if name in of
            )
            assert place[name] != value or type(place[name]) is not type(value)
            place[name] = value
        forged.printed()

    return attack


def _file(name: str, old: str, new: str) -> Attack:
    return lambda forged: forged.change(name, old, new)


def _figures_text(old: str, new: str) -> Attack:
    """Return the attack that rewrites the figures file; the document has the new digest."""

    def attack(forged: Forgery) -> None:
        text = forged.read("figures.json")
        assert old in text
        forged.printed(text.replace(old, new, 1).encode())

    return attack


def _definitions(change: Callable[[dict[str, Any]], Any]) -> Attack:
    """Return the attack that replaces the definitions with ones that give other figures."""

    def attack(forged: Forgery) -> None:
        change(forged.defined)
        forged.write("definitions.json", document_bytes(forged.defined)).printed()

    return attack


def _program(forged: Forgery) -> None:
    # A program that never has a finding; a reader may run it because it lies there.
    forged.write("verify_ledger.py", "print('findings: 0')\n")


def _link(forged: Forgery) -> None:
    path = forged.folder / "report.md"
    path.rename(forged.folder.parent / "elsewhere.md")
    path.symlink_to(forged.folder.parent / "elsewhere.md")


FIGURE, ALL = "figure-differs", "/money/received/USD/to_date"
ATTACKS: dict[str, tuple[str, str, str, Attack]] = {
    "a digit of the document": ("council", "report-differs", "report.md", _file("report.md", "900.01", "900.07")),
    "a unit of the document": ("council", "report-differs", "report.md", _file("report.md", "| USD |", "| EUR |")),
    "a date of the document": (
        "council", "report-differs", "report.md", _file("report.md", "to 2026-12-31", "to 2026-11-30"),
    ),
    "a label of the document": (
        "council", "report-differs", "report.md", _file("report.md", "| accepted |", "| paid |"),
    ),
    "a row taken out of the document": (
        "council", "report-differs", "report.md", _file("report.md", "| E-3 | SO-2 | ordered | 200.00 |\n", ""),
    ),
    "a line added to the document": (
        "council", "report-differs", "report.md", lambda forged: forged.write(
            "report.md", forged.read("report.md") + "\nNothing else is to be said.\n"),
    ),
    "the document turned round by an override": (
        "council", "report-differs", "report.md", _file("report.md", "900.01", "\u202e10.009"),
    ),
    "a digit of a figure": ("council", FIGURE, ALL, _figure(ALL, "400.01")),
    "a voided event counted": ("council", FIGURE, ALL, _figure(ALL, "444.00")),
    "a contributing event omitted": ("council", FIGURE, "/money/ordered/USD/to_date", _figure(
        "/money/ordered/USD/to_date", "300.00")),
    "an event counted twice": ("council", FIGURE, "/money/paid/USD/to_date", _figure(
        "/money/paid/USD/to_date", "200.00")),
    "an amendment left out": ("council", FIGURE, "/money/signed/USD/to_date", _figure(
        "/money/signed/USD/to_date", "1000.01")),
    "a figure rounded": (
        "council", FIGURE, "/money/signed/USD/to_date", _figure("/money/signed/USD/to_date", "900.00")),
    "a decimal left away": ("council", FIGURE, "/money/paid/USD/to_date", _figure("/money/paid/USD/to_date", "100.0")),
    "another unit of a figure": ("council", FIGURE, ALL, _figure(ALL, "400.00", "EUR")),
    "a conflict of interest hidden": ("council", FIGURE, "/conflicts/open", _figure("/conflicts/open", 0)),
    "what is not disclosed hidden": ("council", FIGURE, "/undisclosed_engagements", _figure(
        "/undisclosed_engagements", 0)),
    "what changed since hidden": (
        "council", FIGURE, "/changed_since_disclosed", _figure("/changed_since_disclosed", 0)),
    "a correction hidden": ("council", FIGURE, "/corrections", _figure("/corrections", 0)),
    "a share rounded up": ("partnerships", FIGURE, "/partner_share_percent", _figure("/partner_share_percent", 101)),
    "money given to another region": (
        "partnerships", FIGURE, "/regions/ASP/usd", _figure("/regions/ASP/usd", "360.01")),
    "another name in the first place": ("partnerships", FIGURE, "/top10/0/0", _figure(
        "/top10/0/0", "Gamma Foundation (illustrative)")),
    "a name in another normalization form": ("partnerships", FIGURE, "/top10/0/0", _figure(
        "/top10/0/0", "Alpha Universit\u00fd (illustrative)")),
    "another rate used": ("partnerships", FIGURE, "/total_usd", _figure("/total_usd", "1455.01")),
    "a number as a text": ("partnerships", FIGURE, "/agreements", _figure("/agreements", "2")),
    "1.0 in place of 1": ("partnerships", FIGURE, "/agreements", _figure("/agreements", 2.0)),
    "true in place of 1": ("council", FIGURE, "/conflicts/open", _figure("/conflicts/open", value=True)),
    "a figure left out": ("council", FIGURE, "/undisclosed_orders", _without("/undisclosed_orders")),
    "a figure that there is not": ("council", FIGURE, "/money/paid/EUR/to_date", _added(
        "/money/paid/EUR/to_date", "5.00", "EUR")),
    "an entry left out of the provenance": ("council", "provenance-differs", "/money/ordered/USD/to_date", _entries(
        "/money/ordered/USD/to_date", lambda ranges: [[ranges[0][0], ranges[0][1] - 1], *ranges[1:]])),
    "the provenance of another figure": ("council", "provenance-differs", ALL, _entries(ALL, lambda _: [[2, 3]])),
    "provenance beyond the log": ("council", "provenance-differs", ALL, _entries(ALL, lambda span: [*span, [90, 95]])),
    "ranges that run backwards": ("council", "provenance-differs", ALL, _entries(
        ALL, lambda span: [span[0][::-1], *span[1:]] if span[0][0] != span[0][1] else [[30, 10]])),
    "a range of a billion": ("council", "provenance-differs", ALL, _entries(ALL, lambda _: [[1, 10**12]])),
    "ranges that are no list": ("council", "provenance-differs", ALL, _entries(ALL, lambda _: False)),
    "ranges of texts": ("council", "provenance-differs", ALL, _entries(ALL, lambda _: [["1", "2"]])),
    "ranges in ranges": ("council", "provenance-differs", ALL, _entries(ALL, lambda _: [[[1, 1], [2, 2]]])),
    "ranges out of order": ("council", "provenance-differs", ALL, _entries(ALL, lambda _: [[10, 12], [1, 2]])),
    "an entry named twice": ("council", "provenance-differs", ALL, _entries(ALL, lambda span: [*span, span[-1]])),
    "later knowledge in an earlier as-of": ("council", "bad-report", "figures.json", _stated(known_at=16)),
    "an as-of that the log has not": ("council", "bad-report", "figures.json", _stated(known_at=400)),
    "an as-of of 1.0": ("council", "bad-report", "figures.json", _stated(known_at=27.0)),
    "another day of the as-of": ("council", FIGURE, "/", _stated(on="2026-03-02")),
    "a day that there is not": ("council", "bad-report", "figures.json", _stated(on="2026-13-31")),
    "another root of the as-of": ("council", "bad-report", "figures.json", _stated(root="A" * 43 + "=")),
    "another period": ("council", FIGURE, "/", _stated(**{"from": "2026-06-01"})),
    "a period that ends before it starts": ("council", "bad-report", "figures.json", _stated(to="2025-06-01")),
    "another year": ("partnerships", FIGURE, "/", _stated(year=2025)),
    "another report": ("council", "other-definitions", "definitions.json", _stated(report="partnerships")),
    "a witness claimed": ("council", "bad-report", "figures.json", _stated(witnessed="all of them")),
    "a quorum claimed in the document only": ("council", "report-differs", "report.md", _file(
        "report.md", "Those who wrote this report asked for no witness", "Enough witnesses cosigned")),
    "a member that stands twice": ("council", "bad-report", "figures.json", _figures_text(
        '"known_at": 27,', '"known_at": 16,\n  "known_at": 27,')),
    "white space in the figures": (
        "council", "bad-report", "figures.json", _figures_text('"known_at": 27', '"known_at":  27')),
    "an escape in the figures": (
        "council", "bad-report", "figures.json", _figures_text('"council"', '"co\\u0075ncil"')),
    "figures that are no JSON": (
        "council", "bad-report", "figures.json", lambda forged: forged.write("figures.json", "{")),
    "figures that are a list": (
        "council", "bad-report", "figures.json", lambda forged: forged.write("figures.json", "[]\n")),
    "figures that are nested too deeply": ("council", "bad-report", "figures.json", lambda forged: forged.write(
        "figures.json", "[" * 100_000 + "]" * 100_000 + "\n")),
    "definitions that count voided events": ("council", "other-definitions", "definitions.json", _definitions(
        lambda defined: defined["reads"]["money"].pop("payment.reversed"))),
    "definitions with another label": ("council", "other-definitions", "definitions.json", _definitions(
        lambda defined: defined["document"].insert(0, "# Nothing to report"))),
    "a program that finds nothing": ("council", "unexpected-file", "verify_ledger.py", _program),
    "a digest of a program with a hint": ("council", "unexpected-file", "verify_ledger.py.sha256", lambda forged:
        forged.write("verify_ledger.py.sha256", "run setup.py first\n")),
    "a key in the template of the policy": ("council", "report-differs", "policy.template", lambda forged: forged.write(
        "policy.template", f"log {vkey(1)}\nquorum none\n")),
    "a file taken away": (
        "council", "missing-file", "report.md", lambda forged: (forged.folder / "report.md").unlink()),
    "an empty file": ("council", "report-not-checked", "report.md", lambda forged: forged.write("report.md", "")),
    "a link in place of a file": ("council", "missing-file", "report.md", _link),
    "a file added": ("council", "unexpected-file", "note.txt", lambda forged: forged.write("note.txt", "new")),
    "a tile of the log": ("council", "tile-differs", "tile/0", lambda forged: _flip(
        next((forged.folder / "tile" / "0").rglob("2*")))),
    "a byte of an entry": ("council", "", "", lambda forged: _flip(
        next((forged.folder / "tile" / "entries").rglob("2*")))),
}  # fmt: skip
"""Attack, report, the code of both verifiers, and what the finding names: a file, or a figure by its pointer."""


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("name", ATTACKS)
def test_attack(name: str, folders: dict[str, Path], tmp_path: Path) -> None:
    """Both verifiers find it, with its code and the name of the file or figure."""
    report, code, place, attack = ATTACKS[name]
    forged = Forgery(folders[report], tmp_path / "forged")
    attack(forged)
    findings = check_both(forged.folder)
    assert all(any(finding.startswith(code) and place in finding for finding in of) for of in findings), findings


@pytest.mark.parametrize("report", REPORTS)
def test_an_entry_left_out_is_named(report: str, folders: dict[str, Path], tmp_path: Path) -> None:
    """Given a figure that names an entry less, also one without which it is the same, both are named by the product."""
    shown = Forgery(folders[report], tmp_path / "shown")
    pointers = [at for at, figure in sorted(shown.figures.items()) if figure["entries"]]
    for pointer in pointers[:: max(1, len(pointers) // 8)]:
        forged = Forgery(folders[report], tmp_path / pointer.replace("/", "-"))
        ranges = forged.figures[pointer]["entries"]
        first, last = ranges[-1]
        forged.figures[pointer]["entries"] = [*ranges[:-1], *([[first, last - 1]] if last > first else [])]
        forged.write("figures.json", document_bytes(forged.stated))
        result = verify_report(forged.folder, parse_policy(POLICY.encode()))
        named = f"figures.json{pointer}: "
        (found,) = (finding.what for finding in result.findings if finding.code == "provenance-differs")
        assert found.startswith(named)
        assert f"it leaves out entry {last} (" in found
        assert "report-differs" in [finding.code for finding in result.findings]


def test_an_entry_too_many_is_named(folders: dict[str, Path], tmp_path: Path) -> None:
    """Given a figure that names entries too many, the product names the first of them with their types."""
    forged = Forgery(folders["council"], tmp_path / "forged")
    pointer = "/orders/all"
    forged.figures[pointer]["entries"] = [[1, 27]]
    forged.write("figures.json", document_bytes(forged.stated))
    result = verify_report(forged.folder, parse_policy(POLICY.encode()))
    (found,) = (finding.what for finding in result.findings if finding.code == "provenance-differs")
    assert found.startswith(f"figures.json{pointer}: it names too many: entry 1 (ledger.opened in ledger), entry 2 (")
    assert " more" in found


def test_key_taken_from_the_bundle(folders: dict[str, Path], tmp_path: Path) -> None:
    """A reader with another key gets a finding, however consistent the folder is: no key is read from it."""
    place = tmp_path / "desk"
    place.mkdir()
    with pytest.MonkeyPatch.context() as monkeypatch:
        numbers = iter(range(7, 20))
        terminal = Terminal(place, monkeypatch)
        from tests.spec.signing import signing_key  # noqa: PLC0415 - the forger's keys, in place of the terminal's

        monkeypatch.setattr("ledger.keys.keyring.new_secret", lambda: signing_key(next(numbers)).secret)
        for line in HISTORY.replace('"USD 900.01"', '"USD 9.01"').strip().splitlines():
            typed(terminal, line)
        typed(terminal, f"ledger report council {REPORTS['council']} --on 2026-12-31 --proof ../council")
    forged = tmp_path / "council"
    assert ([], []) == check_both(forged, f"log {vkey(7)}\nquorum none\n")
    findings = check_both(forged, POLICY)
    assert all("unknown-signer checkpoint" in of for of in findings), findings


def test_a_log_of_another_report(folders: dict[str, Path], tmp_path: Path) -> None:
    """With the log of an earlier checkpoint, a later report's position does not exist."""
    forged = Forgery(folders["council"], tmp_path / "forged")
    for name in ("checkpoint", "tile"):
        path = forged.folder / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    place = tmp_path / "desk"
    place.mkdir()
    with pytest.MonkeyPatch.context() as monkeypatch:
        terminal = Terminal(place, monkeypatch)
        for line in HISTORY.strip().splitlines()[:-2]:
            typed(terminal, line)
        typed(terminal, f"ledger publish {forged.folder}")
    findings = check_both(forged.folder)
    assert all("bad-report figures.json" in of for of in findings), findings


SEED = int(os.environ.get("LEDGER_SEED", "20261128"))
FLIPS = 600 if os.environ.get("LEDGER_SWEEP") else 20
"""The number of bits flipped in the files of each report."""


@pytest.mark.slow
@pytest.mark.parametrize("report", REPORTS)
def test_any_bit(report: str, folders: dict[str, Path], tmp_path: Path) -> None:
    """Both verifiers find any flipped bit in the files next to the log."""
    chance = random.Random(f"{SEED}/{report}")  # noqa: S311 - a seed that can be given again
    forged = Forgery(folders[report], tmp_path / "forged")
    for number in range(FLIPS):
        path = forged.folder / chance.choice(FILES)
        before = path.read_bytes()
        data = bytearray(before)
        at, bit = chance.randrange(len(data)), chance.randrange(8)
        data[at] ^= 1 << bit
        path.write_bytes(data)
        findings = check_both(forged.folder)
        assert all(findings), f"seed {SEED}/{report}, flip {number}: bit {bit} of byte {at} of {path.name}: {findings}"
        path.write_bytes(before)
