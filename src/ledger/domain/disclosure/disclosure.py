"""Disclosures: documents that disclose facets of engagements to a body. State, events and rules."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple, Self

import msgspec

from ledger.domain.errors import LedgerError
from ledger.domain.facets import FACETS, check_facets
from ledger.domain.fields import reading_key
from ledger.domain.kernel import Event, Fact, Line, State
from ledger.domain.organisation.report_definitions import checked_digest
from ledger.domain.refusals import BeforeItsTime


class DuplicateDisclosure(LedgerError):
    """A disclosure in this document is recorded already."""

    code = "duplicate-disclosure"

    def __init__(self, document: str) -> None:
        """Refuse the document."""
        super().__init__(
            f"{document} is recorded as a disclosure already.", "To add what it covers, use 'ledger disclosure cover'."
        )


class UnknownDisclosure(LedgerError):
    """No disclosure in this document is recorded."""

    code = "unknown-disclosure"

    def __init__(self, document: str) -> None:
        """Refuse the document."""
        super().__init__(f"No disclosure is recorded in '{document}'.", "See 'ledger disclosure list'.")


EVERY = "all"
"""Stands for every engagement in what a command covers."""


class AsOf(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """The state that a document showed: on a date, as known at a position."""

    on: str
    position: int


class Covered(NamedTuple):
    """One facet of an engagement, or one service order, that a document disclosed."""

    engagement: str
    facet: str = ""
    order: str = ""

    @property
    def what(self) -> str:
        """The facet, or `service order` and its number."""
        return self.facet or f"service order {self.order}"

    def __str__(self) -> str:
        return f"{self.engagement} {self.what}"


class Coverage(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True):
    """The facets and the service orders of one engagement that a document discloses."""

    engagement: str
    facets: tuple[str, ...]
    orders: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `ENGAGEMENT`, `ENGAGEMENT=FACET,FACET` or `ENGAGEMENT=all`. The engagement may be `all`."""
        ref, equals, words = text.rpartition("=")
        if not equals:
            ref, words = words, "all"
        facets = FACETS if words == "all" else tuple(word.strip() for word in words.split(","))
        return cls(ref.strip(), facets)

    def joined(self, other: Self) -> Self:
        """Return the union of two coverages of the same engagement."""
        facets, orders = (*self.facets, *other.facets), (*self.orders, *other.orders)
        return msgspec.structs.replace(self, facets=tuple(dict.fromkeys(facets)), orders=tuple(dict.fromkeys(orders)))

    def items(self) -> dict[Covered, None]:
        """Return the facets, then the service orders, as an ordered set."""
        facets = {Covered(self.engagement, facet): None for facet in self.facets}
        return facets | {Covered(self.engagement, order=number): None for number in self.orders}


class Correction(NamedTuple):
    """A correction of a document: its symbol, its day, what was wrong, what it shows and covers, and its files."""

    symbol: str
    on: str
    what: str
    as_of: AsOf
    covered: tuple[Covered, ...]
    files: tuple[str, ...] = ()

    def joined(self, more: Self) -> Self:
        """Return the correction with what another entry says of it: too much for one entry, or said later."""
        covered = dict.fromkeys((*self.covered, *more.covered))
        return more._replace(covered=tuple(covered), files=tuple(dict.fromkeys((*self.files, *more.files))))


class Disclosure(State):
    """The state of a disclosure: the document, what it covers and its corrections."""

    kind = "disclosure"

    def __init__(self) -> None:
        """Create the state of a document that is not recorded."""
        super().__init__()
        self.published_on = ""
        self.as_of: AsOf | None = None
        """The state that the document shows, once it is published."""
        self.files: tuple[str, ...] = ()
        """The SHA-256 of its files."""
        self.planned: dict[str, Coverage] = {}
        self.covered: dict[Covered, None] = {}
        self.corrections: dict[str, Correction] = {}

    def describe(self) -> list[Line]:
        """Return the particulars of the document, its corrections, then what it covers."""
        lines = [Line(str(name), str(fact.value)) for name, fact in self.facts.items()]
        lines += [Line("SHA-256", sha256) for sha256 in self.files]
        for symbol, correction in self.corrections.items():
            lines.append(Line(f"corrected by {symbol}", correction.what, "corrected by", symbol))
            lines += [Line(f"SHA-256 of {symbol}", sha256) for sha256 in correction.files]
        covered = sorted(self.covered, key=lambda item: reading_key((item.engagement, item.order, item.facet)))
        return lines + [Line(str(item), "covered", "covered", item.engagement) for item in covered]


class DisclosurePrepared(Event, tag="disclosure.prepared", frozen=True):
    """A document is in preparation that will disclose these engagements to a body, perhaps by a planned day."""

    document: str
    body: str
    title: str | None = None
    planned_on: str | None = None
    engagements: tuple[Coverage, ...] = ()

    def validate(self, state: Disclosure, fact: Fact) -> None:
        """Check that the document is not published and that the facets exist.

        Raises DuplicateDisclosure, UnknownFacet.
        """
        if state.published_on:
            raise DuplicateDisclosure(self.document)
        for coverage in self.engagements:
            check_facets(coverage.facets)

    def evolve(self, state: Disclosure, fact: Fact) -> None:
        """Set what is planned. A second preparation replaces the particulars and adds to the coverage."""
        state.exists = True
        facts = {"document": self.document, "body": self.body, "title": self.title, "planned for": self.planned_on}
        for label, value in facts.items():
            if value:
                state.put(label, value, fact)
        for coverage in self.engagements:
            planned = state.planned.get(coverage.engagement)
            state.planned[coverage.engagement] = planned.joined(coverage) if planned else coverage

    def mentions(self) -> Iterable[str]:
        """Return the engagements and the service orders."""
        return mentioned(self.engagements)


