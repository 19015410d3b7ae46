"""What is read out of a document: its figures as they were stated when it was made, and as they stand in it now."""

import json
from typing import Any, NamedTuple

from projections.papers.read_back.errors import NotReadable


class Mark(NamedTuple):
    """A figure in a document: its number there, its pointer, its text when it was made and its text now, and where.

    `value` is the value that the file states for it, where it states one.
    """

    ident: str
    pointer: str
    stated: str
    now: str
    place: str
    value: str = ""


class Said(NamedTuple):
    """A text of a document outside of its figures, which stand in it as `{f1}`, and its place.

    `is_listed` is one of a list of figures, or of a column of numbers, of which each digit is the ledger's.
    """

    place: str
    text: str
    is_listed: bool = False


class ReadBack(NamedTuple):
    """The figures of a document in the order of reading, and the data of its paper, which is the same in each form.

    `order` are the numbers of the figures as they stand in the file now, and `said` is all else that it says; a PDF has
    neither, and a workbook no order, since its figures have cells.
    """

    marks: tuple[Mark, ...]
    data: dict[str, Any]
    order: tuple[str, ...] = ()
    said: tuple[Said, ...] = ()


def json_object(text: bytes | str) -> dict[str, Any]:
    """Return an object of JSON. Raises NotReadable."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise NotReadable("The data of the paper is no JSON.") from None
    if not isinstance(data, dict):
        raise NotReadable("The data of the paper is no object of JSON.")
    return data
