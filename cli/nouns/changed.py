"""The changes that an entry made: plain values for JSON and CSV, sentences for people."""

from typing import TYPE_CHECKING, Any

from projections.history.party_names import PartyNames, References

if TYPE_CHECKING:
    from projections.history.changes import EntryChange


def change_plain(change: "EntryChange", names: PartyNames, refs: References) -> dict[str, Any]:
    """Return an entry with its changes; parties appear with reference and name."""
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
            for difference in change.differences
            for named in [names.add_to_difference(difference, refs)]
        ],
    }


def indented(text: str) -> str:
    """Return a text below a head line: further lines are indented more, so that none looks like another entry."""
    return "    " + text.replace("\n", "\n        ")


def difference_text(change: dict[str, str]) -> str:
    """Return one change as a sentence for people."""
    if not change["from"]:
        return f"{change['what']}: {change['to']}"
    if not change["to"]:
        return f"{change['what']}: no longer {change['from']}"
    return f"{change['what']}: from {change['from']} to {change['to']}"
