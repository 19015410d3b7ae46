"""The commands of `ledger --help`, grouped by what people do."""

from typing import NamedTuple


class Group(NamedTuple):
    """Commands that serve one purpose; help lists those that `is_everyday` with a line each, the others by name."""

    name: str
    commands: tuple[str, ...]
    is_everyday: bool = True


GROUPS = (
    Group("Start", ("init", "import")),
    Group("Record", ("party", "engagement", "outcome", "document")),
    Group("Money", ("contribution", "order", "payment")),
    Group("Judge", ("analysis", "materiality", "risk", "conflict", "review", "action")),
    Group("Tell", ("disclosure", "disclosures", "report", "changes")),
    Group("Look", ("next", "status", "totals", "history", "log", "show")),
    Group("Put right", ("undo", "void", "correct")),
    Group(
        "Comply",
        (
            "guidelines", "compliance", "deviation", "findings", "finding", "controls", "approval", "information",
        ),
        is_everyday=False,
    ),
    Group(
        "Trust",
        (
            "verify", "explain", "sample", "key", "checkpoint", "witness", "publish", "prove", "verify-proof",
            "definitions", "verify-report",
        ),
        is_everyday=False,
    ),
    Group(
        "Keep",
        (
            "imports", "whoami", "setting", "rate", "record", "guard", "backup", "restore", "copy", "migrate", "help",
            "man", "completion",
        ),
        is_everyday=False,
    ),
)  # fmt: skip


def group_of(name: str) -> Group | None:
    """Return the group of this name, whatever its case; None if there is none."""
    return next((group for group in GROUPS if group.name.casefold() == name.casefold().replace("-", " ")), None)
