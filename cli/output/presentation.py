"""`--format`, `--list`, `--pager`, `--no-pager`: how a result is shown, and the pager that long ones go through."""

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import click

from cli.session import FORMATS, Session, current
from cli.terminal import Printed, is_plain, is_terminal, say, terminal_width, visible

_WORDS = re.compile(r"(\s*)((?:(?<!\w)'[^']*'(?!\w)|\S)+)")
"""Words with the blanks before them; what stands in quotes is one word."""


def _form(context: click.Context, _: click.Parameter, value: str | None) -> str | None:
    # Commands have three formats: table, JSON and CSV. The session holds whether tables are shown as lists.
    if value in ("table", "list"):
        context.ensure_object(Session).as_list = value == "list"
        return "table"
    return value


def _list(context: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        context.ensure_object(Session).as_list = True


def _pager(context: click.Context, _: click.Parameter, value: bool | None) -> None:
    context.ensure_object(Session).pager = value


def format_options(name: str, what: str) -> list[click.Parameter]:
    """Return `--format` (its value goes to the argument `name`) and `--list`, for a command that shows `what`."""
    help_text = f"How the {what} is shown."
    return [
        click.Option(["--format", name], type=click.Choice(FORMATS), callback=_form, help=help_text),
        click.Option(
            ["--list", "as_list"], is_flag=True, expose_value=False, callback=_list,
            help="Short for --format list: no table, for screen readers and narrow terminals.",
        ),
    ]  # fmt: skip


def shown_as(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of presentation to a reading command; the format arrives in its argument `form`."""
    paging = click.Option(
        ["--pager/--no-pager"], default=None, expose_value=False, callback=_pager,
        help="Use a pager, or never; by default, on a terminal, if the output is longer than the screen.",
    )  # fmt: skip
    return with_options(function, *format_options("form", "result"), paging)


def with_options(function: Callable[..., Any], *options: click.Parameter) -> Callable[..., Any]:
    """Note options on a function, as click's own decorators do, before it becomes a command."""
    noted: list[click.Parameter] = function.__dict__.setdefault("__click_params__", [])
    noted.extend(reversed(options))
    return function


def show_text(text: str) -> None:
    """Print a text that ends its last line; in a pager where a person reads it and it is longer than the screen.

    On a terminal, lines that are wider than it are broken between words.
    """
    text = folded(text) if is_terminal(sys.stdout) else text
    chosen = _pager_name()
    if not _is_paged(text, chosen):
        say(text, nl=False)
        return
    os.environ["PAGER"] = chosen
    os.environ.setdefault("LESS", "FRX")
    Printed.any = True
    try:
        click.echo_via_pager(visible(text.removesuffix("\n")))
    except ValueError:
        # The pager's name is no command line (a quote that is never closed).
        say(text, nl=False)


def folded(text: str) -> str:
    """Return a text with the lines that are wider than the terminal broken between words, and indented further.

    What is quoted is not broken: it may be a command to copy.
    """
    width = max(40, terminal_width())
    # A character may take two columns: a line of less than half of them fits.
    lines = text.split("\n")
    if all(len(line) * 2 <= width or (line.isascii() and len(line) <= width) for line in lines):
        return text
    return "\n".join(part for line in lines for part in _parts(line, width))


def _parts(line: str, width: int) -> Iterator[str]:
    from wcwidth import wcswidth

    if wcswidth(line) <= width:
        yield line
        return
    begin = line[: len(line) - len(line.lstrip())]
    part, inner = begin, f"{begin}  "
    for blanks, word in _WORDS.findall(line.strip()):
        added = f"{blanks}{word}" if part.strip() else word
        if part.strip() and wcswidth(part + added) > width:
            yield part
            part, added = inner, word
        part += added
    yield part


def show_pieces(pieces: Iterable[str]) -> None:
    """Print a text piece by piece, as they are made; where it may go through a pager, once all of it is there."""
    if _may_page(_pager_name()):
        show_text("".join(pieces))
        return
    is_folded = is_terminal(sys.stdout)
    for piece in pieces:
        say(folded(piece) if is_folded else piece, nl=False)


def _pager_name() -> str:
    return os.environ.get("LEDGER_PAGER", os.environ.get("PAGER", "less")).strip()


def _may_page(chosen: str) -> bool:
    if current().pager is False or chosen in ("", "cat") or is_plain():
        return False
    return is_terminal(sys.stdin) and is_terminal(sys.stdout)


def _is_paged(text: str, chosen: str) -> bool:
    if not _may_page(chosen):
        return False
    import shutil

    return current().pager is True or text.count("\n") >= shutil.get_terminal_size().lines
