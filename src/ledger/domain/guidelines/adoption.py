"""Sets of guidelines in the ledger: versions that a body adopts, each with its whole text, and their repeal."""

from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING, Annotated

import msgspec

from ledger.domain.errors import LedgerError, did_you_mean, listed
from ledger.domain.fields import LongText, about
from ledger.domain.kernel import Command, DecisionContext, Event, Fact, Line, State
from ledger.domain.refusals import InTheFuture

if TYPE_CHECKING:
    from ledger.domain.guidelines.language import Guidelines

STREAM_KIND = "guidelines"


class DuplicateGuidelines(LedgerError):
    """Guidelines with this symbol were adopted before."""

    code = "duplicate-guidelines"

    def __init__(self, symbol: str) -> None:
        """Refuse the symbol."""
        super().__init__(
            f"Guidelines {symbol} are adopted already.", "A new version has a symbol of its own; void a wrong adoption."
        )


class UnknownGuidelines(LedgerError):
    """No guidelines with this symbol are adopted."""

    code = "unknown-guidelines"

    def __init__(self, symbol: str, near: tuple[str, ...] = ()) -> None:
        """Refuse the symbol, suggesting those that are `near` it."""
        super().__init__(
            f"No guidelines '{symbol}' are adopted.", did_you_mean(near) or "See 'ledger guidelines list'."
        )


class NotTheText(LedgerError):
    """Members of an adoption are not those of the text."""

    code = "not-the-text"

    def __init__(self, member: str, given: str, in_text: str, kind: str = STREAM_KIND) -> None:
        """Refuse the adoption, of which a member is `given` and is `in_text` in the text."""
        super().__init__(
            f"The {member} of the {kind} is {given} here and {in_text} in their text.",
            f"Void the entry, and adopt the file with 'ledger {kind} adopt'.",
        )


def read_guidelines(text: str) -> "Guidelines":
    """Return the guidelines in a text. Raises BadGuidelines."""
    from ledger.domain.guidelines import reading  # noqa: PLC0415 - only guidelines pay for the parser

    return reading.read_guidelines(text)


def text_digest(text: str) -> str:
    """Return the SHA-256 of the file of a text: of its lines, each with its end, in UTF-8; hexadecimal."""
    return sha256(f"{text}\n".encode()).hexdigest()


class GuidelineSet(State):
    """The state of a set of guidelines: its versions by symbol, and the day from which each is repealed."""

    kind = STREAM_KIND

    def __init__(self) -> None:
        """Create the state of a set without versions."""
        super().__init__()
        self.texts: dict[str, str] = {}
        self.repealed: dict[str, str] = {}

    def versions(self) -> "list[Guidelines]":
        """Return the versions in the order in which they bind."""
        return sorted(map(read_guidelines, self.texts.values()), key=lambda version: version.binds_from)

    def describe(self) -> list[Line]:
        """Return a line for each version."""
        lines = []
        for version in self.versions():
            until = f", repealed from {self.repealed[version.symbol]}" if version.symbol in self.repealed else ""
            lines.append(Line(version.symbol, f"{version.title}; in force from {version.binds_from}{until}"))
        return lines


class GuidelinesAdopted(Event, tag="guidelines.adopted", frozen=True):
    """A body adopted a version of a set of guidelines; the entry holds the whole text.

    It is known from its entry on, and binds from its own days, however late it is recorded. `sha256` is that of the
    file of the text, which ends with a line feed.
    """

    timeless = True
    corrected_by = "`ledger void POSITION --reason …`, then adopt the right file."

    symbol: str
    title: str
    adopted_by: str
    adopted_on: str
    in_force_on: str
    text: str
    sha256: str

    def validate(self, state: GuidelineSet, fact: Fact) -> None:
        """Check that the symbol is new, and that the members are those of the text.

        Raises DuplicateGuidelines, BadGuidelines, NotTheText.
        """
        if self.symbol in state.texts:
            raise DuplicateGuidelines(self.symbol)
        version = read_guidelines(self.text)
        for text in list(state.texts.values())[:1]:  # all versions in a stream are of one set
            if version.set != read_guidelines(text).set:
                raise NotTheText("set", read_guidelines(text).set, version.set)
        said = {name: getattr(version, name) for name in ("symbol", "title", "adopted_by", "adopted_on", "in_force_on")}
        said["sha256"] = text_digest(self.text)
        for name, in_text in said.items():
            if getattr(self, name) != in_text:
                raise NotTheText(name, getattr(self, name), in_text)

    def evolve(self, state: GuidelineSet, fact: Fact) -> None:
        """Add the version."""
        state.exists = True
        state.texts[self.symbol] = self.text
        state.put(self.symbol, self.title, fact)


