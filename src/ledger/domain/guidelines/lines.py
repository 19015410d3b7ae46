"""Finds the lines of tables and members in a TOML text: the parser of the standard library does not tell them."""

import re

_TABLE = re.compile(r"\s*\[\[?\s*([A-Za-z_-]+)\s*\]?\]")
_MEMBER = re.compile(r"\s*[\"']?([A-Za-z0-9_-]+)[\"']?\s*=")


class Lines:
    """The lines of a text where tables and their members begin."""

    def __init__(self, text: str) -> None:
        """Read the text; members before the first table belong to the table ''."""
        self._lines: dict[tuple[str, int, str], int] = {}
        table, count = "", dict[str, int]()
        for number, line in enumerate(text.split("\n"), 1):
            if head := _TABLE.match(line):
                table = head[1]
                count[table] = count.get(table, -1) + 1
                self._lines.setdefault((table, count[table], ""), number)
            elif member := _MEMBER.match(line):
                self._lines.setdefault((table, count.get(table, 0), member[1]), number)

    def of(self, table: str, place: int, member: str) -> int:
        """Return the line of a member of the table, of several of one name that at this place; else of the table.

        It is 0 if there is no such line.
        """
        line = self._lines.get((table, place, member))
        return line if line is not None else self._lines.get((table, place, ""), 0)
