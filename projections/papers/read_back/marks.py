"""What is read out of a document: its figures as they were stated when it was made, and as they stand in it now."""

import json
from typing import Any, NamedTuple

from projections.papers.read_back.errors import NotReadable


class Mark(NamedTuple):
    """A figure in a document: its number there, its pointer, its text when it was made and its text now, and where."""

    ident: str
    pointer: str
    stated: str
    now: str
    place: str


class ReadBack(NamedTuple):
    """The figures of a document in the order of reading, and the data of its paper, which is the same in each form."""

    marks: tuple[Mark, ...]
    data: dict[str, Any]


def json_object(text: bytes | str) -> dict[str, Any]:
    """Return an object of JSON. Raises NotReadable."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise NotReadable("The data of the paper is no JSON.") from None
    if not isinstance(data, dict):
        raise NotReadable("The data of the paper is no object of JSON.")
    return data
