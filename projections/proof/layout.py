"""The document of a proved report, printed from the layout in its definitions (docs/proofs.md).

A layout is a list of lines and tables. A table has fixed rows, or one row for each group of figures whose pointers
match a pattern. In a text, `{name}` is replaced by the value of that name, and `[/pointer]` by the figure there, both
escaped as in the Markdown of other reports. No text begins with a name or a figure from
the log: more characters have a meaning there.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from projections.queries.figures import Figure
from projections.reports.cells import printed
from projections.reports.render.markdown import escaped

_NAME = re.compile(r"\{([a-z_]+)\}")
_PLACE = re.compile(r"\[(?P<pointer>/[^\]]*)\]|\{(?P<name>[a-z_]+)\}")


def document(layout: list[Any], figures: Mapping[str, Figure], known: Mapping[str, Any]) -> str:
    """Return the document; `known` maps names to their values."""
    return "\n".join([*_lines(layout, figures, known), ""])


def _lines(layout: list[Any], figures: Mapping[str, Figure], known: Mapping[str, Any]) -> Iterator[str]:
    for block in layout:
        if isinstance(block, str):
            yield _text(block, figures, known)
            continue
        rows = [[_text(cell, figures, known) for cell in cells] for cells in block.get("rows", ())]
        rows += [
            [_text(cell, figures, {**known, **names}) for cell in block["cells"]]
            for names in _groups(block.get("each", ""), figures, known)
        ]
        yield from _table([_text(cell, figures, known) for cell in block["head"]], rows)


def _table(head: list[str], rows: list[list[str]]) -> list[str]:
    lines = [head, ["---"] * len(head), *rows]
    return [f"| {' | '.join(cells)} |" for cells in lines] if rows else ["None."]


def _groups(pattern: str, figures: Mapping[str, Figure], known: Mapping[str, Any]) -> list[dict[str, str]]:
    # Pointers and the pattern are compared token by token; a name in `known` is replaced and forms no group.
    patterns = _filled(pattern, known).split("/")
    groups = []
    for pointer in figures if pattern else ():
        tokens = pointer.split("/")
        names = {part[1:-1]: token for part, token in zip(patterns, tokens, strict=False) if _NAME.fullmatch(part)}
        if len(tokens) == len(patterns) and all(
            part == token or part[1:-1] in names for part, token in zip(patterns, tokens, strict=True)
        ):
            groups.append(names)
    ordered = sorted(groups, key=lambda names: list(names.values()))
    return [{name: token.replace("~1", "/").replace("~0", "~") for name, token in names.items()} for names in ordered]


def _text(text: str, figures: Mapping[str, Figure], known: Mapping[str, Any]) -> str:
    # In one pass, and every value escaped: nothing that is put in place is read as part of the layout.
    def value(match: re.Match[str]) -> str:
        if match["name"]:
            return escaped(str(known[match["name"]]))
        pointer = _filled(match["pointer"], known)
        return escaped(printed(figures[pointer])) if pointer in figures else ""

    return _PLACE.sub(value, text)


def _filled(pointer: str, known: Mapping[str, Any]) -> str:
    # Within a pointer a value is escaped as RFC 6901 §3 says; a name that is not known stays.
    def token(match: re.Match[str]) -> str:
        value = str(known.get(match[1], match[0]))
        return value.replace("~", "~0").replace("/", "~1") if match[1] in known else value

    return _NAME.sub(token, pointer)
