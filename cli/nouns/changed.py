"""What an entry changed, as plain values for JSON and CSV and in words for people."""

from typing import TYPE_CHECKING, Any

from projections.history.party_names import PartyNames

if TYPE_CHECKING:
    from projections.history.changes import EntryChange


def plain(change: "EntryChange", names: PartyNames, refs: set[str]) -> dict[str, Any]:
    """Return an entry with what it changed, parties with their names beside their references."""
    entry = change.entry
    return {
        "position": change.position,
        "type": entry.event.tag(),
        "effective_on": entry.effective_on,
        "recorded_at": entry.recorded_at,
        "actor": entry.actor,
        "reason": entry.reason or getattr(entry.event, "reason", None),
        "source": {"sha256": entry.source.sha256, "row": entry.source.row} if entry.source else None,
        "voids": change.voids,
        "changes": [
            {"what": named.what, "from": named.before, "to": named.after}
            for one in change.differences
            for named in [names.add_to_difference(one, refs)]
        ],
    }


def said(change: dict[str, str]) -> str:
    """Return one change as a person says it."""
    if not change["from"]:
        return f"{change['what']}: {change['to']}"
    if not change["to"]:
        return f"{change['what']}: no longer {change['from']}"
    return f"{change['what']}: from {change['from']} to {change['to']}"
