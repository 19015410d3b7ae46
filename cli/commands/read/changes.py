"""`ledger changes`: changes since a disclosure or a position, by engagement, with actor and reason."""

import shlex
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from cli.nouns.changed import change_plain, difference_text
from cli.nouns.party_names import engagement_state, party_names
from cli.options.as_of import BadMoment, View, just_before, reading, viewing
from cli.options.unit import check_units, is_of_unit
from cli.output.json_pieces import object_pieces
from cli.output.presentation import show_pieces
from cli.output.tables import Column, Stamp, csv_text, table_text
from cli.session import Session, pass_session
from cli.terminal import say, say_pieces
from ledger.domain.disclosure.commands import BeyondHead, check_known

if TYPE_CHECKING:
    from projections.history.later_changes import ChangesSince, EngagementChanges, LaterChange
    from projections.history.party_names import PartyNames, References
    from projections.history.since import Point, ShownDocument

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
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="NUMBER",
    help="Show this many engagements at most, and say how many follow.",
)
@click.option("--after", metavar="ENGAGEMENT", help="Only engagements that follow this one in the list.")
@reading()
@pass_session
def changes(
    session: Session,
    since: str | None,
    body: str | None,
    engagement: str | None,
    unit: str | None,
    limit: int | None,
    after: str | None,
    on: str | None,
    known_at: str | None,
    form: str | None,
) -> None:
    """Show what changed since the last disclosure, by engagement: from what to what, by whom, and why.

    Without --since, changes are counted from the last document that was published to any body. A document means the
    position and the day that it shows, and for an engagement that was wholly corrected, those that its latest
    correction shows. A correction means what it shows of the engagements that it covers, and what the document shows of
    all others. An entry recorded before but effective after that day is a change, too. A day means its beginning (UTC),
    as in 'ledger log --since'; 0 shows all changes. A change in a party is shown under each engagement that the party
    takes part in.

    \b
    Example:
      ledger changes --body Council
      ledger changes --since C26/47 --unit IDS
    """
    from projections.history.later_changes import ChangesSince

    if since is not None and body is not None:
        raise click.UsageError("--body is for changes without --since.")
    if engagement is not None and (limit is not None or after is not None):
        raise click.UsageError("--limit and --after are for changes of more than one engagement.")
    with viewing(session, on, known_at, form) as view:
        start = _start(view, since, body)
        for ref in (engagement, after):
            if ref is not None:
                engagement_state(view, ref)
        later = start.document.later if start.document else {}
        read = ChangesSince(view.ledger, start.at, view.known_at, later, on and view.on)
        shown = Shown(read, engagement, unit, limit, after)
        if unit is not None and not shown.has_any():
            # Either its engagements have no changes or no such unit exists: only the projections can tell.
            with view.queries() as queries:
                check_units(queries, [unit])
        named = {"engagement": engagement, "unit": unit, "after": after}
        filters = [f"{name} {text}" for name, text in named.items() if text]
        filters += [f"at most {limit} engagement{'s' if limit > 1 else ''}"] if limit else []
        _show(view, shown, start, view.stamp("; ".join([start.words(), *filters])))


class Shown:
    """The groups that a command shows, read one by one, and what is known once they are shown."""

    def __init__(
        self, read: "ChangesSince", engagement: str | None, unit: str | None, limit: int | None, after: str | None
    ) -> None:
        """Show changes of one engagement, or of those of a unit, or of all, from `after` on."""
        self.read = read
        self._is_whole = engagement is None and unit is None
        self._limit = limit
        self.last = ""
        """The last engagement that was shown."""
        self.is_empty = True
        if engagement is not None:
            only = read.group(engagement)
            is_shown = only is not None and (unit is None or is_of_unit(only.unit, [unit]))
            self._groups: Iterator[EngagementChanges] = iter([only] if only is not None and is_shown else [])
        else:
            is_wanted = None if unit is None else lambda ref: is_of_unit(read.unit(ref), [unit])
            self._groups = read.groups(is_wanted, after or "", limit)

    def has_any(self) -> bool:
        """Return whether there is a group; it is shown, too."""
        first = next(self._groups, None)
        self._groups = chain([first] if first else [], self._groups)
        return first is not None

    def __iter__(self) -> Iterator["EngagementChanges"]:
        for group in self._groups:
            self.last = group.engagement or self.last
            self.is_empty = False
            yield group

    def rest(self) -> dict[str, int | None]:
        """Return what stands behind the groups, once they are shown: changes of other parties, and what was left out.

        The first are counted where the list came to its end.
        """
        others = None if self.read.more else self.read.elsewhere() if self._is_whole else 0
        return {"of_other_parties": others, **({"more": self.read.more} if self._limit else {})}

    def left_out(self) -> str:
        """Return a line that says what was left out, and how to see it; empty if nothing was."""
        if not self.read.more:
            return ""
        counted = "1 more engagement" if self.read.more == 1 else f"{self.read.more} more engagements"
        return f"and {counted}, shown with --after {shlex.quote(self.last)}"


def _show(view: View, shown: Shown, start: Start, stamp: Stamp) -> None:
    names = party_names(view)
    groups = (_group(group, names, shown.read.mentioned.beside(group.mentioned)) for group in shown)
    if view.form == "json":
        members = {"as_of": view.stamp().plain(), "since": start.plain()}
        say_pieces(object_pieces(members, "engagements", groups, shown.rest))
        say("")
    elif view.form == "csv":
        say(csv_text([], CSV), nl=False)
        for group in groups:
            say(csv_text(_lines(group), CSV, has_head=False), nl=False)
        if left_out := shown.left_out():
            say(left_out, err=True)
        say(stamp.words(), err=True)
    else:
        show_pieces(_screen(groups, shown, names, stamp.words()))


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


def _screen(groups: Iterator[dict[str, Any]], shown: Shown, names: "PartyNames", stamp: str) -> Iterator[str]:
    for group in groups:
        head = f"{group['engagement']} {group['title'] or ''}".rstrip()
        head = head if group["engagement"] else "settings, rates, guidelines and controls, for every engagement"
        yield f"{head}\n{table_text([_row(entry, names) for entry in group['changes']], SCREEN)}\n\n"
    if shown.is_empty:
        yield "nothing changed\n\n"
    if left_out := shown.left_out():
        yield f"{left_out}\n\n"
    if elsewhere := shown.rest()["of_other_parties"]:
        counted = "1 change" if elsewhere == 1 else f"{elsewhere} changes"
        yield f"and {counted} of parties that have no part in an engagement\n\n"
    yield f"{stamp}\n"


def _row(entry: dict[str, Any], names: "PartyNames") -> dict[str, Any]:
    texts = [f"voids position {entry['voids']}"] if entry["voids"] else []
    texts += [f"voided at position {entry['voided_by']}"] if entry["voided_by"] else []
    texts += [names.add_to(f"party {entry['party']}", {entry["party"]})] if entry["party"] else []
    texts += [difference_text(change) for change in entry["changes"]] or ["changes nothing"]
    why = [f"{entry['actor']}: {entry['reason']}" if entry["reason"] else entry["actor"]]
    why += [f"row {entry['source']['row']} of {entry['source']['sha256'][:8]}…"] if entry["source"] else []
    return {**entry, "text": "\n".join(texts), "why": "\n".join(why)}
