"""The stream `ledger`: origin, reporting currency, and the settings that change figures or accepted values."""

from collections.abc import Iterator
from typing import Annotated

from ledger.domain.errors import USAGE, LedgerError, listed
from ledger.domain.fields import about
from ledger.domain.kernel import Command, DecisionContext, Event, Fact, FactName, Line, State
from ledger.domain.money import Money, decimals

FORMAT = 1
"""The format of entries that this software writes (docs/format.md)."""
STREAM = "ledger"

PERMANENT = ("origin", "organization", "reporting currency")
"""What the first entry says of a ledger; it never changes."""
SETTINGS = {
    "list.kinds": "kinds of engagement that are accepted",
    "list.party-types": "types of party that are accepted",
    "list.memberships": "memberships that are accepted",
    "list.regions": "regions that are accepted",
    "list.priorities": "priorities that are accepted",
    "list.roles": "roles of a party in an engagement that are accepted",
    "list.bodies": "bodies that disclosures are made to",
    "governing-body": "the body to which something must be disclosed to count as disclosed; any body if it is not set",
    "partnerships.kinds": "kinds of engagement that the partnerships report counts",
    "conflict.roles": "roles in which a party is paid, for finding conflicts of interest",
    "materiality.threshold": "from which value on an engagement is financially material, like 'USD 100000.00'",
    "actor-pattern": "what staff ids look like, as patterns: staff/[0-9]*",
    "rates.max-age-days": "how many days old a rate of exchange may be when it is used",
}
"""Settings and their meaning. Each is a list, except those in ONE."""
ONE = ("governing-body", "materiality.threshold", "rates.max-age-days")
"""The settings that are one value."""


class BadOrigin(LedgerError):
    """The name of a ledger cannot be the name of its keys (c2sp.org/signed-note)."""

    code = "bad-origin"
    exit = USAGE

    def __init__(self, text: str) -> None:
        """Refuse `text` as the name of a ledger."""
        super().__init__(
            f"'{text}' cannot be the name of a ledger.",
            "Checkpoints are signed under it: it has no spaces and no '+', like example.org/ledger.",
        )


def checked_origin(text: str) -> str:
    """Return `text` if it can be the origin of a ledger. Raises BadOrigin."""
    if "+" in text or text.split() != [text]:
        raise BadOrigin(text)
    return text


class UnknownSetting(LedgerError):
    """There is no setting of this name."""

    code = "unknown-setting"
    exit = USAGE

    def __init__(self, name: str) -> None:
        """Refuse the setting `name`."""
        super().__init__(f"There is no setting '{name}'.", f"The settings are {', '.join(SETTINGS)}.")


class BadSetting(LedgerError):
    """The value does not fit the setting."""

    code = "bad-setting"
    exit = USAGE

    def __init__(self, name: str, value: str) -> None:
        """Refuse `value` for the setting `name`."""
        super().__init__(f"'{value}' does not fit the setting {name}.", "Give a whole number of days from 0 to 3660.")


def _checked(name: str, value: str) -> str:
    """Return a value that fits a setting of one value. Raises BadSetting, BadAmount, UnknownCurrency."""
    if name == "governing-body":
        return value
    if name == "materiality.threshold":
        return str(Money.parse(value).checked())
    if not (value.isascii() and value.isdigit() and len(value) < 5 and int(value) <= 3660):
        raise BadSetting(name, value)
    return value


def setting_fault(name: str, value: str | tuple[str, ...]) -> str | None:
    """Return why an entry that sets `name` to `value` is none that this software would record, or None.

    Such a setting counts nowhere: neither in commands nor in figures.
    """
    if name not in SETTINGS:
        return f"there is no setting '{name}'"
    if (name in ONE) is not isinstance(value, str):
        return f"{name} is {'one value' if name in ONE else 'a list'}"
    try:
        if isinstance(value, str) and _checked(name, value) != value:
            return f"{name}: {value} is not in its written form"
    except LedgerError as error:
        return f"{name}: {error.sentence}"
    return None


