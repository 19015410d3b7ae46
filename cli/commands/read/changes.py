"""`ledger changes`: changes since a disclosure or a position, by engagement, with actor and reason."""

import json
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from cli.nouns.changed import change_plain, difference_text
from cli.nouns.party_names import engagement_state, party_names
from cli.options.as_of import BadMoment, View, just_before, reading, viewing
from cli.options.unit import check_units, is_of_unit
from cli.output.presentation import show_text
from cli.output.tables import Column, csv_text, table_text
from cli.session import Session, pass_session
from cli.terminal import say
from ledger.domain.disclosure.commands import BeyondHead, check_known

if TYPE_CHECKING:
    from projections.history.party_names import PartyNames, References
    from projections.history.since import EngagementChanges, LaterChange, Point, ShownDocument

SCREEN = [
    Column("position", right=True), Column("effective_on", "effective"), Column("text", "what changed"),
    Column("why", "who and why"),
]  # fmt: skip
ENGAGEMENT = ("engagement", "title", "unit")
ENTRY = ("position", "type", "effective_on", "recorded_at", "actor", "reason", "party", "voids", "voided_by")
CSV = [Column(name) for name in (*ENGAGEMENT, *ENTRY, "what", "from", "to")]


class Start(NamedTuple):
    """The point after which changes are listed, and the document that shows it, if a document was named."""

    at: "Point"
    document: "ShownDocument | None" = None

    def plain(self) -> dict[str, Any]:
        """Return the JSON members of the start."""
        document = self.document
        return {
            "position": self.at.position,
            "on": self.at.on,
            "document": document and document.document,
            "body": document and document.body,
            "published_on": document and document.published_on,
            "corrected_by": list(document.corrections) if document else [],
        }

    def words(self) -> str:
        """Return the start as text, for the stamp."""
        text = f"since position {self.at.position}"
        if self.document is None:
            return text
        text += f" as of {self.at.on}"
        document = self.document
        corrected = f", corrected by {' and '.join(document.corrections)}" if document.corrections else ""
        text += f", which {document.document} shows (published {document.published_on}, {document.body}{corrected})"
        if document.since:
            at = next(iter(document.corrected[document.since].values()))
            text += f"; what {document.since} corrected: since position {at.position} as of {at.on}"
        return text


@click.command()
@click.option("--since", metavar="POSITION|MOMENT|DOCUMENT", help="Since when; digits are always a position.")
@click.option("--body", metavar="BODY", help="Without --since: from the last document published to this body.")
@click.option("--engagement", metavar="ENGAGEMENT", help="Only of this engagement.")
@click.option("--unit", metavar="UNIT", help="Only of engagements of this unit.")
@reading()
@pass_session
def changes(
    session: Session,
    since: str | None,
    body: str | None,
    engagement: str | None,
    unit: str | None,
    on: str | None,
    known_at: str | None,
    form: str | None,
) -> None:
    """Show what changed since the last disclosure, by engagement: from what to what, by whom, and why.

    Without --since, changes are counted from the last document that was published to any body. A document means the
    position and the day that it shows, and for an engagement that was wholly corrected, those that its latest
    correction shows. A correction means what it shows of the engagements that it covers, and what the document shows of
    all others. An entry recorded before but effective after that day is a change, too. A day means its end (UTC); 0
    shows all changes. A change in a party is shown under each engagement that the party takes part in.

    \b
    Example:
      ledger changes --body Council
      ledger changes --since C26/47 --unit IDS
    """
    from projections.history.party_names import KnownReferences
    from projections.history.since import ChangesSince

    if since is not None and body is not None:
        raise click.UsageError("--body is for changes without --since.")
    with viewing(session, on, known_at, form) as view:
        start = _start(view, since, body)
        if engagement is not None:
            engagement_state(view, engagement)
        later = start.document.later if start.document else {}
        later_changes = ChangesSince(view.ledger, start.at, view.known_at, later, on and view.on)
        groups = [group for group in later_changes.groups if engagement is None or group.engagement == engagement]
        if unit is not None:
            groups = _of_unit(view, groups, unit)
        names, refs = party_names(view), KnownReferences(later_changes.mentioned)
        rendered = [_group(group, names, refs) for group in groups]
        elsewhere = later_changes.elsewhere if engagement is None and unit is None else 0
        filters = [f"{name} {text}" for name, text in (("engagement", engagement), ("unit", unit)) if text]
        stamp = view.stamp("; ".join([start.words(), *filters]))
        if view.form == "json":
            members = {"since": start.plain(), "engagements": rendered, "of_other_parties": elsewhere}
            say(json.dumps({"as_of": view.stamp().plain(), **members}, ensure_ascii=False, indent=2))
        elif view.form == "csv":
            say(csv_text([line for group in rendered for line in _lines(group)], CSV), nl=False)
            say(stamp.words(), err=True)
        else:
            show_text(_screen(rendered, elsewhere, names, stamp.words()))


