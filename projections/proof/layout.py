"""The document of a proved report, printed from the layout in its definitions (docs/proofs.md).

A layout is a list of lines and tables. A table has fixed rows, or one row for each group of figures whose pointers
match a pattern. In a text, `{name}` is replaced by the value of that name, and `[/pointer]` by the figure there.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from projections.queries.figures import Figure
from projections.reports.cells import printed

_NAME = re.compile(r"\{([a-z_]+)\}")
_POINTER = re.compile(r"\[(/[^\]]*)\]")


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
    patterns = _NAME.sub(lambda match: str(known.get(match[1], match[0])), pattern).split("/")
    groups = []
    for pointer in figures if pattern else ():
        tokens = pointer.split("/")
        names = {part[1:-1]: token for part, token in zip(patterns, tokens, strict=False) if _NAME.fullmatch(part)}
        if len(tokens) == len(patterns) and all(
            part == token or part[1:-1] in names for part, token in zip(patterns, tokens, strict=True)
        ):
            groups.append(names)
    return sorted(groups, key=lambda names: list(names.values()))


def _text(text: str, figures: Mapping[str, Figure], known: Mapping[str, Any]) -> str:
    is_plain = "[" not in text
    text = _NAME.sub(lambda match: _unescaped(str(known[match[1]]), is_plain=is_plain), text)
    text = _POINTER.sub(lambda match: printed(figures[match[1]]) if match[1] in figures else "", text)
    return text.replace("|", "\\|")


def _unescaped(name: str, *, is_plain: bool) -> str:
    # Within a pointer a name stays escaped (RFC 6901 §3); elsewhere it is printed unescaped.
    return name.replace("~1", "/").replace("~0", "~") if is_plain else name
