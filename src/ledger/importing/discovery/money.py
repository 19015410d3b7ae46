"""Which way the money of an agreement goes: what the partner gives, what the organisation gives, or what it may pay."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from ledger.importing.discovery.names import meanings, normal

PARTNER, OWN, CEILING, BY_KIND, NOTHING = "partner_amount", "organization_amount", "ceiling", "by kind", "nothing"
DIRECTIONS = {
    PARTNER: "the partner gives it to the organisation (a contribution)",
    OWN: "the organisation gives it to the partner or the project (its own contribution)",
    CEILING: "the organisation pays at most this for services (the ceiling of a contract)",
    BY_KIND: "the ceiling of contracts with those who are paid, and a contribution of the others",
    NOTHING: "do not record it",
}
"""Where money can go, by the field that records it."""
_PAID = re.compile(
    r"consult|contractor|vendor|supplier|procure|service|fee\b|expert|prestataire|fournisseur|honorair|proveedor|contratista"
    r"|lieferant|berat|auftrag|顾问|服务|采购|供应|استشار|خدمات|مورد|توريد"
)
_GIVING = re.compile(
    r"donat|donor|contribution|grant|pledge|sponsor|bailleur|\bdon\b|donacion|donante|aporte|spende|捐|赞助|منحة|تبرع|مساهمة"
)


class Leaning(NamedTuple):
    """Where the money seems to go, with the word that says so; both empty if nothing says it."""

    field: str
    word: str = ""


def sounds_paid(text: str) -> bool:
    """Return whether a kind, a role or a head is that of somebody who is paid by the organisation."""
    return bool(_PAID.search(normal(text)))


def leaning(head: str, kinds: Iterable[str], heads: Iterable[str]) -> Leaning:
    """Return where the amounts under a head seem to go, by the head, the kinds of agreement and the other heads."""
    sure = {concept: score for concept, score in meanings(head).items() if concept in DIRECTIONS}
    if sure:
        return Leaning(max(sure, key=lambda concept: sure[concept]), head)
    for text in (head, *kinds, *heads):
        plain = normal(text)
        if _PAID.search(plain):
            return Leaning(CEILING, text)
        if _GIVING.search(plain):
            return Leaning(PARTNER, text)
    return Leaning("")


def paid_among(kinds: Iterable[str]) -> list[str]:
    """Return those kinds or roles that are of somebody who is paid."""
    return [kind for kind in kinds if sounds_paid(kind)]