class LedgerSettings(State):
    """The state of the stream `ledger`: its origin, currency, settings and signing keys."""

    kind = "ledger"

    def __init__(self) -> None:
        """Create the state of a ledger that is not open."""
        super().__init__()
        self.keys: dict[str, str] = {}
        """Verifier keys that ever signed, with what became of each (ledger.domain.organisation.signing_keys)."""

    def text(self, name: FactName) -> str:
        """Return the current value of a setting as text; empty if it was never recorded."""
        value = self.get(name)
        if value is None:
            return ""
        return listed(value, "and") if isinstance(value, tuple) else str(value)

    def describe(self) -> list[Line]:
        """Return origin, organisation, currency and settings, then the signing keys."""
        named = dict.fromkeys((*PERMANENT, *SETTINGS, *sorted(map(str, self.facts))))
        lines = [Line(name, self.text(name)) for name in named if name in self.facts]
        return lines + [Line(f"key {key}", status, "key", key) for key, status in self.keys.items()]


class LedgerOpened(Event, tag="ledger.opened", frozen=True):
    """The ledger was opened: its format, origin (its permanent name), organisation and reporting currency."""

    timeless = True
    unvoidable = "it is the first entry, and every later entry depends on it"
    corrected_by = "It cannot be: open another ledger."

    format: int
    origin: str
    reporting_currency: str
    organization: str | None = None

    def evolve(self, state: LedgerSettings, fact: Fact) -> None:
        """Set origin, organisation and reporting currency."""
        state.exists = True
        state.put("origin", self.origin, fact)
        state.put("organization", self.organization or self.origin, fact)
        state.put("reporting currency", self.reporting_currency, fact)


class SettingChanged(Event, tag="setting.changed", frozen=True):
    """A setting that changes figures or accepted values was set, from a date on."""

    name: str
    value: str | tuple[str, ...]

    def restated(self, was: LedgerSettings, now: LedgerSettings, on: str) -> "SettingChanged | None":
        """Return the change, unless the setting has the value."""
        return None if now.get(self.name) == self.value else self

    def evolve(self, state: LedgerSettings, fact: Fact) -> None:
        """Set the value from the effective date on, if it is one that counts."""
        if setting_fault(self.name, self.value) is None:
            state.put(self.name, self.value, fact)


class LedgerCommand(Command, frozen=True):
    """A command on the stream of the ledger itself."""

    stream_kind = "ledger"

    def stream(self, context: DecisionContext) -> str:
        """Return the stream of the ledger itself."""
        return STREAM


class OpenLedger(LedgerCommand, tag="ledger open", frozen=True):
    """Open the ledger: its first entry."""

    origin: Annotated[str, about("permanent name of the ledger, like example.org/ledger")]
    reporting_currency: Annotated[str, about("currency that reports are in")]
    organization: Annotated[str | None, about("the organisation whose engagements it records")] = None

    def decide(self, state: LedgerSettings, context: DecisionContext) -> Iterator[Event]:
        """Yield the opening, unless the ledger is open. Raises BadOrigin, UnknownCurrency."""
        checked_origin(self.origin)
        decimals(self.reporting_currency)
        if not state.exists:
            yield LedgerOpened(
                format=FORMAT,
                origin=self.origin,
                reporting_currency=self.reporting_currency,
                organization=self.organization,
            )


class ChangeSetting(LedgerCommand, tag="setting change", frozen=True):
    """Change a setting that figures or accepted values depend on."""

    example = "list.regions AFR AMS ARB ASP CIS EUR 'Multi regions'"

    name: Annotated[str, about("name of the setting", argument=True)]
    value: Annotated[tuple[str, ...], about("its value, or the items of its list", argument=True)]

    def decide(self, state: LedgerSettings, context: DecisionContext) -> Iterator[Event]:
        """Yield the change, unless the value is that of its day. Raises UnknownSetting, BadSetting."""
        if self.name not in SETTINGS:
            raise UnknownSetting(self.name)
        value = _checked(self.name, " ".join(self.value)) if self.name in ONE else self.value
        if state.on(self.name, context.effective_on) != value:
            yield SettingChanged(name=self.name, value=value)
