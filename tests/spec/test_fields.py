"""Values as users type them: shares, roles, pledges, identifiers, dates."""

from decimal import Decimal

import pytest

from ledger.domain.dates import BadDate, checked_date, day_after, days_between
from ledger.domain.errors import listed
from ledger.domain.fields import BadReference, BadShare, Identifier, Pledge, Role, Share, next_number
from ledger.domain.money import BadAmount, Money


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("AFR", Share("AFR", "100")),
        ("AFR=60", Share("AFR", "60")),
        (" Multi regions = 33.3333 ", Share("Multi regions", "33.3333")),
        ("a=b=5", Share("a=b", "5")),
    ],
)
def test_shares(text: str, share: Share) -> None:
    """A code alone has 100 per cent; the percentage follows the last `=`."""
    assert share == Share.parse(text)
    assert Decimal(share.percent) * 10_000 == share.parts


@pytest.mark.parametrize("text", ["=5", "AFR=", "AFR=x", "AFR=1.23456", "AFR=-1", "AFR=101", "AFR= 1 0", ""])
def test_shares_that_cannot_be(text: str) -> None:
    """A share has a code and a percentage from 0 to 100 with four decimals at most."""
    with pytest.raises(BadShare):
        Share.parse(text)


def test_roles() -> None:
    """A party alone has the role partner; the role follows the last `=`."""
    assert [Role("P1", "partner"), Role("P1", "donor"), Role("LEI=5", "donor")] == [
        Role.parse(text) for text in ("P1", "P1 = donor", "LEI=5=donor")
    ]


def test_pledges() -> None:
    """The payer precedes the last `=`; without a payer it is the organisation."""
    amount = Money("USD", "5.00")
    assert [Pledge("P1", amount), Pledge("organization", amount), Pledge("organization", amount)] == [
        Pledge.parse(text) for text in ("P1=USD 5", "USD 5", "organization=5 USD")
    ]
    with pytest.raises(BadAmount):
        Pledge.parse("P1=")


@pytest.mark.parametrize(("text", "refused"), [("LEI", "LEI"), ("=5", ""), ("LEI=", ""), ("L;I=5", "L;I")])
def test_identifiers_that_cannot_be(text: str, refused: str) -> None:
    """Scheme and identifier are both required, and both must be references."""
    with pytest.raises(BadReference, match=f"'{refused}' cannot be a reference"):
        Identifier.parse(text)


def test_identifiers() -> None:
    """The scheme precedes the first `=`."""
    assert Identifier("XM-DAC", "41140") == Identifier.parse(" XM-DAC = 41140 ")


@pytest.mark.parametrize("text", ["1865-01-01", "2000-02-29", "2199-12-31"])
def test_dates(text: str) -> None:
    """Existing days from the founding of the oldest international organisation on are accepted."""
    assert text == checked_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "1864-12-31",
        "2200-01-01",
        "1900-02-29",
        "2024-00-10",
        "2024-1-1",
        "2024-W01-1",
        "20240101",
        "2024-01-01T00",
        "",
        "٢٠٢٤-٠١-٠١",
    ],
)
def test_dates_that_cannot_be(text: str) -> None:
    """Days that do not exist, and other spellings, are refused."""
    with pytest.raises(BadDate):
        checked_date(text)


def test_days() -> None:
    """Day counts include leap days and cross years."""
    assert ("2024-02-29", "2024-01-01") == (day_after("2024-02-28"), day_after("2023-12-31"))
    assert (366, -366) == (days_between("2024-01-01", "2025-01-01"), days_between("2025-01-01", "2024-01-01"))


def test_the_next_number() -> None:
    """It follows the greatest existing number, whatever other keys exist."""
    assert "O1" == next_number("O", [])
    assert "O11" == next_number("O", ["O2", "O10", "plan", "O", "Ox", "P99", "O٣"])


def test_words_in_a_sentence() -> None:
    """A list ends with its last word, and a long one is cut."""
    assert ["", "a", "a or b", "a, b and c"] == [listed([]), listed("a"), listed("ab"), listed("abc", "and")]
    assert "a, b, c, d, e, f, g, h and 2 more" == listed("abcdefghij")
