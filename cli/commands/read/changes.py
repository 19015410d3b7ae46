"""`ledger changes`: what changed since a body was last told, by engagement, with who changed it and why."""

import json
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from cli.nouns.changed import plain, said
from cli.nouns.party_names import party_names
from cli.nouns.show_parts import engagement_state
from cli.options.as_of import BadMoment, View, moment, reading, viewing
from cli.options.unit import check_units, is_of_unit
from cli.output.presentation import show_text
from cli.output.tables import Column, csv_text, table_text
from cli.session import Session, pass_session
from ledger.domain.disclosure.commands import BeyondHead

if TYPE_CHECKING:
    from projections.history.party_names import PartyNames
    from projections.history.since import EngagementChanges, LaterChange, Point, ShownDocument

SCREEN = [
    Column("position", right=True), Column("effective_on", "effective"), Column("said", "what changed"),
    Column("why", "who, and why"),
]  # fmt: skip
ENGAGEMENT = ("engagement", "title", "unit")
ENTRY = ("position", "type", "effective_on", "recorded_at", "actor", "reason", "party", "voids", "voided_by")
CSV = [Column(name) for name in (*ENGAGEMENT, *ENTRY, "what", "from", "to")]


class Start(NamedTuple):
    """The point from which on changes are told, and the document that shows it, if that is why."""

    at: "Point"
    document: "ShownDocument | None" = None

    def plain(self) -> dict[str, Any]:
        """Return it as it stands in JSON."""
        one = self.document
        told = {"document": one and one.document, "body": one and one.body, "published_on": one and one.published_on}
        return {
            "position": self.at.position,
            "on": self.at.on,
            **told,
            "corrected_by": list(one.corrections) if one else [],
        }

    def words(self) -> str:
        """Return it in words."""
        told = f"since position {self.at.position}"
        if self.document is None:
            return told
        told += f" as of {self.at.on}"
        one = self.document
        corrected = f", corrected by {' and '.join(one.corrections)}" if one.corrections else ""
        return f"{told}, which {one.document} shows (published {one.published_on}, {one.body}{corrected})"


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
    correction shows; an entry recorded before but effective after that day is a change, too. A day means its end (UTC);
    0 shows all changes. A change in a party is shown under each engagement that the party takes part in.

    \b
    Example:
      ledger changes --body Council
      ledger changes --since C26/47 --unit IDS
    """
    from projections.history.since import ChangesSince

    if since is not None and body is not None:
        raise click.UsageError("--body is for changes without --since.")
    with viewing(session, on, known_at, form) as view:
        start = _start(view, since, body)
        if engagement is not None:
            engagement_state(view, engagement)
        later = start.document.later if start.document else {}
        found = ChangesSince(view.ledger, start.at, view.known_at, later, on and view.on)
        groups = [one for one in found.groups if engagement is None or one.engagement == engagement]
        if unit is not None:
            groups = _of_unit(view, groups, unit)
        names = party_names(view)
        told = [_group(one, names, found.mentioned) for one in groups]
        elsewhere = found.elsewhere if engagement is None and unit is None else 0
        filters = [f"{name} {text}" for name, text in (("engagement", engagement), ("unit", unit)) if text]
        stamp = view.stamp("; ".join([start.words(), *filters]))
        if view.form == "json":
            members = {"since": start.plain(), "engagements": told, "of_other_parties": elsewhere}
            click.echo(json.dumps({"as_of": view.stamp().plain(), **members}, ensure_ascii=False, indent=2))
        elif view.form == "csv":
            click.echo(csv_text([line for group in told for line in _lines(group)], CSV), nl=False)
            click.echo(stamp.words(), err=True)
        else:
            show_text(_screen(told, elsewhere, names, stamp.words()))


def _start(view: View, text: str | None, body: str | None) -> Start:
    from projections.history.since import Point, find_document, last_document, no_document

    ledger = view.ledger
    if text is None:
        one: ShownDocument | None = last_document(ledger, view.known_at, body)
    elif text.isascii() and text.isdigit():
        size = ledger.store.head().size
        if int(text[:18]) > size:
            raise BeyondHead(int(text[:18]), size)
        return Start(Point(int(text[:18])))
    else:
        one = find_document(ledger, view.known_at, text)
    if one is not None:
        return Start(one.at, one)
    assert text is not None
    try:
        return Start(Point(ledger.store.moment_position(moment(text))))
    except BadMoment:
        raise no_document(ledger, view.known_at, text) from None


def _of_unit(view: View, groups: list["EngagementChanges"], unit: str) -> list["EngagementChanges"]:
    found = [one for one in groups if one.engagement and is_of_unit(one.unit, [unit])]
    if not found:
        # Nothing changed of its engagements, or there is no such unit: only the projections know.
        with view.queries() as queries:
            check_units(queries, [unit])
    return found


def _group(group: "EngagementChanges", names: "PartyNames", refs: set[str]) -> dict[str, Any]:
    head = {
        "engagement": group.engagement or None,
        "title": group.title or None,
        "unit": group.unit,
        "since_position": group.since.position,
        "since_on": group.since.on,
    }
    return {**head, "changes": [_later(one, names, refs) for one in group.changes]}


def _later(one: "LaterChange", names: "PartyNames", refs: set[str]) -> dict[str, Any]:
    return {**plain(one.change, names, refs), "party": one.party or None, "voided_by": one.voided_by}


def _lines(group: dict[str, Any]) -> list[dict[str, Any]]:
    nothing = {"what": None, "from": None, "to": None}
    return [
        {**{name: group[name] for name in ENGAGEMENT}, **{name: one[name] for name in ENTRY}, **change}
        for one in group["changes"]
        for change in one["changes"] or [nothing]
    ]


def _screen(groups: list[dict[str, Any]], elsewhere: int, names: "PartyNames", stamp: str) -> str:
    lines = [] if groups else ["nothing changed", ""]
    for group in groups:
        head = f"{group['engagement']} {group['title'] or ''}".rstrip()
        lines += [head if group["engagement"] else "settings and rates, for every engagement"]
        lines += [table_text([_row(one, names) for one in group["changes"]], SCREEN), ""]
    if elsewhere:
        counted = "1 change" if elsewhere == 1 else f"{elsewhere} changes"
        lines += [f"and {counted} of parties that have no part in an engagement", ""]
    return "\n".join([*lines, stamp, ""])


def _row(one: dict[str, Any], names: "PartyNames") -> dict[str, Any]:
    told = [f"takes back position {one['voids']}"] if one["voids"] else []
    told += [f"taken back at position {one['voided_by']}"] if one["voided_by"] else []
    told += [names.add_to(f"party {one['party']}", {one["party"]})] if one["party"] else []
    told += [said(change) for change in one["changes"]] or ["nothing that counts"]
    why = [f"{one['actor']}: {one['reason']}" if one["reason"] else one["actor"]]
    why += [f"row {one['source']['row']} of {one['source']['sha256'][:8]}…"] if one["source"] else []
    return {**one, "said": "\n".join(told), "why": "\n".join(why)}
