"""Which documents disclosed each facet and service order."""

from typing import Any

from projections.queries.bitemporal import Queries

Key = tuple[str, str, str]
"""Engagement, facet, and the number of the service order (empty for a facet of the engagement)."""


class CoverageIndex:
    """The documents that disclosed each facet and service order: those at whose as-of it stood.

    A document shows its as-of, and a correction shows its own. Only disclosures to the body of the queries count.
    """

    def __init__(self, queries: Queries) -> None:
        """Read all coverage at the as-of of the queries."""
        body, documents = queries.body(), queries.disclosures()
        self.rows: dict[Key, list[Any]] = {}
        for row in queries.coverage():
            if row.document in documents and body in (None, documents[row.document].body):
                self.rows.setdefault((row.engagement, row.facet, row.number), []).append(row)
        self.bodies = {symbol: document.body for symbol, document in documents.items()}

    def __contains__(self, key: Key) -> bool:
        """Return whether a document disclosed a facet or service order."""
        return key in self.rows

    def first(self, key: Key) -> Any | None:
        """Return the row of the first document or correction that disclosed it, or None."""
        return min(self.rows.get(key, ()), key=lambda row: str(row.published_on), default=None)

    def symbols(self, key: Key) -> list[str]:
        """Return the symbols of the documents, and of the corrections of documents, without duplicates."""
        return list(dict.fromkeys(str(row.correction or row.document) for row in self.rows.get(key, ())))


def grounds(row: Any) -> tuple[int, ...]:
    """Return the entries behind a row of coverage: of it, of its document, and of what stood at the as-of of that."""
    return row.entry, row.published_at, row.stood, row.signed
