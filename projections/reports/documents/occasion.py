"""The occasion of a document: what the command says of it, which the log does not know."""

import msgspec


class Occasion(msgspec.Struct, frozen=True):
    """To whom a document goes, under which symbol, of which date, and with which text of the secretariat.

    `body` is empty where disclosures to any body count. `number` is the number of the document, or its whole symbol;
    `date` is an ISO date; `texts` are paragraphs by the key of the part that they stand in. With the log and the form
    of the house, it is all that it takes to make a document again: each file carries it.
    """

    body: str
    number: str = ""
    date: str = ""
    texts: dict[str, tuple[str, ...]] = {}
