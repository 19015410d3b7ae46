"""The draft of a profile: where the head is, what the columns hold, what is left out, and what is asked."""

from pathlib import Path

import pytest

from ledger.importing.discovery.draft import Draft, draft_of
from ledger.importing.discovery.profile_text import profile_text
from ledger.importing.discovery.questions import Lists, next_question, questions
from ledger.importing.preview import preview_profile
from ledger.importing.profile.load import check_profile, load_profile, read_profile
from ledger.importing.profile.model import Profile
from tests.house.tree import ROOT
from tests.importing.discovery.lists import LISTS, write_lists
from tests.importing.workbooks import workbook


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the six lists."""
    write_lists(tmp_path)
    return tmp_path


def _draft(folder: Path, text: str) -> Draft:
    path = folder / "own.csv"
    path.write_text(text, "utf-8")
    return draft_of(path)


def _fields(draft: Draft) -> dict[str, str]:
    return {name: column.name for name, column in draft.fields.items()}


def _answered(draft: Draft, lists: Lists | None = None, **given: str) -> Profile:
    """Return the profile of a draft with these answers, by the beginning of their keys; others are the likely ones."""
    while (question := next_question(draft, lists or {})) is not None:
        key = next((key for key in given if question.key.startswith(key)), None)
        draft.answers[question.key] = given[key] if key else question.default or question.choices[0].value
    return read_profile("own", profile_text(draft, lists or {}).encode())


@pytest.mark.parametrize(
    ("name", "row", "rows", "records", "left_out"),
    [
        ("partners.xlsx", 4, 2, 5, 2), ("consultants.csv", 2, 1, 5, 1), ("arabic.csv", 1, 1, 3, 1),
        ("chinese.csv", 1, 1, 4, 0), ("american.csv", 3, 1, 4, 2), ("mixed.xlsx", 2, 1, 4, 1),
    ],
)  # fmt: skip
def test_the_head_and_the_records(folder: Path, name: str, row: int, rows: int, records: int, left_out: int) -> None:
    """The head is found below titles, over one row or two; totals, notes and repeated heads are no records."""
    draft = draft_of(folder / name)
    assert (row, rows) == (draft.header.row, draft.header.rows)
    assert (records, left_out) == (len(draft.split.records), len(draft.split.none))


@pytest.mark.parametrize(
    ("numbers", "reference"),
    [
        (("AG-01", "AG-07", "AG-12"), "No."), (("17", "44", "23"), "No."), (("1", "2", "3"), None),
        (("AG-01", "AG-01", "AG-07"), None),
    ],
)  # fmt: skip
def test_only_running_numbers_count_the_rows(folder: Path, numbers: tuple[str, ...], reference: str | None) -> None:
    """A column `No.` counts the rows if its numbers follow each other; else it has the references, if they differ."""
    rows = (f"{number},Title {place},Alpha,2024-03-0{place}\n" for place, number in enumerate(numbers, 1))
    draft = _draft(folder, f"No.,Title,Partner,Signed\n{''.join(rows)}")
    assert reference == _fields(draft).get("reference")


@pytest.mark.parametrize("name", [name for name in LISTS if name != "chinese.csv"])
def test_a_profile_without_answers_names_its_questions(folder: Path, name: str) -> None:
    """What nobody answered stands in the profile as comments; all else is valid, but for what must be answered."""
    draft = draft_of(folder / name)
    text = profile_text(draft, {})
    asked = [question.text for question in questions(draft, {})]
    assert len(asked) == text.count("# QUESTION: ")
    _, mistakes = check_profile("own", text.encode())
    needed = {question.key.removeprefix("need:") for question in questions(draft, {})}
    assert {mistake.key.partition(".")[2] for mistake in mistakes} <= needed


@pytest.mark.parametrize("name", list(LISTS))
def test_a_profile_with_the_likely_answers_reads_its_list(folder: Path, name: str) -> None:
    """With the likely answers, and a kind where none is, the profile reads every row, but for a row that is twice."""
    profile = _answered(draft_of(folder / name), need="memorandum", money="partner_amount")
    preview = preview_profile(profile, folder / name)
    assert int(name == "consultants.csv") == preview.faulty


def test_hidden_columns_and_rows_are_asked_about(folder: Path) -> None:
    """What a sheet hides is left out or read, as somebody says; nothing else can know it."""
    draft = draft_of(folder / "partners.xlsx")
    assert "hides 1 row and the column Focal point" in next(q.text for q in questions(draft, {}) if q.key == "hidden")
    skipped = preview_profile(_answered(draft, separator="one"), draft.path)
    read = draft_of(folder / "partners.xlsx")
    assert (4, 5) == (skipped.rows, preview_profile(_answered(read, hidden="read", separator="one"), read.path).rows)


def test_heads_in_other_languages(tmp_path: Path) -> None:
    """French and Spanish heads are known, with or without accents; a head nobody knows is left to people."""
    heads = "N° de référence;Partenaire;Intitulé;Date de signature;Devise;Montant;Zzz"
    draft = _draft(tmp_path, f"{heads}\nA;B;C;1.2.2025;EUR;5;x\n")
    assert {
        "reference": "N° de référence", "parties": "Partenaire", "title": "Intitulé", "signed_on": "Date de signature",
        "currency": "Devise",
    } == _fields(draft)  # fmt: skip
    assert ["Montant"] == [column.name for column in draft.money]


def test_values_decide_where_heads_do_not(tmp_path: Path) -> None:
    """A column of currencies is the currency whatever its head; one that counts the rows is no reference."""
    draft = _draft(tmp_path, "No,Partner,Xyz,Ref\n1,A,USD,a-1\n2,B,EUR,a-2\n3,C,CHF,a-3\n")
    fields = _fields(draft)
    assert ("Xyz", "Ref") == (fields["currency"], fields["reference"])


@pytest.mark.parametrize(
    ("heads", "rows"),
    [
        ("Partner,Title,Signed,Amount", "agreements"),
        ("Organization,Country,Type of partner", "parties"),
        ("Engagement,Service order no,Issue date,Amount", "orders"),
        ("Engagement,Order,Invoice no,Payment date,Amount", "payments"),
        ("Engagement,Payer,Date received,Amount", "receipts"),
    ],
)
def test_what_is_in_a_row(tmp_path: Path, heads: str, rows: str) -> None:
    """The heads tell agreements, parties, service orders and payments apart."""
    values = {
        "Signed": "2025-01-01",
        "Date received": "2025-01-01",
        "Issue date": "2025-01-01",
        "Payment date": "2025-01-01",
        "Amount": "5",
    }
    draft = _draft(tmp_path, f"{heads}\n{','.join(values.get(head, 'x') for head in heads.split(','))}\n")
    assert rows == draft.rows


CONSULTANTS = "Ref,Consultant,Title,Kind,Signed,Currency,Amount\nC-1,A,T,{kind},2025-01-01,USD,500\n"


def test_an_amount_of_a_consultant_is_a_ceiling(tmp_path: Path) -> None:
    """The amount of a consultancy is asked about, and the likely answer is what the organisation may pay."""
    draft = _draft(tmp_path, CONSULTANTS.format(kind="Consultancy"))
    question = next(q for q in questions(draft, {}) if q.key.startswith("money:"))
    assert "ceiling" == question.default
    assert {"ceiling"} == _answered(draft).columns.keys() & {"ceiling", "partner_amount"}


def test_money_of_somebody_who_is_paid_is_questioned(tmp_path: Path) -> None:
    """If a consultant is said to give the amount, this is asked again; a no makes it a ceiling."""
    draft = _draft(tmp_path, CONSULTANTS.format(kind="Consultancy"))
    profile = _answered(draft, money="partner_amount", sure="no")
    assert any(q.key.startswith("sure:") for q in questions(draft, {}))
    assert {"ceiling"} == profile.columns.keys() & {"ceiling", "partner_amount"}


def test_a_contribution_in_a_consultancy_is_questioned(tmp_path: Path) -> None:
    """Even under a head that says contribution."""
    draft = _draft(tmp_path, CONSULTANTS.replace("Amount", "Contribution").format(kind="Consulting services"))
    assert ["Contribution"] == [column.name for column in draft.money]


def test_an_amount_without_a_currency_needs_one(tmp_path: Path) -> None:
    """The currency is asked for, unless the head or the cells have it."""
    for head, amount, is_asked in (("Amount", "5", True), ("Amount (CHF)", "5", False), ("Amount", "5 EUR", False)):
        draft = _draft(tmp_path, f"Ref,Partner,Title,Kind,Signed,{head}\nC-1,A,T,MoU,2025-01-01,{amount}\n")
        # Until it is known which way the money goes, no amount is read.
        assert "currency" not in [question.key for question in questions(draft, {})]
        draft.answers["money:5"] = "partner_amount"
        assert is_asked == ("currency" in [question.key for question in questions(draft, {})])


def test_codes_of_the_ledger_are_asked_for(tmp_path: Path) -> None:
    """A kind that is not on the ledger's list is translated once, in the profile."""
    draft = _draft(tmp_path, CONSULTANTS.format(kind="CONSULTANCY"))
    lists = {"list.kinds": ("consultancy", "knowledge partnership")}
    question = next(q for q in questions(draft, lists) if q.key == "code:kind:CONSULTANCY")
    assert "consultancy" == question.default
    assert {"kind": {"CONSULTANCY": "consultancy"}} == _answered(draft, lists).codes