class DisclosurePublished(Event, tag="disclosure.published", frozen=True):
    """A document was published (on the effective date) that disclosed to a body the state at `as_of`.

    `files` are the SHA-256 of its files, in hexadecimal.
    """

    document: str
    body: str
    as_of: AsOf
    title: str | None = None
    files: tuple[str, ...] = ()

    def validate(self, state: Disclosure, fact: Fact) -> None:
        """Check that the document is not published yet, and the digests. Raises DuplicateDisclosure, BadDigest."""
        if state.published_on:
            raise DuplicateDisclosure(self.document)
        for sha256 in self.files:
            checked_digest(sha256)

    def evolve(self, state: Disclosure, fact: Fact) -> None:
        """Set the particulars, the date of publication and the state that the document shows."""
        state.exists = True
        state.published_on = fact.effective_on
        state.as_of = self.as_of
        for label, value in (("document", self.document), ("body", self.body), ("title", self.title)):
            if value:
                state.put(label, value, fact)
        state.put("as of", f"{self.as_of.on}, position {self.as_of.position}", fact)
        state.put("published on", fact.effective_on, fact)
        state.files = self.files


class DisclosureCovered(Event, tag="disclosure.covered", frozen=True):
    """The document disclosed these facets of these engagements."""

    recorded_by = ("disclosure publish", "disclosure cover")

    engagements: tuple[Coverage, ...]

    def validate(self, state: Disclosure, fact: Fact) -> None:
        """Check that the document is published and that the facets exist.

        Raises UnknownDisclosure, BeforeItsTime, UnknownFacet.
        """
        check_published(state, fact)
        for coverage in self.engagements:
            check_facets(coverage.facets)

    def evolve(self, state: Disclosure, fact: Fact) -> None:
        """Add the facets and service orders to the coverage."""
        for coverage in self.engagements:
            state.covered.update(coverage.items())

    def mentions(self) -> Iterable[str]:
        """Return the engagements and the service orders."""
        return mentioned(self.engagements)


class DisclosureCorrected(Event, tag="disclosure.corrected", frozen=True):
    """Another document, `correction`, corrected a disclosure: for what it covers, it counts from now on.

    `files` are the SHA-256 of its files, in hexadecimal.
    """

    correction: str
    what: str
    as_of: AsOf
    engagements: tuple[Coverage, ...]
    files: tuple[str, ...] = ()

    def validate(self, state: Disclosure, fact: Fact) -> None:
        """Check that the document is published and covers what is corrected, and the digests.

        What it did not cover can be corrected only with the file of the correction, which shows what it adds.
        Raises UnknownDisclosure, BeforeItsTime, UnknownFacet, NotCovered, BadDigest.
        """
        check_published(state, fact)
        for sha256 in self.files:
            checked_digest(sha256)
        known = state.corrections.get(self.correction)
        has_file = bool(self.files or (known and known.files))
        for coverage in self.engagements:
            check_facets(coverage.facets)
            for item in () if has_file else coverage.items():
                # A document on the service orders may have left one out: to add it is a correction, too.
                facet = item._replace(facet="service-orders", order="") if item.order else item
                if not {item, facet} & state.covered.keys():
                    raise NotCovered(str(item))

    def evolve(self, state: Disclosure, fact: Fact) -> None:
        """Add the correction."""
        covered = tuple(item for coverage in self.engagements for item in coverage.items())
        said = Correction(self.correction, fact.effective_on, self.what, self.as_of, covered, self.files)
        known = state.corrections.get(self.correction)
        state.corrections[self.correction] = known.joined(said) if known else said

    def mentions(self) -> Iterable[str]:
        """Return the engagements and the service orders."""
        return mentioned(self.engagements)


class NotCovered(LedgerError):
    """A correction names something that the document did not cover."""

    code = "not-covered"

    def __init__(self, line: str) -> None:
        """Refuse to correct `line`."""
        super().__init__(
            f"The document did not cover {line}, so it cannot be corrected.",
            "If the document did disclose it, record that first with 'ledger disclosure cover'. If the correction adds "
            "it, give the file of the correction with --report.",
        )


def check_published(state: Disclosure, fact: Fact) -> None:
    """Check that the document is published by the date of the fact. Raises UnknownDisclosure, BeforeItsTime."""
    if not state.published_on:
        raise UnknownDisclosure("this document")
    if fact.effective_on < state.published_on:
        raise BeforeItsTime(fact.effective_on, "the document", state.published_on)


def mentioned(engagements: Iterable[Coverage]) -> Iterator[str]:
    """Yield the references to the engagements and service orders of a coverage."""
    for coverage in engagements:
        yield f"engagement/{coverage.engagement}"
        for number in coverage.orders:
            yield f"engagement/{coverage.engagement}|order:{number}"
