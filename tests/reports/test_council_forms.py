"""The forms of the council report: the same figures in each, the same bytes each time, even for an empty ledger."""

import csv
import html
import io
import re

import pytest

from projections.queries.figures import escaped
from tests.reports.council_ledger import ReportDocument, Secretariat

FORMS = ("md", "html", "csv", "json")


def _figures(report: ReportDocument) -> dict[str, str]:
    texts: dict[str, str] = {}
    for pointer in report.document["provenance"]:
        value = report.figures
        for word in pointer.split("/")[1:]:
            value = value[word.replace("~1", "/").replace("~0", "~")]
        texts[pointer] = str(value)
    return texts


@pytest.fixture
def busy(contribution: Secretariat) -> Secretariat:
    """Return staff with the three engagements, a partly accepted and paid order, a risk and a disclosure."""
    for line in (
        "order issue CWG-2023-003 SO/1 --subject Assessment --amount 'USD 60000.00' --effective 2024-02-01",
        "order accept CWG-2023-003 SO/1 'USD 20000.00' --effective 2024-03-01",
        "payment make CWG-2023-003 SO/1 'USD 12345.67' --effective 2024-04-01",
        "risk assess CWG-2023-003 access --likelihood high --impact medium --effective 2024-04-01",
        (
            "disclosure publish C24/50 --body Council --effective 2024-06-04 --as-of-on 2024-06-04"
            " --cover CWG-2023-001=parties"
        ),
    ):
        contribution.do(line)
    return contribution


def test_two_runs_give_the_same_bytes(busy: Secretariat) -> None:
    """The same log, as-of and version give the same report, byte for byte, in every form."""
    assert [busy.written(form) for form in FORMS] == [busy.written(form) for form in FORMS]


def test_csv_has_every_figure(busy: Secretariat) -> None:
    """CSV has every figure by pointer, with the value and the positions of the JSON form."""
    report = busy.report()
    rows = [row for row in csv.DictReader(io.StringIO(busy.written("csv"))) if row["table"] == "figures"]
    assert _figures(report) == {row["pointer"]: row["value"] for row in rows}
    for row in rows:
        first_last = [part.split("..") for part in row["entries"].split()]
        positions = [at for ends in first_last for at in range(int(ends[0]), int(ends[-1]) + 1)]
        assert report.positions(row["pointer"]) == positions


def test_documents_print_the_figures(busy: Secretariat) -> None:
    """Markdown and HTML print the numbers of the overview and the money as in the JSON form."""
    report, text = busy.report(), busy.written("md")
    page = re.sub(r"(<[^>]*>\s*)+", "|", html.unescape(busy.written("html")))
    for row in report.table("overview"):
        assert re.search(rf"\| (&emsp;)?{re.escape(row['What'])} \| {row['Number']:,} \|", text)
        assert f"|{row['What']}|{row['Number']:,}|" in page
    for measure, amount in (("ordered", "60,000.00"), ("accepted", "20,000.00"), ("paid", "12,345.67")):
        amounts = report.figures["money"][measure]["USD"]
        assert {amount.replace(",", "")} == set(amounts.values())
        assert f"| USD | {amount} | {amount} | {amount} |" in text
        assert amount in page


def test_a_reference_with_a_slash_has_its_pointer(busy: Secretariat) -> None:
    """The number of an order is unescaped in the figures, and escaped in pointers."""
    report = busy.report()
    place = f"/details/CWG-2023-003/orders/{escaped('SO/1')}"
    assert "/details/CWG-2023-003/orders/SO~11" == place
    assert "12345.67" == _figures(report)[f"{place}/paid"]
    answer = busy.do(f"explain council {place}/paid --from 2024-01-01 --to 2024-12-31 --format csv")
    assert "payment.made" in answer


def test_an_empty_ledger(secretariat: Secretariat) -> None:
    """Every form of a report on an empty ledger states that nothing is recorded."""
    report = secretariat.report()
    assert (0, 0, {}) == tuple(report.figures[name] for name in ("engagements", "parties", "money"))
    assert [] == report.table("engagements")
    text = secretariat.written("md")
    assert "0 engagements with 0 third parties were in force. No service order under them is recorded." in text
    for form in FORMS:
        assert secretariat.written(form)


def test_a_period_is_checked(secretariat: Secretariat) -> None:
    """A period that ends before it starts is refused."""
    answer, code = secretariat.terminal.type("ledger report council --from 2024-12-31 --to 2024-01-01")
    assert (True, False) == (code != 0, "Traceback" in answer)