def _start(view: View, text: str | None, body: str | None) -> Start:
    from projections.history.since import Point, find_document, last_document, no_document

    ledger = view.ledger
    if text is None:
        document: ShownDocument | None = last_document(ledger, view.known_at, body)
    elif text.isascii() and text.isdigit():
        size = ledger.store.head().size
        position = int(text[:18])
        if position > size:
            raise BeyondHead(position, size)
        if position > 0:
            check_known(position, ledger.command_at(position))
        return Start(Point(position))
    else:
        document = find_document(ledger, view.known_at, text)
    if document is not None:
        return Start(document.at, document)
    assert text is not None
    try:
        return Start(Point(ledger.store.moment_position(just_before(text))))
    except BadMoment:
        raise no_document(ledger, view.known_at, text) from None


def _of_unit(view: View, groups: list["EngagementChanges"], unit: str) -> list["EngagementChanges"]:
    of_unit = [group for group in groups if group.engagement and is_of_unit(group.unit, [unit])]
    if not of_unit:
        # Either its engagements have no changes or no such unit exists: only the projections can tell.
        with view.queries() as queries:
            check_units(queries, [unit])
    return of_unit


def _group(group: "EngagementChanges", names: "PartyNames", refs: "References") -> dict[str, Any]:
    head = {
        "engagement": group.engagement or None,
        "title": group.title or None,
        "unit": group.unit,
        "since_position": group.since.position,
        "since_on": group.since.on,
    }
    return {**head, "changes": [_later(change, names, refs) for change in group.changes]}


def _later(later: "LaterChange", names: "PartyNames", refs: "References") -> dict[str, Any]:
    return {**change_plain(later.change, names, refs), "party": later.party or None, "voided_by": later.voided_by}


def _lines(group: dict[str, Any]) -> list[dict[str, Any]]:
    nothing = {"what": None, "from": None, "to": None}
    return [
        {**{name: group[name] for name in ENGAGEMENT}, **{name: entry[name] for name in ENTRY}, **change}
        for entry in group["changes"]
        for change in entry["changes"] or [nothing]
    ]


def _screen(groups: list[dict[str, Any]], elsewhere: int, names: "PartyNames", stamp: str) -> str:
    lines = [] if groups else ["nothing changed", ""]
    for group in groups:
        head = f"{group['engagement']} {group['title'] or ''}".rstrip()
        lines += [head if group["engagement"] else "settings and rates, for every engagement"]
        lines += [table_text([_row(entry, names) for entry in group["changes"]], SCREEN), ""]
    if elsewhere:
        counted = "1 change" if elsewhere == 1 else f"{elsewhere} changes"
        lines += [f"and {counted} of parties that have no part in an engagement", ""]
    return "\n".join([*lines, stamp, ""])


def _row(entry: dict[str, Any], names: "PartyNames") -> dict[str, Any]:
    texts = [f"voids position {entry['voids']}"] if entry["voids"] else []
    texts += [f"voided at position {entry['voided_by']}"] if entry["voided_by"] else []
    texts += [names.add_to(f"party {entry['party']}", {entry["party"]})] if entry["party"] else []
    texts += [difference_text(change) for change in entry["changes"]] or ["changes nothing"]
    why = [f"{entry['actor']}: {entry['reason']}" if entry["reason"] else entry["actor"]]
    why += [f"row {entry['source']['row']} of {entry['source']['sha256'][:8]}…"] if entry["source"] else []
    return {**entry, "text": "\n".join(texts), "why": "\n".join(why)}
