"""Names of third parties: which are refused, because they are none or those of another party."""

from ledger.characters.hidden import shows_something
from ledger.domain.errors import LedgerError
from ledger.domain.fields import is_reserved
from ledger.domain.kernel import DecisionContext


class DuplicateParty(LedgerError):
    """A party of this name, alias, identifier or reference is registered already."""

    code = "duplicate-party"

    def __init__(self, name: str, ref: str) -> None:
        """Refuse `name`, which party `ref` bears."""
        super().__init__(
            f"'{name}' is party {ref} already.",
            f"Use {ref}; if it is another organisation, register it with --namesake.",
        )


class LooksLikeParty(LedgerError):
    """A name looks like that of another party, although it is written with other characters."""

    code = "looks-like-party"

    def __init__(self, name: str, ref: str, other: str) -> None:
        """Refuse `name`, which looks like `other`, a name of party `ref`."""
        super().__init__(
            f"'{name}' looks like '{other}', a name of party {ref}, but has other characters.",
            f"Use {ref}; if it is another organisation, give --namesake.",
        )


class NearParty(LedgerError):
    """A name is nearly that of another party: it differs in marks, in `and`, in an article or a legal form only."""

    code = "near-party"

    def __init__(self, name: str, ref: str, other: str) -> None:
        """Refuse `name`, which is nearly `other`, a name of party `ref`."""
        super().__init__(
            f"'{name}' is nearly '{other}', a name of party {ref}.",
            f"Use {ref}; if it is another organisation, give --namesake.",
        )


class NoName(LedgerError):
    """A name has neither a letter nor a digit."""

    code = "no-name"

    def __init__(self, name: str) -> None:
        """Refuse `name`."""
        super().__init__(f"'{name}' is no name: it has neither a letter nor a digit.", "Give the party its name.")


class ReservedName(LedgerError):
    """A name would be read as something else: as a reference of the ledger, or as the organisation itself."""

    code = "reserved-name"

    def __init__(self, text: str) -> None:
        """Refuse the name `text`."""
        super().__init__(
            f"No party can be called '{text}': the ledger reads it as a reference of its own.",
            "Give the name as the party writes it; --ref gives it a reference.",
        )


def check_free(context: DecisionContext, text: str, own: str | None = None) -> None:
    """Refuse a name or identifier that a party other than `own` has. Raises DuplicateParty."""
    for ref in context.namesakes(text):
        if ref != own:
            raise DuplicateParty(text, ref)


def check_name(context: DecisionContext, text: str, own: str | None = None, *, namesake: bool) -> None:
    """Refuse a name that is none, or that a party other than `own` has, or nearly has, unless it is a `namesake`.

    Raises NoName, ReservedName, DuplicateParty, LooksLikeParty, NearParty.
    """
    if not shows_something(text):
        raise NoName(text)
    if is_reserved(text):
        raise ReservedName(text)
    if namesake:
        return
    check_free(context, text, own)
    for ref, name in context.lookalikes(text):
        if ref != own:
            raise LooksLikeParty(text, ref, name)
    for ref, name in context.near_duplicates(text):
        if ref != own:
            raise NearParty(text, ref, name)
