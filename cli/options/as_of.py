"""`--on`, `--known-at` and `--format`: the options of reading commands, and the view of the ledger that they select."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

import click
import msgspec

from cli.messages import print_message
from cli.output.presentation import shown_as
from cli.output.tables import Stamp
from cli.session import Session
from ledger.domain.dates import checked_date
from ledger.domain.errors import USAGE, LedgerError

if TYPE_CHECKING:
    from ledger.application.ledger import Ledger
    from ledger.application.opened_log import OpenedLog
    from ledger.domain.kernel import Fact
    from projections.history.since import Point
    from projections.queries.bitemporal import Queries


class BadMoment(LedgerError):
    """A moment is neither a position nor a date or time."""

    code = "bad-moment"
    exit = USAGE

    def __init__(self, text: str) -> None:
        """Refuse `text`."""
        super().__init__(
            f"'{text}' is neither a position nor a moment.",
            "Give a position like 17, a day like 2026-11-23, or a time like 2026-11-23T14:30:00Z.",
        )


class BeforeFirst(LedgerError):
    """Nothing had been recorded at the given moment."""

    code = "before-first"
    exit = USAGE

    def __init__(self, text: str) -> None:
        """Refuse the moment `text`."""
        super().__init__(f"Nothing had been recorded at {text}.", "Give a later moment; 'ledger log' shows the first.")


def reading(*, form: bool = True) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the decorator that adds the options of reading commands; reports have formats of their own."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        if form:
            function = shown_as(function)
        function = click.option(
            "--known-at",
            metavar="POSITION|MOMENT|DOCUMENT",
            help="As the ledger knew it then, at the end of a command; now if not given. A day means its end (UTC), a "
            "document the date and position that it shows.",
        )(function)
        return click.option("--on", metavar="DATE|DOCUMENT", help="As of this day; today if not given.")(function)

    return decorate


def to_body() -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the decorator that adds `--body`, the body to which disclosures count."""
    return click.option(
        "--body", metavar="BODY",
        help="Count disclosures to this body only; the setting governing-body if not given. 'any body' counts all.",
    )  # fmt: skip


class View(msgspec.Struct):
    """The ledger as a reading command sees it."""

    log: "OpenedLog"
    on: str
    known_at: int
    form: str
    body: str | None = None
    """The body to which disclosures count; that of the setting if None."""
    without: tuple[str, ...] = ()
    """Documents that count as not published."""
    survivors: dict[str, str] = msgspec.field(default_factory=dict)
    """Parties that were looked up, each with the one as which it counts."""

    @property
    def ledger(self) -> "Ledger":
        """The ledger; the types of its entries are loaded when it is first asked for."""
        return self.log.ledger

    def to(self, body: str | None) -> "View":
        """Return the view in which only disclosures to a body count; those to the body in the setting if None."""
        return msgspec.structs.replace(self, body=body)

    def stamp(self, filters: str = "") -> Stamp:
        """Return the stamp printed below the output."""
        from ledger.tlog.proof import root_at

        return Stamp(self.on, self.known_at, root_at(self.known_at, self.log.store), filters)

    def facts(self, stream: str) -> list["Fact"]:
        """Return the facts of a stream that are not voided, as known and effective at the as-of."""
        from ledger.domain.voiding import unvoided

        facts = self.ledger.facts(stream, self.known_at)
        return [fact for fact in unvoided(facts) if fact.event.timeless or fact.effective_on <= self.on]

    def state(self, stream: str) -> Any:
        """Return the state of a stream at the as-of; an engagement is one of the parties that stay after merges."""
        from ledger.domain.party.merging import of_survivors
        from ledger.domain.registry import new_state

        state, is_engagement = new_state(stream), stream.startswith("engagement/")
        for fact in self.facts(stream):
            event = of_survivors(fact.event, self.survivor) if is_engagement else fact.event
            event.evolve(state, fact)
        return state

    def survivor(self, ref: str) -> str:
        """Return the party into which a party was merged at the as-of; its own reference if it was not."""
        from ledger.application.party_lookup import survivor_of

        if ref not in self.survivors:
            self.survivors[ref] = survivor_of(ref, self.state)
        return self.survivors[ref]

    def records(self, ref: str) -> list[str]:
        """Return the references of a party and of those that were merged into it at the as-of, its own first."""
        from ledger.application.party_lookup import records_of

        return list(records_of(ref, self.ledger.store, self.state))

    def party(self, ref: str) -> Any:
        """Return the state of a party at the as-of, with what is recorded of those that were merged into it."""
        from ledger.domain.kernel import Fact
        from ledger.domain.party.merging import as_of_survivor
        from ledger.domain.party.party import Party

        facts = []
        for record in self.records(ref):
            stream = f"party/{record}"
            for fact in self.facts(stream):
                position = self.ledger.position(stream, fact.version)
                events = [fact.event] if record == ref else as_of_survivor(fact.event, ref, self.survivor)
                facts += [Fact(position, fact.effective_on, event) for event in events]
        state = Party()
        for fact in sorted(facts, key=lambda fact: fact.version):
            fact.event.evolve(state, fact)
        return state

    @contextmanager
    def queries(self) -> Iterator["Queries"]:
        """Bring the projections to the end of the log and read them at the as-of."""
        from cli.output.progress import following
        from ledger.verify.collector import collector_paused
        from projections.queries.asserted import BitemporalPoint
        from projections.queries.bitemporal import Queries

        try:
            # All rows live until the output is done: garbage collection would take half of the time.
            with following(self.log, self.known_at) as db, collector_paused():
                yield Queries(db, BitemporalPoint(self.on, self.known_at), self.body, without=self.without)
        except LedgerError:
            raise
        except Exception as error:
            from projections.runner.location import explain_read_error

            explained = explain_read_error(self.log.store.url, error)
            if explained is error:
                raise
            raise explained from error


