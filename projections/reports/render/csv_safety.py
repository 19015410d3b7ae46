"""CSV that spreadsheets open without taking a text for a formula (OWASP, CSV injection)."""

import re

FORMULA = re.compile("'*[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]")
"""Also the full-width signs, which spreadsheets read as the plain ones."""
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: an apostrophe goes before what would be one."""
    return f"'{text}" if FORMULA.match(text) and not NUMBER.fullmatch(text) else text
