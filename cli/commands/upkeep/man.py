"""`ledger man`: shows or prints a manual page, or installs all of them."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import click

from cli.terminal import is_terminal, say, say_line


@click.command()
@click.argument("words", metavar="[COMMAND]...", nargs=-1)
@click.option("--install", is_flag=True, help="Write all pages to your own manual, where 'man ledger' finds them.")
@click.pass_context
def man(context: click.Context, words: tuple[str, ...], install: bool) -> None:
    """Show the manual page of a command, of a noun, or of 'ledger' itself.

    On a terminal the page is shown by 'man'; elsewhere it is printed in roff. Pages are made from the commands
    themselves, so they always match this version.

    \b
    Example:
      ledger man order issue
      ledger man --install && man ledger-order-issue
    """
    from cli.output.man_pages import find, pages

    root = context.find_root().command
    if install:
        if words:
            raise click.UsageError("All pages are written: --install takes no command.")
        folder = _own_manual() / "man1"
        _write(folder, {page.file: page.text for page in pages(root)})
        say_line(f"wrote the manual to {folder}")
        return
    page = find(root, words)
    if is_terminal(sys.stdout) and shutil.which("man"):
        with tempfile.TemporaryDirectory() as place:
            file = Path(place) / page.file
            file.write_text(page.text, "utf-8")
            subprocess.run(["man", str(file)], check=False)  # noqa: S603, S607 - whichever man the reader has
        return
    say(page.text, nl=False)


def _own_manual() -> Path:
    # For each bin folder of the PATH, man also searches ../share/man, so ~/.local/share/man works.
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "man"


def _write(folder: Path, texts: dict[str, str]) -> None:
    from cli.output.files import CannotWrite
    from ledger.files.atomic import make_folder, replace_file

    try:
        make_folder(folder, parents=True)
        for name, text in texts.items():
            replace_file(folder / name, text.encode())
    except OSError as error:
        refused = CannotWrite(str(folder), error.strerror or str(error))
        refused.hint = "Check the folder, or set XDG_DATA_HOME to another."
        raise refused from error
