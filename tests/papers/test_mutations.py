"""Random damage of documents: findings or a refusal with a code, never a traceback, never long, never much memory.

LEDGER_SWEEP=1 tries 500 of each form; LEDGER_SEED gives another sample.
"""

import json
import os
import random
import resource
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attacks.mutations import of_bytes
from tests.papers import office
from tests.papers.test_publish import BEGINNING, COUNCIL
from tests.transcripts.terminal import Terminal

FORMS = ("docx", "xlsx", "html", "pdf")
SEED = int(os.environ.get("LEDGER_SEED", "20261201"))
COUNT = 500 if os.environ.get("LEDGER_SWEEP") else 25
SECONDS, MEMORY = 5.0, 300 * 1024
"""The most seconds of processor time for a file, and KiB of memory more than before."""


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    """Return a terminal with a ledger and a document of it in each form."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        place = tmp_path_factory.mktemp("mutations") / "desk"
        place.mkdir()
        made = Terminal(place, monkeypatch)
        for line in (*BEGINNING, *(f"{COUNCIL} -o sound.{form}" for form in FORMS)):
            answer, code = made.type(line)
            assert 0 == code, answer
        yield made


def _mutated(chance: random.Random, data: bytes, form: str) -> bytes:
    """Return a file with one random change: of its bytes, or of one of its parts as it is unpacked."""
    if form in ("docx", "xlsx") and chance.random() < 0.8:
        parts = office.parts(data)
        name = chance.choice(sorted(parts))
        match chance.randrange(8):
            case 0:
                del parts[name]
            case 1:
                other = chance.choice(sorted(parts))
                parts[name], parts[other] = parts[other], parts[name]
            case 2:
                parts[f"{name}.xml"] = parts.pop(name)
            case _:
                parts[name] = of_bytes(chance, parts[name], list(parts.values()))
        return office.packed(parts)
    return of_bytes(chance, data)


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_mutated(form: str, terminal: Terminal) -> None:
    """Each ends with a code of an error or a finding, or says in what it is sound; only equal bytes are as made."""
    chance = random.Random(f"{SEED}/{form}")  # noqa: S311 - a seed that can be given again
    sound = Path(f"sound.{form}").read_bytes()
    terminal.type(f"ledger report verify sound.{form}")
    for number in range(COUNT):
        data = _mutated(chance, sound, form)
        path = Path(f"mutated.{form}")
        path.write_bytes(data)
        before, held = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        answer, code = terminal.type(f"ledger report verify {path} --format json")
        said = f"seed {SEED}/{form}, file {number}: {answer[:2_000]}"
        assert time.process_time() - before < SECONDS, said
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - held < MEMORY, said
        assert "Traceback" not in answer, said
        assert "internal" not in answer.partition("\n")[0], said
        if answer.startswith("{"):
            found = json.loads(answer)
            assert found["is_as_made"] == (data == sound), said
            assert code == int(bool(found["findings"])), said
            assert form != "pdf" or data == sound or found["findings"], said
        else:
            assert code in (1, 2, 3), said
            assert answer.startswith("error: "), said


@pytest.mark.slow
@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_a_part_that_unpacks_to_much(form: str, terminal: Terminal) -> None:
    """A part of 400 MB that is packed into little is refused."""
    path = Path(f"large.{form}")
    part = {"docx": "word/document.xml", "xlsx": "xl/sharedStrings.xml"}[form]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in office.parts(Path(f"sound.{form}").read_bytes()).items():
            if name != part:
                package.writestr(name, data)
        with package.open(part, "w") as target:
            for _ in range(400):
                target.write(b" " * 1_000_000)
    answer, code = terminal.type(f"ledger report verify {path}")
    assert code != 0
    assert answer.startswith("error: "), answer
