"""Plain tables, as tabulate writes them: to load it takes as long as all else of a screen."""

from collections.abc import Sequence

GAP = "  "


def plain_table(cells: Sequence[Sequence[str]], heads: Sequence[str], rights: Sequence[bool], room: int) -> str | None:
    """Return the table in tabulate's format `simple`; None where it takes more than plain letters side by side.

    `room` is how many columns of the terminal the texts may take. That the result is tabulate's is tested.
    """
    if not cells or not all(map(_is_plain, heads)) or not all(_is_plain(one) for row in cells for one in row):
        return None
    widths = [max(map(len, column)) for column in zip(heads, *cells, strict=True)]
    if sum(widths) > room or not all(widths):
        return None
    lines = [_line(heads, widths, rights), GAP.join("-" * width for width in widths)]
    lines += [_line(row, widths, rights) for row in cells]
    return "\n".join(lines)


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable() and text == text.strip()


def _line(row: Sequence[str], widths: Sequence[int], rights: Sequence[bool]) -> str:
    placed = zip(row, widths, rights, strict=True)
    return GAP.join(text.rjust(width) if right else text.ljust(width) for text, width, right in placed).rstrip()
