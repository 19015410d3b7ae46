"""Whatever a file holds, looking at it ends with a profile that is valid TOML, or with a sentence of the ledger."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.domain.errors import LedgerError
from ledger.importing.discovery.draft import draft_of
from ledger.importing.discovery.profile_text import profile_text
from ledger.importing.discovery.questions import next_question
from ledger.importing.profile.load import check_profile
from ledger.importing.source.csv_text import BOMS
from tests.importing.workbooks import workbook

CELLS = st.one_of(
    st.sampled_from(
        "Ref|Partner|Title|Kind|Signed|Amount|Currency|Start|End|TOTAL|USD|1.200|1,5|$5|5 €|2025|01/02/2025|30.6.26|"
        "2025-06-30|Consultancy|MoU|a; b|a\nb|*|#REF!|=1+1|'|\"|\\|[x]|No|جهة|伙伴".split("|")
    ),
    st.text(max_size=12),
)  # fmt: skip
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=8), min_size=1, max_size=12)


def _look(path: Path) -> None:
    try:
        draft = draft_of(path)
    except LedgerError:
        return
    assert "kind" in tomllib.loads(profile_text(draft, {}))
    for _ in range(100):
        question = next_question(draft, {})
        if question is None:
            break
        free = {"effective": "2025-01-01"}.get(question.key, "USD" if question.field == "currency" else "text")
        draft.answers[question.key] = question.default or (question.choices[0].value if question.choices else free)
    else:
        pytest.fail("the questions do not end")
    check_profile("own", profile_text(draft, {}).encode("utf-8", "surrogatepass"))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, delimiter=st.sampled_from(",;\t"), encoding=st.sampled_from(["utf-8", "utf-16", "cp1252", "gb18030"]))
def test_any_text(tmp_path: Path, rows: list[list[str]], delimiter: str, encoding: str) -> None:
    """Any text, with any quotes, in any encoding."""
    path = tmp_path / "any.csv"
    path.write_bytes("\n".join(delimiter.join(row) for row in rows).encode(encoding, "ignore"))
    _look(path)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_any_workbook(tmp_path: Path, rows: list[list[str]]) -> None:
    """Any cells of a workbook that XML can hold."""
    clean = [["".join(char for char in cell if char in "\t\n" or char.isprintable()) for cell in row] for row in rows]
    path = tmp_path / "any.xlsx"
    path.write_bytes(workbook(*clean))
    _look(path)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=200) | st.tuples(st.sampled_from(sorted(BOMS)), st.binary(max_size=200)).map(b"".join))
def test_any_bytes(tmp_path: Path, data: bytes) -> None:
    """Any bytes at all, also after a mark of an encoding that they do not keep."""
    path = tmp_path / "any.csv"
    path.write_bytes(data)
    _look(path)