def test_a_list_without_days_counts_from_its_document(tmp_path: Path) -> None:
    """Without a column of dates the date of the document is asked for."""
    draft = _draft(tmp_path, "Ref,Partner,Title,Kind\nC-1,A,T,MoU\n")
    assert "source" == _answered(draft, effective="2025-01-01").dates.signed_on
    assert "2025-01-01" == draft.answers["effective"]


def test_columns_with_one_name_are_left_to_people(tmp_path: Path) -> None:
    """A profile names columns, so that two with one name cannot be told apart: neither is read."""
    draft = _draft(tmp_path, "Ref,Partner,Partner,Title,Kind,Signed\nC-1,A,B,T,MoU,2025-01-01\n")
    assert {"Partner"} == draft.doubled
    assert "parties" not in draft.fields
    assert "several columns have this name" in profile_text(draft, {})


def test_a_name_with_quotes_and_lines_is_written_safely(tmp_path: Path) -> None:
    """Heads and values stand in the profile as they are, and no line of a cell becomes a line of the profile."""
    path = tmp_path / 'a"b.xlsx'
    heads = ["Ref", "Part\"ner\nkind = 'x'", "Title\\", "Kind", "Signed"]
    path.write_bytes(workbook(heads, ["R", "A", "T", "MoU", "2025-01-01"], ["TOTAL\n[columns]", None, None, None, "x"]))
    profile = _answered(draft_of(path))
    assert ("Part\"ner kind = 'x'", "Title\\") == (profile.columns["parties"], profile.columns["title"])


