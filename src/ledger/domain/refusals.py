"""Errors that more than one aggregate raises."""

from collections.abc import Iterable

from ledger.domain.errors import USAGE, LedgerError, did_you_mean, listed

_ORGANIZATION = ("organisation", "organization")
"""How people write the organisation whose ledger it is."""


class UnknownParty(LedgerError):
    """No party has this reference, name, alias or identifier."""

    code = "unknown-party"

    def __init__(self, text: str, near: Iterable[str] = ()) -> None:
        """Refuse `text`, suggesting the names that are `near` it."""
        party, colon, role = text.partition(":")
        if text.casefold().removeprefix("the ") in _ORGANIZATION:
            hint = "Where the organisation itself pays or gives, write 'organization'."
        elif colon:
            hint = f"A role follows '=': '{party}={role}'."
        else:
            hint = "See 'ledger party list', or register it with 'ledger party register'."
        hint = did_you_mean(near) or hint
        super().__init__(f"No party is known as '{text}'.", hint)


class AmbiguousParty(LedgerError):
    """Two or more parties have this name."""

    code = "ambiguous-party"

    def __init__(self, text: str, refs: Iterable[str]) -> None:
        """Refuse `text`, which could mean any of `refs`."""
        super().__init__(f"'{text}' could be {listed(refs)}.", "Give the party's reference instead of its name.")


class UnknownEngagement(LedgerError):
    """No engagement has this reference."""

    code = "unknown-engagement"

    def __init__(self, ref: str, near: Iterable[str] = ()) -> None:
        """Refuse `ref`, suggesting the references that are `near` it."""
        super().__init__(
            f"No engagement has the reference '{ref}'.", did_you_mean(near) or "See 'ledger engagement list'."
        )


class UnknownOrder(LedgerError):
    """The engagement has no service order with this number."""

    code = "unknown-order"

    def __init__(self, engagement: str, number: str, known: Iterable[str]) -> None:
        """Refuse order `number` of `engagement`, which has the orders `known`."""
        has = listed(known, "and")
        which = f"Engagement {engagement}" if engagement else "The engagement"
        super().__init__(
            f"{which} has no service order '{number}'.",
            f"It has {has}." if has else "It has none; 'ledger order issue' records one.",
        )


class NotAPartyHere(LedgerError):
    """A payer or vendor is not one of the parties of the engagement."""

    code = "not-a-party-here"

    def __init__(self, party: str, parties: Iterable[str]) -> None:
        """Refuse `party`, since the engagement's parties are `parties`."""
        super().__init__(
            f"{party} is not a party to this engagement.",
            f"Its parties are {listed(parties, 'and')}; add one with 'ledger engagement amend --add-party'.",
        )


class WrongCurrency(LedgerError):
    """An amount is in another currency than the one it belongs to."""

    code = "wrong-currency"

    def __init__(self, given: str, expected: Iterable[str], what: str) -> None:
        """Refuse an amount in `given`, since `what` is in `expected`."""
        super().__init__(
            f"The amount is in {given}, but {what} is in {listed(expected)}.",
            f"Record the amount in {listed(expected)}, as it was credited or charged.",
        )


class NothingCommitted(LedgerError):
    """Money is to move for a payer that committed nothing."""

    code = "nothing-committed"

    def __init__(self, payer: str) -> None:
        """Refuse the money of `payer`."""
        super().__init__(
            f"{payer} has committed nothing to this engagement.",
            "Record what was committed first, as of its day: 'ledger contribution commit'.",
        )


class NotPositive(LedgerError):
    """An amount is zero or negative where money moves."""

    code = "not-positive"

    def __init__(self, amount: str) -> None:
        """Refuse `amount`."""
        super().__init__(f"{amount} is not more than zero.", "To take money back, use refund, reverse or amend.")


class UnknownCode(LedgerError):
    """A value is not in the code list that the ledger's settings give for it."""

    code = "unknown-code"

    def __init__(self, what: str, value: str, known: Iterable[str], near: Iterable[str]) -> None:
        """Refuse `value` as a `what`; `known` is the list in force, `near` what resembles it."""
        super().__init__(
            f"'{value}' is not one of the {what} in force.",
            did_you_mean(near) or f"They are {listed(known, 'and')}; 'ledger setting change' changes the list.",
        )


class GoesBack(LedgerError):
    """A step in the life of an engagement is dated before the step that precedes it."""

    code = "goes-back"

    def __init__(self, on: str, last: str, step: str) -> None:
        """Refuse a step on `on`, since the last one, `step`, was on `last`."""
        super().__init__(
            f"This would be effective on {on}, before the last step ({step} on {last}).",
            "Give a later --effective, or void the later steps first: 'ledger history' shows them.",
        )


class BeforeItsTime(LedgerError):
    """An entry is dated before the one that it refers to: a payment before its order, a reversal before its payment."""

    code = "before-its-time"

    def __init__(self, on: str, what: str, since: str, unless: str = "") -> None:
        """Refuse something on `on`, since `what` is there from `since` on; `unless` is what allows it after all."""
        sentence = f"This would be effective on {on}, but {what} is dated {since}."
        super().__init__(sentence, unless or "Check --effective.")


class InTheFuture(LedgerError):
    """Something that has happened is dated in the future."""

    code = "in-the-future"
    exit = USAGE

    def __init__(self, what: str, on: str, today: str) -> None:
        """Refuse `what`, effective `on`, while it is `today`."""
        super().__init__(f"{what} cannot be dated in the future: {on} is after today, {today}.", "Check --effective.")


class MissingField(LedgerError):
    """A field that a command needs is missing."""

    code = "missing-field"
    exit = USAGE

    def __init__(self, field: str, why: str) -> None:
        """Refuse a command without `field`."""
        self.field = field
        super().__init__(f"'{field}' is missing: {why}.", f"Add --{field.replace('_', '-')}.")
