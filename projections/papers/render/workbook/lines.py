"""Lines of text as texts of cells; such a text knows where its figures stand."""

from collections.abc import Callable
from typing import NamedTuple

from projections.papers.model import Line, Named, Noted, Printed
from projections.papers.render.directions import around_name, before_value

Name = Callable[[Printed], str]
"""Names a printed value, and returns its name in the file."""


class Written(NamedTuple):
    """The text of a cell in pieces: text, the name of a figure and its text, text, …."""

    pieces: tuple[str, ...]

    @property
    def text(self) -> str:
        """The text as it stands in the cell."""
        return "".join(piece for index, piece in enumerate(self.pieces) if index % 3 != 1)

    @property
    def figures(self) -> tuple[str, ...]:
        """The names of the figures that stand in it."""
        return self.pieces[1::3]

    @property
    def between(self) -> tuple[str, ...]:
        """The texts before, between and after its figures."""
        return self.pieces[::3]


def written(line: Line, base: str, name: Name, note: Callable[[Line], str], *, all_values: bool = False) -> Written:
    """Return the text of a line. `note` keeps a note and returns its indicator.

    A printed value has a name if it is a figure; with `all_values`, as in cells of tables, each has one.
    """
    pieces = [""]
    for run in line:
        if isinstance(run, Noted):
            pieces[-1] += f"[{note(run.line)}]"
        elif isinstance(run, Named):
            mark = "" if len(line) == 1 else around_name(run.text, base)
            pieces[-1] += f"{mark}{run.text}{mark}"
        elif isinstance(run, Printed):
            pieces[-1] += before_value(run.text, base)
            if all_values or run.pointer:
                pieces += [name(run), run.text, ""]
            else:
                pieces[-1] += run.text
        else:
            pieces[-1] += run.text
    return Written(tuple(pieces))
