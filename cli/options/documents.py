"""The options of documents to be tabled: form of the house, language, symbol, date, and the secretariat's own text."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.output.files import text_of
from ledger.domain.dates import checked_date
from ledger.domain.errors import LedgerError

if TYPE_CHECKING:
    from projections.reports.documents.occasion import Occasion


class NotInstalled(LedgerError):
    """The libraries that documents need are not installed."""

    code = "documents-not-installed"

    def __init__(self, module: str) -> None:
        """Name the module that is missing."""
        super().__init__(
            f"Documents in Word, PDF and Excel need '{module}', which is not installed.",
            "Install the ledger with its extra: pip install 'engagement-ledger[documents]'.",
        )


@dataclass(frozen=True, slots=True)
class DocumentRequest:
    """The options of a document as the user typed them."""

    house: str | None = None
    language: str | None = None
    symbol: str | None = None
    dated: str | None = None
    texts: str | None = None
    check: bool = False
    publish: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether no option was given."""
        return self == DocumentRequest()

    def occasion(self, body: str) -> "Occasion":
        """Return what the options say of a document to a body. Raises BadDate, CannotRead."""
        from projections.reports.documents.occasion import Occasion

        dated = checked_date(self.dated) if self.dated else ""
        texts = written_parts(text_of(self.texts)) if self.texts else {}
        return Occasion(body, self.symbol or "", dated, texts)

    @property
    def folder(self) -> Path | None:
        """The folder of the house."""
        return Path(self.house) if self.house else None


def document_options() -> list[click.Option]:
    """Return the options of documents."""
    texts = {
        "house": ("DIR", "the folder with the form of your house."),
        "language": ("CODE", "en or fr; that of the house if not given."),
        "symbol": ("NUMBER", "the number of the document, or its symbol."),
        "dated": ("DATE", "the date that the document carries."),
        "texts": ("FILE", "your own text, under lines like '# background'."),
    }
    acts = {
        "check": "List what to look at before the document is published; write nothing.",
        "publish": "Write the files of the document to a folder, and record the disclosure.",
    }
    return [
        *(
            click.Option([f"--{name}"], metavar=metavar, help=f"Documents: {text}")
            for name, (metavar, text) in texts.items()
        ),
        *(click.Option([f"--{name}"], is_flag=True, help=text) for name, text in acts.items()),
    ]


def taken(given: dict[str, Any]) -> DocumentRequest:
    """Take the options of documents out of what click gave a command."""
    names = ("house", "language", "symbol", "dated", "texts")
    texts = {name: given.pop(name, None) for name in names}
    return DocumentRequest(**texts, check=given.pop("check", False), publish=given.pop("publish", False))


def written_parts(text: str) -> dict[str, tuple[str, ...]]:
    """Return the paragraphs of a text by the headings over them: `# background`, then paragraphs with empty lines.

    `# fr: background` is for one language. Raises UsageError for text that stands under no heading.
    """
    before, *blocks = f"\n{text}".split("\n# ")
    if before.strip():
        line = before.strip().partition("\n")[0][:40]
        raise click.UsageError(f"In the file of --texts, '{line}' stands under no line like '# background'.")
    parts: dict[str, tuple[str, ...]] = {}
    for block in blocks:
        heading, _, body = block.partition("\n")
        paragraphs = (" ".join(paragraph.split()) for paragraph in body.split("\n\n"))
        parts[heading.strip()] = tuple(filter(None, paragraphs))
    return parts


def loading(make: Callable[[], Any]) -> Any:
    """Return what `make` makes with the libraries of documents. Raises NotInstalled."""
    try:
        return make()
    except ModuleNotFoundError as error:
        raise NotInstalled(error.name or "a library") from None
