"""Attacks on documents: `ledger report verify` finds each, whatever form the document has.

Where only words were changed, it is found as a note, and with `--words` as a finding.
"""

import json
from collections.abc import Iterator

import pytest

from tests.papers.attacks import ATTACKS, WORDS, Desk, form_of, laid
from tests.papers.forgeries import packed_again


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Return a desk with the register of 366 agreements, and documents of this and of a small ledger."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        yield laid(tmp_path_factory.mktemp("attacks") / "desk", monkeypatch)


@pytest.mark.slow
@pytest.mark.parametrize("name", ATTACKS)
def test_attack(name: str, desk: Desk) -> None:
    """It is a finding with its code, or the file is refused with one; with `--words`, words are findings."""
    code, attack = ATTACKS[name]
    data = attack(desk.files)
    assert data not in desk.files.values() or "other" in name
    form = form_of(data)
    answer, exit_code = desk.verified(data, form, "--words --format json")
    assert exit_code != 0, answer
    assert code in answer, answer
    if '"findings"' in answer:
        codes = {finding["code"] for finding in json.loads(answer)["findings"]}
        assert code in codes or not code
        if code == WORDS:
            assert codes == {WORDS}, answer
            shown, exit_code = desk.verified(data, form)
            assert (0, True) == (exit_code, f"note: {WORDS}: " in shown), shown


@pytest.mark.slow
@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_packed_again(form: str, desk: Desk) -> None:
    """A file that is only packed in another way says what the ledger says, also in its words."""
    answer, code = desk.verified(packed_again(desk.files[f"register.{form}"]), form, "--words")
    assert (0, True) == (code, "so are its words" in answer), answer