def test_a_company_called_total_is_a_record(tmp_path: Path) -> None:
    """A row with a word for a total is left out only if it has hardly any other words, and no record is lost by it."""
    rows = "R-1,Total Energy,Cables,MoU,2025-01-01\nR-2,Firm,Total,MoU,2025-01-01\n,Total,,,\n,Subtotal,,,\n"
    draft = _draft(tmp_path, f"Ref,Partner,Title,Kind,Signed\n{rows}")
    assert (2, 2) == (len(draft.split.records), len(draft.split.totals))
    preview = preview_profile(_answered(draft), draft.path)
    assert (2, 0) == (preview.rows, preview.faulty)


def test_every_field_that_rows_need_is_asked_for(tmp_path: Path) -> None:
    """Fields that no head tells are asked for, with the columns whose values fit."""
    draft = _draft(tmp_path, "A,B,C,D\nE-1,X,2025-01-01,500\n")
    draft.answers["rows"] = "orders"
    asked = {
        q.field: [choice.meaning for choice in q.choices] for q in questions(draft, {}) if q.key.startswith("need:")
    }
    assert {"engagement", "number", "subject", "amount", "issued_on"} == asked.keys()
    assert (["the column C (2025-01-01, …)"], ["the column D (500, …)"]) == (asked["issued_on"], asked["amount"])


def test_a_register_is_recognised_as_its_own_profile_reads_it() -> None:
    """The fields that are guessed for the register of the demo are those of the profile that was written for it."""
    draft = draft_of(ROOT / "demo" / "data" / "register.csv")
    assert load_profile("tdag25").columns == _fields(draft)
    assert [";"] == [question.default for question in questions(draft, {}) if question.key == "separator"]


def test_words_in_columns_of_amounts_are_asked_about(tmp_path: Path) -> None:
    """A cell such as tbd is as an empty one if somebody says so; an answer for one word is not one for others."""
    rows = "A-1,P,T,MoU,2025-01-01,USD,TBD\nA-2,P,T,MoU,2025-01-01,USD,500\nA-3,P,T,MoU,tbc,USD,high\n"
    rows += "A-4,P,T,MoU,2025-01-01,USD,5\nA-5,P,T,MoU,2025-01-01,USD,7\n"
    draft = _draft(tmp_path, f"Ref,Partner,Title,Kind,Signed,Currency,Contribution\n{rows}")
    asked = {q.key: q.default for q in questions(draft, {}) if q.key.startswith("blank:")}
    assert {"blank:TBD": "blank", "blank:tbc": "blank", "blank:high": "aside"} == asked
    profile = _answered(draft)
    assert ("tbc", "TBD") == profile.text.blank
    shown = preview_profile(profile, draft.path).shown
    assert ["", "P: USD 500.00"] == [row.values.get("partner_amount", "") for row in shown[:2]]
    assert {"empty-cell", "not-an-amount"} == {fault.code for fault in shown[2].faults}
