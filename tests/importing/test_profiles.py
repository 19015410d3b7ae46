"""Profiles are found by name or path; every mistake is reported with its key."""

from pathlib import Path

import pytest

from ledger.importing.errors import BadProfile, CannotRead, UnknownProfile
from ledger.importing.profile.load import bundled, check_profile, load_profile, read_profile
from ledger.importing.profile.row_schema import ROW_SCHEMAS

COLUMNS = 'columns = { title = "t", kind = "k", parties = "p", signed_on = "s" }\n'
GOOD = 'kind = "agreements"\n' + COLUMNS


def test_profiles_that_come_with_the_ledger() -> None:
    """The bundled profiles are found by name and have no mistakes."""
    assert ["cwg-fhr", "ecb", "tdag25"] == bundled()
    assert "itu_amount" == load_profile("tdag25").columns["organization_amount"]


def test_page_shows_the_profile() -> None:
    """The profile in docs/importing.md equals the bundled one."""
    page = (Path(__file__).parents[2] / "docs" / "importing.md").read_text("utf-8")
    shown = page.partition("```toml\n")[2].partition("```")[0]
    assert load_profile("tdag25") == read_profile("tdag25", shown.encode())


def test_page_names_every_field() -> None:
    """docs/importing.md names every field that a profile can map."""
    page = (Path(__file__).parents[2] / "docs" / "importing.md").read_text("utf-8")
    assert [] == [field for form in ROW_SCHEMAS.values() for field in form.fields if f"`{field}`" not in page]


def test_profile_by_path(tmp_path: Path) -> None:
    """An own profile is given by its path and has the name of its file."""
    path = tmp_path / "own-register.toml"
    path.write_text(GOOD)
    assert "own-register" == load_profile(str(path)).name


@pytest.mark.parametrize(
    ("name", "error"), [("tdag", UnknownProfile), ("nowhere.toml", CannotRead), ("", UnknownProfile)]
)
def test_profile_that_is_not_there(name: str, error: type[Exception]) -> None:
    """The error for an unknown name lists the known ones; a missing file is an error of its own."""
    with pytest.raises(error):
        load_profile(name)


