"""`ledger disclosure check FILE`: whether a file is one that was published, and if not, how it is related."""

import hashlib
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import click

from cli.nouns.publication import MAX_REPORT, is_of_log, published_as, published_documents
from cli.options.as_of import View, reading, viewing
from cli.output.files import bytes_of
from cli.output.tables import show_facts
from cli.session import Session, pass_session
from cli.terminal import say
from ledger.domain.disclosure.disclosure import AsOf, Coverage, Covered, Disclosure

if TYPE_CHECKING:
    from projections.reports.manifest import Manifest

NOT_PUBLISHED = 1
"""Exit code where the file is not one that was published."""
UNREAD = "it does not say what it shows: by its content alone nothing can be told"


class Verdict(NamedTuple):
    """The document that the file is, or is related to (empty if none), whether it is the file, and why not."""

    document: str
    relation: str
    is_published: bool = False


class _Edition(NamedTuple):
    symbol: str
    as_of: AsOf
    covered: set[Covered]


@click.command()
@click.argument("file", metavar="FILE")
@reading()
@pass_session
def check(session: Session, file: str, on: str | None, known_at: str | None, form: str | None) -> None:
    """Check whether a file is one that was published, by its SHA-256; if it is not, show how it is related.

    The exit code is 0 if it is the file that was published, byte for byte, and 1 if not.

    \b
    Example:
      ledger disclosure check council-2026.html
    """
    with viewing(session, on, known_at, form) as view:
        data = bytes_of(file, MAX_REPORT)
        sha256 = hashlib.sha256(data).hexdigest()
        verdict = _verdict(view, file, data, sha256)
        facts = {"file": file, "SHA-256": sha256, "published": "yes" if verdict.is_published else "no"}
        facts |= {"document": verdict.document} if verdict.document else {}
        facts |= {"relation": verdict.relation}
        if view.form == "json":
            plain = {"file": file, "sha256": sha256, **verdict._asdict(), "document": verdict.document or None}
            say(json.dumps({"as_of": view.stamp().plain(), **plain}, ensure_ascii=False, indent=2))
        else:
            show_facts(facts, view.form, view.stamp(), f"file {file}")
    if not verdict.is_published:
        raise click.exceptions.Exit(NOT_PUBLISHED)


def _verdict(view: View, file: str, data: bytes, sha256: str) -> Verdict:
    from projections.reports.manifest import NoManifest, manifest_of

    documents = published_documents(view)
    if published := published_as(documents, sha256):
        return Verdict(*published, is_published=True)
    try:
        manifest = manifest_of(file, data)
    except NoManifest:
        return Verdict("", UNREAD)
    if not is_of_log(view.ledger, manifest):
        position = manifest.as_of.known_at
        return Verdict("", f"it was not made from this ledger, or was altered: another root at {position}")
    return _related(documents, manifest)


def _related(documents: dict[str, Disclosure], manifest: "Manifest") -> Verdict:
    """Return how a report that was not published is related to the documents, and corrections, that were."""
    shown, told = manifest.shown, _items(manifest.discloses)
    text = f"shows {shown.on}, as known at position {shown.position}"
    editions = list(_editions(documents))
    same = [edition for edition in editions if edition.as_of == shown]
    if same:
        symbol, _, covered = next((edition for edition in same if edition.covered == told), same[0])
        if told == covered:
            return Verdict(
                symbol, f"it {text}, and discloses what {symbol} does, but is another form of it, or altered"
            )
        less, more = len(covered - told), len(told - covered)
        return Verdict(symbol, f"it {text}, as {symbol}, but discloses {more} more, and {less} less")
    before = [edition for edition in editions if _is_before(edition.as_of, shown)]
    if before:
        last = max(before, key=lambda edition: (edition.as_of.position, edition.as_of.on)).symbol
        return Verdict(last, f"it {text}, which is later than what {last} shows; it was not published")
    return Verdict("", f"it {text}; no document that was published shows that, or what was before")


def _editions(documents: dict[str, Disclosure]) -> Iterator[_Edition]:
    for symbol, document in documents.items():
        if document.as_of is not None:
            yield _Edition(symbol, document.as_of, set(document.covered))
        for correction in document.corrections.values():
            yield _Edition(correction.symbol, correction.as_of, set(correction.covered))


def _items(discloses: tuple[Coverage, ...]) -> set[Covered]:
    return {item for coverage in discloses for item in coverage.items()}


def _is_before(one: AsOf, other: AsOf) -> bool:
    return (one.on, one.position) <= (other.on, other.position)
