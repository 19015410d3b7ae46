"""`ledger document save`: the file of an attached document, checked and written out."""

import shutil
from pathlib import Path

import click

from cli.nouns.party_names import engagement_state
from cli.nouns.show_parts import NotThere
from cli.options.as_of import reading, viewing
from cli.output.files import CannotWrite
from cli.session import Session, pass_session
from cli.terminal import say_line
from ledger.domain.errors import INTEGRITY, USAGE, LedgerError


class FileExists(LedgerError):
    """The output file exists already."""

    code = "file-exists"
    exit = USAGE

    def __init__(self, path: str) -> None:
        """Refuse to write over the file at `path`."""
        super().__init__(f"{path} exists already.", "Give another --output; files are never overwritten.")


class NotAsAttached(LedgerError):
    """The stored file of a document is missing, or differs from what was attached."""

    code = "not-as-attached"
    exit = INTEGRITY

    def __init__(self, document: str, fault: str) -> None:
        """Say that the file of `document` is not to be trusted because of its `fault`."""
        super().__init__(
            f"The file of document {document} is not what was attached: {fault}.",
            "Put the file back into the folder 'attachments' next to the ledger; 'ledger verify' lists all such files.",
        )


@click.command()
@click.argument("engagement")
@click.argument("document")
@click.option("--output", "-o", metavar="FILE", required=True, help="Where to write it; there must be no such file.")
@reading(form=False)
@pass_session
def save(session: Session, engagement: str, document: str, output: str, on: str | None, known_at: str | None) -> None:
    """Write the file of an attached document out, once its SHA-256 is found to be the one that was recorded.

    \b
    Example:
      ledger document save IDS-2026-001 D1 -o agreement.pdf
    """
    with viewing(session, on, known_at, None) as view:
        documents = engagement_state(view, engagement).documents
        if document not in documents:
            raise NotThere(engagement, f"document '{document}'", documents)
        content, kept = documents[document].content, view.ledger.attachments
        fault = "missing" if kept is None else kept.fault(content)
        fault = "it is missing" if fault == "missing" else fault
        if kept is None or fault is not None:
            raise NotAsAttached(document, str(fault))
        _copy(kept.place(content.sha256), Path(output))
    say_line(f"wrote {output}: {content.size} bytes, SHA-256 {content.sha256}", err=True)


def _copy(source: Path, target: Path) -> None:
    try:
        with source.open("rb") as stored, target.open("xb") as copy:
            try:
                shutil.copyfileobj(stored, copy)
            except BaseException:
                target.unlink()
                raise
    except FileExistsError:
        raise FileExists(str(target)) from None
    except (OSError, ValueError) as error:
        raise CannotWrite(str(target), getattr(error, "strerror", None) or str(error)) from error
