"""A laid-out paper as data: what stands in it, run by run, with the values and entries of its figures.

`against_paper` reads it, and compares files with it.
"""

from typing import Any

from projections.papers import printed
from projections.papers.carried import data_of, plain_value
from projections.papers.layout import ChartItem, Heading, Item, Layout, TableItem, Text
from projections.papers.model import Line, Named, Noted, Printed, Referred, Run, Words
from projections.papers.render.html import closing_text
from projections.queries.figures import Figure, ranges

MASTHEAD = ("organization", "body", "session", "agenda", "symbol", "date", "original", "distribution", "source")


def paper_data(layout: Layout) -> dict[str, Any]:
    """Return a paper as data of JSON."""
    paper, terms = layout.paper, layout.terms
    items = [_item(item, paper.language) for flow in layout.flows for item in flow.items]
    return {
        "data": data_of(paper),
        "direction": paper.direction,
        "masthead": {name: getattr(paper.masthead, name) for name in MASTHEAD} | {"title": _line(paper.masthead.title)},
        "boxes": [{"label": box.label, "line": _line(box.line)} for box in layout.boxes],
        "items": items,
        "terms": {name: getattr(terms, name) for name in ("annex", "figures", "figure", "value", "entries")},
        "figures": {pointer: _figure(layout, figure) for pointer, figure in paper.figures.items()},
    }


def _figure(layout: Layout, figure: Figure) -> dict[str, Any]:
    return {
        "value": figure.plain,
        "unit": figure.unit,
        "kind": figure.kind,
        "text": closing_text(layout, figure),
        "of": list(figure.of),
        "entries": ranges(figure.entries),
    }


def _item(item: Item, language: str) -> dict[str, Any]:
    if isinstance(item, Heading):
        return {
            "is": "heading",
            "key": item.key,
            "level": item.level,
            "number": item.number,
            "line": _line(item.line),
        }
    if isinstance(item, Text):
        labels = [printed.item_label(index, language) for index in range(len(item.items))]
        return {
            "is": "text",
            "message": item.message,
            "number": item.number,
            "line": _line(item.line),
            "items": [_line(line) for line in item.items],
            "labels": labels,
        }
    return _table(item) if isinstance(item, TableItem) else _chart(item)


def _table(item: TableItem) -> dict[str, Any]:
    grid = item.grid
    return {
        "is": "table",
        "key": grid.key,
        "label": item.label,
        "title": _line(grid.title),
        "columns": [
            {"title": _line(column.title), "holds": column.holds, "unit": column.unit} for column in grid.columns
        ],
        "rows": [[_line(cell) for cell in row.cells] for row in printed.rows(item)],
        "notes": [_line(note) for note in grid.notes],
    }


def _chart(item: ChartItem) -> dict[str, Any]:
    return {
        "is": "chart",
        "key": item.picture.key,
        "of": item.grid.key,
        "label": item.label,
        "title": _line(item.picture.title),
    }


def _line(line: Line) -> list[Any]:
    return [_run(run) for run in line]


def _run(run: Run) -> Any:
    if isinstance(run, Printed):
        return {"figure": run.pointer, "text": run.text, "value": plain_value(run), "unit": run.unit}
    if isinstance(run, Words):
        return run.text if run.by == "catalogue" else {"by": run.by, "text": run.text}
    if isinstance(run, Named):
        return {"name": run.text}
    if isinstance(run, Referred):
        return {"to": run.to, "text": run.text}
    assert isinstance(run, Noted)
    return {"note": _line(run.line)}