@contextmanager
def viewing(session: Session, on: str | None, known_at: str | None, form: str | None) -> Iterator[View]:
    """Open the ledger to read as of a day, as known at a position or moment.

    A position stands at the end of a command. The symbol of a document stands for what it shows. Raises BadDate,
    BadMoment, BeyondHead, WithinCommand.
    """
    with session.log() as log:
        point = _document_point(log, known_at) if known_at is not None else None
        position = point.position if point else _position(log, known_at)
        if on is not None:
            day = _day(log, on)
        elif point is not None and point.on is not None:
            day = point.on
        elif known_at is not None:
            # Without --on, show the ledger as of the day of that entry, without later effective dates.
            day = log.ledger.entry(position).recorded_at[:10]
        else:
            day = session.today
        yield View(log, day, position, form or session.format)


def say_verified(view: "View") -> None:
    """Print a note below a table: how far the log behind it was verified on this machine."""
    if view.form in ("table", "list"):
        from projections.runner.verified import reach

        print_message("note", f"{reach(view.log, view.known_at)}.")


def _document_point(log: "OpenedLog", text: str) -> "Point | None":
    """Return the day and position that a document or correction shows; None if the text is no symbol of one."""
    if (text.isascii() and text.isdigit()) or _is_moment(text):
        return None
    from projections.history.since import shown_documents

    for document in shown_documents(log.ledger, log.store.head().size):
        if text == document.document:
            return document.at
        if text in document.corrections:
            return next(iter(document.corrected[text].values()))
    return None


def _is_moment(text: str) -> bool:
    try:
        moment(text)
    except BadMoment:
        return False
    return True


def _day(log: "OpenedLog", text: str) -> str:
    """Return a day, or that which a document shows. Raises BadDate."""
    point = _document_point(log, text)
    return checked_date(text) if point is None or point.on is None else point.on


def _position(log: "OpenedLog", text: str | None) -> int:
    size = log.store.head().size
    if text is None:
        return size
    if text.isascii() and text.isdigit():
        from ledger.domain.disclosure.commands import BeyondHead, check_known

        position = int(text[:18])
        if not 0 < position <= size:
            raise BeyondHead(position, size)
        check_known(position, log.ledger.command_at(position))
        return position
    position = log.store.moment_position(moment(text))
    if position == 0:
        raise BeforeFirst(text)
    return position


def just_before(since: str) -> str:
    """Return the text before the moment from which something is shown: a day means its beginning. Raises BadMoment.

    The store searches for what was recorded at or before a text.
    """
    start = f"{since}T00:00:00.000000Z" if len(since) == len("2026-11-23") else moment(since)
    moment(since)
    return start[:-1]


def moment(text: str) -> str:
    """Return a moment in the format of entries. A day means its last microsecond, a time without zone UTC.

    Raises BadMoment.
    """
    try:
        if len(text) == len("2026-11-23"):
            parsed = datetime.combine(date.fromisoformat(text), time.max, UTC)
        else:
            parsed = datetime.fromisoformat(text)
            parsed = parsed.astimezone(UTC) if parsed.tzinfo else parsed.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise BadMoment(text) from None
    return parsed.strftime("%Y-%m-%dT%H:%M:%S.%fZ").rjust(27, "0")
