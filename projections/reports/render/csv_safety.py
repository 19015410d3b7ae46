"""Guard against CSV injection (OWASP): no spreadsheet reads a text of ours as a formula."""

import re

FORMULA = re.compile("'*[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]")
"""Includes the full-width signs, which spreadsheets read like the ASCII ones."""
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def harmless(text: str) -> str:
    """Return a text with an apostrophe before it if a spreadsheet would read it as a formula."""
    return f"'{text}" if FORMULA.match(text) and not NUMBER.fullmatch(text) else text