class GuidelinesRepealed(Event, tag="guidelines.repealed", frozen=True):
    """A version of guidelines is in force no more, from the effective date on; no earlier version returns."""

    ahead = True

    symbol: str

    def validate(self, state: GuidelineSet, fact: Fact) -> None:
        """Check that the version is adopted and not repealed yet. Raises UnknownGuidelines."""
        if self.symbol not in state.texts or self.symbol in state.repealed:
            raise UnknownGuidelines(self.symbol)

    def evolve(self, state: GuidelineSet, fact: Fact) -> None:
        """Set the day from which it is repealed."""
        state.repealed[self.symbol] = fact.effective_on


class AdoptGuidelines(Command, tag="guidelines adopt", frozen=True):
    """Record that a body adopted a version of guidelines: a file of rules, whose whole text the log then holds.

    The day of adoption and the day of entry into force stand in the file. 'ledger guidelines check FILE' says before
    what is wrong in it, and 'ledger guidelines try FILE' what it would change.
    """

    stream_kind = STREAM_KIND
    example = "guidelines.toml"

    text: Annotated[LongText, msgspec.Meta(description="the file", extra={"as": "text-file", "argument": True})]

    def stream(self, context: DecisionContext) -> str:
        """Return the stream of the set. Raises BadGuidelines."""
        return f"{STREAM_KIND}/{read_guidelines(self.text).set}"

    def decide(self, state: GuidelineSet, context: DecisionContext) -> Iterator[Event]:
        """Yield the adoption. Raises BadGuidelines, DuplicateGuidelines, InTheFuture, UnknownCode."""
        from ledger.domain.guidelines.reading import check_words  # noqa: PLC0415 - only guidelines pay for it

        version = read_guidelines(self.text)
        if set_of(version.symbol, context):
            raise DuplicateGuidelines(version.symbol)
        if version.adopted_on > context.today:
            raise InTheFuture("adopted_on", version.adopted_on, context.today)
        check_words(version, context)
        others = [name for name, known in context.states(STREAM_KIND).items() if known.exists]
        if not state.exists and others:
            stays = "stays" if len(others) == 1 else "stay"
            context.note(f"{version.set} is a new set; {listed(others, 'and')} {stays} in force with it.")
        yield GuidelinesAdopted(
            symbol=version.symbol, title=version.title, adopted_by=version.adopted_by, adopted_on=version.adopted_on,
            in_force_on=version.in_force_on, text=self.text, sha256=text_digest(self.text),
        )  # fmt: skip


def set_of(symbol: str, context: DecisionContext) -> str:
    """Return the set of which a version has this symbol, or an empty text."""
    sets = context.states(STREAM_KIND).items()
    return next((name for name, known in sets if isinstance(known, GuidelineSet) and symbol in known.texts), "")


class RepealGuidelines(Command, tag="guidelines repeal", frozen=True):
    """Record that a version of guidelines is in force no more, from a day on, and that no other takes its place."""

    stream_kind = STREAM_KIND
    example = "MODEL-GL/1 --effective 2026-12-31"

    symbol: Annotated[str, about("symbol of the version", argument=True)]

    def stream(self, context: DecisionContext) -> str:
        """Return the stream of its set. Raises UnknownGuidelines."""
        name = set_of(self.symbol, context)
        if not name:
            raise UnknownGuidelines(self.symbol)
        return f"{STREAM_KIND}/{name}"

    def decide(self, state: GuidelineSet, context: DecisionContext) -> Iterator[Event]:
        """Yield the repeal. Raises UnknownGuidelines."""
        yield GuidelinesRepealed(symbol=self.symbol)
