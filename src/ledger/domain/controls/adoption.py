"""Parameters of the controls in the ledger: versions that an organisation adopts, each in a stream of its own."""

from collections.abc import Iterator
from typing import Annotated

import msgspec

from ledger.domain.errors import LedgerError, did_you_mean
from ledger.domain.fields import LongText
from ledger.domain.guidelines.adoption import NotTheText, text_digest
from ledger.domain.kernel import Command, DecisionContext, Event, Fact, Line, State
from ledger.domain.refusals import InTheFuture

STREAM_KIND = "controls"


class DuplicateControls(LedgerError):
    """Parameters of the controls with this symbol were adopted before."""

    code = "duplicate-controls"

    def __init__(self, symbol: str) -> None:
        """Refuse the symbol."""
        super().__init__(
            f"Parameters {symbol} of the controls are adopted already.",
            "A new version has a symbol of its own; void a wrong adoption.",
        )


class UnknownControls(LedgerError):
    """No parameters of the controls with this symbol are adopted."""

    code = "unknown-controls"

    def __init__(self, symbol: str, near: tuple[str, ...] = ()) -> None:
        """Refuse the symbol, suggesting those that are `near` it."""
        super().__init__(
            f"No parameters '{symbol}' of the controls are adopted.",
            did_you_mean(near) or "See 'ledger controls list'.",
        )


class ControlParameters(State):
    """The state of a version of the parameters of the controls: its text, empty if it is not adopted."""

    kind = STREAM_KIND

    def __init__(self) -> None:
        """Create the state of a version that is not adopted."""
        super().__init__()
        self.text_of_file = ""

    def describe(self) -> list[Line]:
        """Return a line for the version."""
        return [Line(str(name), str(fact.value)) for name, fact in self.facts.items()]


class ControlsAdopted(Event, tag="controls.adopted", frozen=True):
    """The organisation adopted parameters of the controls; the entry holds the whole text.

    They are known from their entry on, and hold from their own days, however late they are recorded, until other ones
    hold. `sha256` is that of the file of the text, which ends with a line feed.
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

    def validate(self, state: ControlParameters, fact: Fact) -> None:
        """Check that the symbol is new, and that the members are those of the text.

        Raises DuplicateControls, BadControls, NotTheText.
        """
        from ledger.domain.controls.reading import HEAD, read_controls  # noqa: PLC0415 - only controls pay for it

        if state.exists:
            raise DuplicateControls(self.symbol)
        version = read_controls(self.text)
        in_text = {name: getattr(version, name) for name in HEAD} | {"sha256": text_digest(self.text)}
        for name, value in in_text.items():
            if getattr(self, name) != value:
                raise NotTheText(name, getattr(self, name), value, STREAM_KIND)

    def evolve(self, state: ControlParameters, fact: Fact) -> None:
        """Set the text."""
        state.exists = True
        state.text_of_file = self.text
        binds_from = max(self.adopted_on, self.in_force_on)
        state.put(self.symbol, f"{self.title}; in force from {binds_from}", fact)


class AdoptControls(Command, tag="controls adopt", frozen=True):
    """Record that the organisation adopted parameters of the controls: a file, whose whole text the log then holds.

    The day of adoption and the day of entry into force stand in the file. What it does not name stays as the controls
    ship. 'ledger controls check FILE' says before what is wrong in it.
    """

    stream_kind = STREAM_KIND
    example = "controls.toml"

    text: Annotated[LongText, msgspec.Meta(description="the file", extra={"as": "text-file", "argument": True})]

    def stream(self, context: DecisionContext) -> str:
        """Return the stream of the version. Raises BadControls."""
        from ledger.domain.controls.reading import read_controls  # noqa: PLC0415 - only controls pay for it

        return f"{STREAM_KIND}/{read_controls(self.text).symbol}"

    def decide(self, state: ControlParameters, context: DecisionContext) -> Iterator[Event]:
        """Yield the adoption. Raises BadControls, DuplicateControls, InTheFuture."""
        from ledger.domain.controls.reading import read_controls  # noqa: PLC0415 - only controls pay for it

        version = read_controls(self.text)
        if state.exists:
            raise DuplicateControls(version.symbol)
        if version.adopted_on > context.today:
            raise InTheFuture("adopted_on", version.adopted_on, context.today)
        yield ControlsAdopted(
            symbol=version.symbol, title=version.title, adopted_by=version.adopted_by, adopted_on=version.adopted_on,
            in_force_on=version.in_force_on, text=self.text, sha256=text_digest(self.text),
        )  # fmt: skip
