"""The commands and requests that rows become. One row is one request, whose id names profile, file and row."""

from collections.abc import Iterable
from typing import NamedTuple

from ledger.domain.engagement.life import AmendEngagement, SignEngagement
from ledger.domain.fields import Pledge
from ledger.domain.kernel import Command
from ledger.domain.money import from_minor
from ledger.entry import Source
from ledger.importing.compare import Difference, Saying
from ledger.importing.last_word import Pot
from ledger.request import Request
from ledger.unit import Unit


class Options(NamedTuple):
    """How to take a file in. `effective_on` dates amendments, today if None; `correct` makes corrections of changes."""

    actor: str
    reason: str | None = None
    effective_on: str | None = None
    correct: bool = False


class Origin(NamedTuple):
    """Where rows come from: the name of the profile, and the SHA-256 of the file in hexadecimal."""

    profile: str
    sha256: str

    @property
    def mark(self) -> str:
        """What the ids of all requests by this profile begin with."""
        return f"import:{self.profile}:"


def request(
    unit: Unit, origin: Origin, row: int, options: Options, commands: Iterable[Command], on: str | None, part: str = ""
) -> Request:
    """Return what `row` asks, effective `on`. Its id is free: `part` tells several requests of one row apart.

    The same row of the same file is taken in again when another file said otherwise in between; it is numbered then.
    """
    base = f"{origin.mark}{origin.sha256[:32]}:{row}{part}"
    again, free = 1, base
    while unit.store.recorded(free) is not None:
        again += 1
        free = f"{base}:{again}"
    return Request(
        commands=tuple(commands),
        actor=options.actor,
        effective_on=on,
        reason=options.reason,
        source=Source(origin.sha256, row),
        id=free,
    )


def signing(saying: Saying) -> SignEngagement:
    """Return the command that signs an engagement as a row has it; a commitment of zero is none."""
    return SignEngagement(
        engagement=saying.reference,
        contributions=tuple(_pledge(pot, total) for pot, total in saying.totals.items() if total),
        **saying.values,
    )


def amending(reference: str, found: Difference) -> list[Command]:
    """Return the commands that make a difference; commitments of parties that leave are ended before they leave."""
    values = {name: value for name, value in found.values.items() if value is not None}
    ended = tuple(_pledge(pot, total) for pot, total in found.totals.items() if total == 0)
    going_on = tuple(_pledge(pot, total) for pot, total in found.totals.items() if total)
    commands: list[Command] = [AmendEngagement(engagement=reference, contributions=ended)] if ended else []
    if values or going_on:
        commands.append(AmendEngagement(engagement=reference, contributions=going_on, **values))
    return commands


def _pledge(pot: Pot, total: int) -> Pledge:
    payer, currency = pot
    return Pledge(payer, from_minor(currency, total))