def test_profile_with_nothing_but_what_is_needed() -> None:
    """All keys except kind and columns have defaults."""
    profile = read_profile("own", GOOD.encode())
    assert ("utf-8", ",", "YYYY-MM-DD", ".", "", ";") == (
        profile.file.encoding,
        profile.file.delimiter,
        profile.dates.style,
        profile.amounts.decimal,
        profile.lists.of_parties,
        profile.lists.of_others,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (COLUMNS, "kind"),
        ('kind = "agreements"', "columns"),
        ('kind = "grants"\n' + COLUMNS, "kind is 'grants'"),
        (GOOD + "kinds = 1", "kinds"),
        (GOOD + 'file.encoding = "utf-9"', "file.encoding"),
        (GOOD + 'file.encoding = "zip"', "file.encoding"),
        (GOOD + 'file.encoding = "idna"', "file.encoding"),
        (GOOD + "file.encoding = 8", "file.encoding"),
        (GOOD + 'file.encoding = "a\\u0000b"', "file.encoding"),
        (GOOD + 'file.delimiter = ""', "file.delimiter"),
        (GOOD + 'file.delimiter = "::"', "file.delimiter"),
        (GOOD + "file.delimiter = '\"'", "file.delimiter"),
        (GOOD + 'file.delimter = ";"', "delimter"),
        (GOOD + 'dates.style = "Y-MM-DD"', "dates.style"),
        (GOOD + 'dates.style = "YYYY-MM"', "dates.style has no day: dates.of_month"),
        (GOOD + 'dates.style = ["YYYY-MM-DD", "YYYY"]', "dates.style has no day: dates.of_year"),
        (GOOD + "dates.style = []", "dates.style"),
        (GOOD + "dates.style = [1]", "dates.style must be a list of texts"),
        (GOOD + 'dates = { style = "YYYY", of_year = "31 December" }', "dates.of_year must be"),
        (GOOD + 'dates.of_month = "last day"', "dates.of_month is for a style"),
        (GOOD + "file.header_rows = 0", "file.header_rows"),
        (GOOD + 'file.hidden = "read"', "file.hidden"),
        (GOOD + 'file.merged = "yes"', "file.merged"),
        (GOOD + "amounts.unit = 12", "amounts.unit"),
        (GOOD + 'amounts.currency = "USD"', "amounts.currency can only be 'in cell'"),
        (GOOD + 'amounts.signs = { "$" = "dollar" }', "amounts.signs.$"),
        (GOOD + 'amounts.signs = { "1$" = "USD" }', "amounts.signs.1$"),
        (GOOD + "amounts.multiples = { k = 12 }", "amounts.multiples.k"),
        (GOOD + "amounts.multiples = { 3 = 10 }", "amounts.multiples.3"),
        (GOOD + 'amounts.negative = "refund"', "amounts.negative is for payments and receipts"),
        (GOOD + 'text.repair = "latin-1"', "text.repair"),
        (GOOD + 'text.line_feeds = "keep"', "text.line_feeds"),
        (GOOD + 'constants.titel = "t"', "constants.titel"),
        (GOOD + 'constants.title = "t"', "constants.title is given, but columns.title"),
        (GOOD + 'constants.unit = " "', "constants.unit is blank"),
        (GOOD + "only.entity = []", "only.entity"),
        (GOOD + "skip.entity = 1", "skip.entity must be a text"),
        (GOOD + 'amounts.decimal = "\'"', "amounts.decimal"),
        (GOOD + 'amounts.grouping = "."', "amounts.grouping"),
        (GOOD + 'amounts.grouping = "_"', "amounts.grouping"),
        (GOOD + 'lists.separator = " "', "lists.separator"),
        ('kind = "agreements"\ncolumns = { titel = "t" }', "columns.titel"),
        ('kind = "agreements"\ncolumns = { title = "t" }', "columns.kind is missing"),
        ('kind = "agreements"\ncolumns = { title = " " }', "columns.kind is missing"),
        (GOOD.replace('"t"', '" "'), "columns.title names no column"),
        (GOOD.replace('"t"', '["t", ""]'), "columns.title names no column"),
        (GOOD.replace('"t"', "[]"), "columns.title names no column"),
        (GOOD.replace('title = "t"', 'partner_amount = "a", title = "t"'), "columns.currency is missing"),
        (GOOD + 'codes.title.a = "b"', "codes.title"),
        (GOOD + 'codes.kind = "b"', "codes"),
        (GOOD + 'empty.signed_on = "2024-01-01"', "empty.signed_on"),
        (GOOD + 'empty.currency = "XXY"', "empty.currency"),
        (GOOD + 'empty.unit = ""', "empty.unit"),
        (GOOD + 'empty.unit = "a\\u202eb"', "empty.unit"),
        ("kind = ", "Invalid value"),
    ],
)
def test_mistake_in_a_profile(text: str, expected: str) -> None:
    """The error names the key that is wrong."""
    with pytest.raises(BadProfile) as error:
        read_profile("own", text.encode())
    assert expected in error.value.sentence
    assert error.value.hint


def test_key_that_may_be_meant() -> None:
    """The error for a misspelled field names the similar one."""
    with pytest.raises(BadProfile) as error:
        read_profile("own", GOOD.replace("title", "titel").encode())
    assert "title" in error.value.hint


@pytest.mark.parametrize(
    ("name", "data"), [("own", b"\xff"), ("Own Register", GOOD.encode()), ("x" * 40, GOOD.encode())]
)
def test_profile_that_is_no_text_or_has_no_name(name: str, data: bytes) -> None:
    """A profile is text in UTF-8, and its name is valid in ids of commands."""
    with pytest.raises(BadProfile):
        read_profile(name, data)


def test_bytes_that_are_not_utf8() -> None:
    """Bytes that are not UTF-8 are a mistake with their position, not an error text of Python."""
    _, mistakes = check_profile("own", b'kind = "\xe9"')
    assert ["it is not text in UTF-8: byte 9 does not fit"] == list(map(str, mistakes))
