"""A proved report is sound for the product and for verify_ledger.py, for any history."""

import json
import os
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest

from ledger.application.open import open_ledger
from ledger.verify.bundle import PROGRAM_DIGEST
from projections.proof import shipped_definitions, verify_ledger
from projections.proof.bundle import FILES
from projections.proof.shipped_definitions import digest
from projections.reports.council.report import UNPROVED
from projections.reports.registry import PROVABLE
from stories.recording import record
from tests.compliance.world import text_of
from tests.proof.reports import HISTORY, REPORTS, WITNESSED, Verdicts, check_both, proved, typed
from tests.spec.signing import vkey
from tests.transcripts.terminal import Terminal

SWEEP = bool(os.environ.get("LEDGER_SWEEP"))
SOUND = Verdicts([], [])


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Return a terminal in an empty folder."""
    (tmp_path / "desk").mkdir()
    return Terminal(tmp_path / "desk", monkeypatch)


def names_in(folder: Path) -> set[str]:
    """Return the names in a folder."""
    return {path.name for path in folder.iterdir()}


def test_sound_reports(terminal: Terminal) -> None:
    """Each of the two reports has a folder with the log, the four report files, and the digest of the program."""
    with proved(terminal) as folders:
        for folder in folders.values():
            assert SOUND == check_both(folder)
            names = {*FILES, PROGRAM_DIGEST, "checkpoint", "tile"}
            assert names == names_in(folder)


def test_the_program_runs_alone(terminal: Terminal) -> None:
    """The program prints what it checked, and needs neither the product nor the current folder."""
    with proved(terminal) as folders:
        folder = folders["council"]
        done = subprocess.run(
            [sys.executable, "-I", "-S", verify_ledger.__file__, str(folder), "--policy", "../policy"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (0, "") == (done.returncode, done.stderr)
        told = dict(line.split(": ", 1) for line in done.stdout.splitlines())
        assert ("the log and the report", "council", "0") == (told["checked"], told["report"], told["findings"])
        assert "2026-12-31, as known at position 27 of 27" == told["as of"]
        assert (
            f"{digest('council')} (council, 0.1.0), adopted at position 26, as number 1 of this report"
            == told["definitions"]
        )


def test_as_known_earlier_and_as_of_another_day(terminal: Terminal) -> None:
    """A report as of the past is proved with the present log: as known before the void, and on days in between."""
    with proved(terminal):
        for known, on in ((16, "2026-05-31"), (17, "2026-05-31"), (27, "2026-04-01"), (5, "2026-01-04")):
            for report, words in REPORTS.items():
                line = f"ledger report {report} {words} --on {on} --known-at {known} --proof ../{report}-{known}-{on}"
                typed(terminal, line)
                assert SOUND == check_both(Path(f"../{report}-{known}-{on}"))


EARLY = """
engagement sign E-9 --title Early --kind consultancy --party P00001=consultant --effective 2026-03-01
risk assess E-9 access --likelihood high --impact high --effective 2026-01-16
conflict declare E-9 "A donor" --between P00001 --effective 2026-01-16
outcome plan E-9 "A plan" --due-on 2026-02-01 --effective 2026-01-16
review schedule E-9 2026-02-01 --effective 2026-01-16
approval evidence E-9 Council --effective 2026-02-10
information request E-9 Spending --by Council --due-on 2026-02-20 --effective 2026-02-12
order issue E-9 S1 --subject One --amount "USD 100.00" --effective 2026-02-20 --ex-post-facto Urgent
order issue E-9 S2 --subject Two --amount "USD 100.00" --effective 2026-04-20
order accept E-9 S2 "USD 40.00" --effective 2026-04-10 --ex-post-facto Urgent
payment make E-9 S2 "USD 30.00" --effective 2026-04-11 --ex-post-facto Urgent
"""
"""An engagement for which something was done before its signature, and under an order before its issue."""


def test_what_came_before_the_first_step(terminal: Terminal) -> None:
    """As of every day between, a report is proved: an engagement does not exist before the first step of its life."""
    with proved(terminal):
        for line in EARLY.strip().splitlines():
            typed(terminal, f"ledger {line}")
        typed(terminal, "ledger checkpoint")
        for on in ("2026-02-15", "2026-02-28", "2026-03-01", "2026-04-10", "2026-04-15", "2026-12-31"):
            for report, words in REPORTS.items():
                typed(terminal, f"ledger report {report} {words} --on {on} --proof ../{report}-early-{on}")
                folder = Path(f"../{report}-early-{on}")
                assert SOUND == check_both(folder)
                if report == "council":
                    assert (on >= "2026-03-01") == ("E-9" in (folder / "figures.json").read_text("utf-8"))


def test_figures_are_those_of_the_report(terminal: Terminal) -> None:
    """The proved figures, and the entries behind them, are those of `ledger report --format json`."""
    with proved(terminal) as folders:
        for report, words in REPORTS.items():
            stated = json.loads((folders[report] / "figures.json").read_text("utf-8"))
            known = stated["as_of"]["known_at"]
            line = f"ledger report {report} {words} --on 2026-12-31 --known-at {known} --format json"
            whole = json.loads(typed(terminal, line))
            proved_ = {name: of for name, of in whole["provenance"].items() if name.split("/")[1] not in UNPROVED}
            assert proved_.keys() == stated["figures"].keys()
            for pointer, figure in proved_.items():
                value = whole["figures"]
                for name in pointer[1:].split("/"):
                    key = name.replace("~1", "/").replace("~0", "~")
                    value = value[int(key)] if isinstance(value, list) else value[key]
                expected = {"value": value, "unit": figure["unit"], "entries": figure.get("ranges", [])}
                assert expected == stated["figures"][pointer]


def test_verdicts_are_proved_apart_from_the_figures(terminal: Terminal) -> None:
    """A report by guidelines has its verdicts in a file, also with `--all`; its other figures stay as they were."""
    with proved(terminal) as folders:
        Path("guidelines.toml").write_text(text_of("model-third-parties-2"), "utf-8")
        typed(terminal, "ledger guidelines adopt guidelines.toml")
        typed(terminal, "ledger checkpoint")
        before = json.loads((folders["council"] / "figures.json").read_text("utf-8"))["figures"]
        words = f"ledger report council {REPORTS['council']} --on 2026-12-31"
        shown = json.loads(typed(terminal, f"{words} --format json"))
        for name, more in (("guided", ""), ("whole", " --all")):
            typed(terminal, f"{words}{more} --proof ../{name}")
            assert SOUND == check_both(Path(f"../{name}"))
            own = names_in(Path(f"../{name}")) - names_in(folders["council"])
            assert {"verdicts.json", "verify_guidelines.py.sha256"} == own
            stated = json.loads(Path(f"../{name}/figures.json").read_text("utf-8"))["figures"]
            assert before.keys() == stated.keys()
            assert set(UNPROVED) == {pointer.split("/")[1] for pointer in shown["provenance"].keys() - stated.keys()}


def test_settings_in_force_are_in_every_form(terminal: Terminal) -> None:
    """A report of no agreements says why: it names the settings in force, proved or not, and both verifiers agree."""
    with proved(terminal) as folders:
        expected = "partnerships.kinds (the kinds of engagement that are counted): partnership agreement;"
        assert expected in (folders["partnerships"] / "report.md").read_text("utf-8")
        typed(terminal, "ledger setting change partnerships.kinds memorandum '<b>gift</b>' --effective 2026-01-02")
        typed(terminal, "ledger setting change rates.max-age-days 30 --effective 2026-01-02")
        typed(terminal, "ledger setting change conflict.roles vendor --effective 2026-01-02")
        typed(terminal, "ledger checkpoint")
        told = {
            "partnerships": ["memorandum; \\<b\\>gift\\</b\\>;", "days old a rate of exchange may be): 30."],
            "council": ["in which a party is paid): vendor;", "days old a rate of exchange may be): 30."],
        }
        for report, words in REPORTS.items():
            typed(terminal, f"ledger report {report} {words} --on 2026-12-31 --proof ../{report}-set")
            text = Path(f"../{report}-set/report.md").read_text("utf-8")
            assert [] == [words for words in told[report] if words not in text]
            assert SOUND == check_both(Path(f"../{report}-set"))
        assert "In 2026, 0 agreements" in Path("../partnerships-set/report.md").read_text("utf-8")
        for form, words in {
            "markdown": "Setting partnerships.kinds: memorandum; \\<b\\>gift\\</b\\>",
            "html": "memorandum; &lt;b&gt;gift&lt;/b&gt;",
            "csv": "Setting partnerships.kinds,memorandum; <b>gift</b>",
            "json": '"partnerships.kinds": "memorandum; <b>gift</b>"',
        }.items():
            line = f"ledger report partnerships --year 2026 --on 2026-12-31 --format {form}"
            assert words in typed(terminal, line)


def test_what_is_not_witnessed_says_so(terminal: Terminal) -> None:
    """A report proved without the quorum of the given policy states that, and so do both verifiers."""
    for line in HISTORY.strip().splitlines():
        typed(terminal, line)
    Path("../witnessed").write_text(WITNESSED, "utf-8")
    line = "ledger report council --policy ../witnessed --proof ../council"
    answer, code = terminal.type(line)
    assert (3, True, False) == (code, answer.startswith("error: no-quorum: "), Path("../council").exists())
    assert "warning: no-quorum: " in typed(terminal, f"{line} --without-quorum")
    assert "\nNO QUORUM: " in Path("../council/report.md").read_text("utf-8")
    assert SOUND == check_both(Path("../council"))
    assert Verdicts(["no-quorum checkpoint"], ["no-quorum checkpoint"]) == check_both(Path("../council"), WITNESSED)


def test_what_is_witnessed_says_so(terminal: Terminal) -> None:
    """Once a witness has cosigned, the report is sound for a reader whose policy requires that witness."""
    for line in HISTORY.strip().splitlines():
        typed(terminal, line)
    Path("../witnessed").write_text(WITNESSED, "utf-8")
    for line in (
        "ledger witness init --name witness.example/one --state ../one",
        f"ledger witness trust --state ../one {vkey(1)}",
        "ledger checkpoint request -o ../request",
        "ledger witness cosign ../request -o ../answer --state ../one",
        "ledger checkpoint add ../answer --policy ../witnessed",
        "ledger report partnerships --policy ../witnessed --proof ../witnessed-report",
    ):
        typed(terminal, line)
    assert "\nEnough witnesses cosigned " in Path("../witnessed-report/report.md").read_text("utf-8")
    assert SOUND == check_both(Path("../witnessed-report"), WITNESSED) == check_both(Path("../witnessed-report"))


def test_reports_with_definitions_are_those_that_can_be_proved() -> None:
    """The command line offers --proof for exactly the reports that have definitions."""
    files = resources.files("projections.proof.definitions").iterdir()
    names = {file.name.removesuffix(".json") for file in files if file.name.endswith(".json")}
    assert {*PROVABLE, "reads"} == names


def test_another_version(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """The product does not check definitions that it does not have: OtherVersion says which software can."""
    with proved(terminal) as folders:
        monkeypatch.setattr(shipped_definitions, "POLICY", ("# Another template",))
        answer, code = terminal.type(f"ledger verify-report {folders['council']} --policy ../policy")
        assert (5, True) == (code, answer.startswith("error: other-version: The log adopted these definitions of"))


def test_a_report_that_the_program_does_not_confirm(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that verify_ledger.py does not confirm gets no name (NotProved), and nothing of it is left."""
    for line in HISTORY.strip().splitlines():
        typed(terminal, line)
    monkeypatch.setattr("projections.reports.partnerships.report.TOP", 1)
    answer, code = terminal.type("ledger report partnerships --year 2026 --proof ../wrong")
    assert (5, True) == (code, answer.startswith("error: not-proved: verify_ledger.py does not confirm the report"))
    assert "figure-differs: figures.json/top10/1/0" in answer
    assert ["desk", "desk-home"] == sorted(path.name for path in Path("..").iterdir() if path.name != "policy")


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 13) if SWEEP else [1, 2])
def test_made_histories(seed: int, tmp_path: Path, terminal: Terminal) -> None:
    """Reports over histories with every event type, on several days, are sound for both verifiers."""
    url = f"sqlite:///{tmp_path}/story.db"
    record(url, seed, 40, range(2021, 2026))
    ledger = open_ledger(url)
    assert ledger.store.head().size > 1000
    ledger.close()
    # The story keeps no secret keys, so a key of the test's own is used.
    for line in ("key new --beside", "definitions adopt council", "definitions adopt partnerships", "checkpoint"):
        typed(terminal, f"ledger --url {url} {line}")
    shown = json.loads(typed(terminal, f"ledger --url {url} key show --format json"))["rows"]
    policy = f"log {shown[-1]['vkey']}\nquorum none\n"
    for on in ("2025-12-31", "2023-06-30"):
        for report, words in (("partnerships", f"--year {on[:4]}"), ("council", f"--from {on[:4]}-01-01 --to {on}")):
            folder = tmp_path / f"{report}-{on}"
            typed(terminal, f"ledger --url {url} report {report} {words} --on {on} --proof {folder}")
            assert SOUND == check_both(folder, policy)
