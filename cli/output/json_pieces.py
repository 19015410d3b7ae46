"""JSON that is put out piece by piece, as its rows come; in the form of `json.dumps` with `indent=2`."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

Members = dict[str, Any]


def list_pieces(rows: Iterable[Members]) -> Iterator[str]:
    """Yield rows as a list, and a line feed."""
    yield from _listed(rows, "")
    yield "\n"


def object_pieces(
    before: Members, name: str, rows: Iterable[Members], after: Callable[[], Members] = dict
) -> Iterator[str]:
    """Yield an object with a list of rows as its member `name`, without a line feed.

    `before` are the members before the list. `after` returns those behind it, when all rows are out.
    """
    yield "{\n"
    for member, value in before.items():
        yield f"  {_text(member)}: {_indented(value, '  ')},\n"
    yield f"  {_text(name)}: "
    yield from _listed(rows, "  ")
    for member, value in after().items():
        yield f",\n  {_text(member)}: {_indented(value, '  ')}"
    yield "\n}"


def _listed(rows: Iterable[Members], margin: str) -> Iterator[str]:
    start = "["
    for row in rows:
        yield f"{start}\n{margin}  {_indented(row, margin + '  ')}"
        start = ","
    yield "[]" if start == "[" else f"\n{margin}]"


def _indented(value: Any, margin: str) -> str:
    # Line feeds in texts are escaped: each of these ends a line of the form.
    return _text(value).replace("\n", f"\n{margin}")


def _text(value: Any) -> str:
    try:
        return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()
    except OverflowError:  # an integer of more than 64 bits; json takes twenty times as long
        return json.dumps(value, ensure_ascii=False, indent=2)
