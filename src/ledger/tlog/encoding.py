"""How the texts of logs write hashes and numbers: in one form each, so that nothing can be said in two ways."""

import base64
import binascii

MOST = 2**63 - 1
"""The largest size or time that these texts may state."""


def is_plain(text: str) -> bool:
    """Return whether a text has no control character of ASCII but line feeds (c2sp.org/signed-note)."""
    return all(char >= " " or char == "\n" for char in text)


def number(text: str) -> int | None:
    """Return the number that ASCII digits without a leading zero or sign write; None for anything else."""
    if not (text.isascii() and text.isdigit()) or len(text) > 19 or (text[0] == "0" and text != "0"):
        return None
    return found if (found := int(text)) <= MOST else None


def encoded(data: bytes) -> str:
    """Return bytes as standard Base64 (RFC 4648 §4)."""
    return base64.b64encode(data).decode()


def decoded(text: str) -> bytes | None:
    """Return the bytes of standard Base64 in its one written form, with its padding; None for anything else."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error):
        return None
    return data if encoded(data) == text else None
