"""The report as JSON: the figures, their provenance, and the tables, in a fixed order."""

import json

from projections.queries.figures import values, walk
from projections.reports.render import provenance
from projections.reports.render.json import rendered
from tests.reports import sample

TEXT = rendered(sample.SAMPLE)
DOCUMENT = json.loads(TEXT)


def test_members_stand_in_their_order() -> None:
    """The document has these members, in this order."""
    assert [
        "report", "title", "version", "organization", "parameters", "settings", "as_of", "discloses", "figures",
        "provenance", "tables", "method", "notes",
    ] == list(DOCUMENT)  # fmt: skip
    assert {"on": "2025-05-12", "known_at": 704, "root": sample.SAMPLE.as_of.root} == DOCUMENT["as_of"]


def test_figures_are_those_of_the_model() -> None:
    """Money is text with cents, counts are integers, names are as recorded."""
    assert values(sample.FIGURES) == DOCUMENT["figures"]
    assert "33826190.48" == DOCUMENT["figures"]["total_usd"]
    assert 89 == DOCUMENT["figures"]["agreements"]


def test_every_figure_has_its_provenance() -> None:
    """The provenance of each figure has its kind and unit, and ranges of positions, or the figures of its ratio."""
    assert [pointer for pointer, _ in walk(sample.FIGURES)] == list(DOCUMENT["provenance"])
    assert {"kind": "sum", "unit": "USD", "ranges": [[1, 53], [60, 60], [70, 74]]} == DOCUMENT["provenance"][
        "/total_usd"
    ]
    share = {"kind": "ratio", "unit": "percent", "of": ["/partner_usd", "/total_usd"]}
    assert share == DOCUMENT["provenance"]["/partner_share_percent"]


def test_tables_are_rows_of_plain_values() -> None:
    """Tables have values, not printed texts, in annexes, too; a table without rows is present and empty."""
    tables = {table["key"]: table for table in DOCUMENT["tables"]}
    assert ["Total, USD", "33826190.48", ""] == tables["overview"]["total"]
    assert ["From partners, USD", "31100000.00", 92] == tables["overview"]["rows"][1]
    assert ["Received, USD", "not recorded", ""] == tables["overview"]["rows"][3]
    assert [] == tables["cancelled"]["rows"]
    assert sample.PIPES == tables["agreements"]["rows"][0][1]


def test_scripts_are_readable_in_the_file() -> None:
    """Text is unescaped UTF-8, indented by two spaces a level, with one line feed at the end."""
    assert sample.CHINESE in TEXT
    assert '{\n  "report": "partnerships",\n' == TEXT[:30]
    assert TEXT.endswith("}\n")


def test_many_ranges_are_cut_in_documents_only() -> None:
    """Documents print the first hundred ranges and the number of the others; the forms for programs have all."""
    figure = sample.count(150, *range(1, 300, 2))
    assert provenance.positions(figure).endswith("199 and 50 more ranges")
    assert 150 == len(provenance.by_pointer({"many": figure})["/many"]["ranges"])
