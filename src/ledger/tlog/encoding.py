"""Text encodings of hashes and numbers in notes and proofs. Each value has exactly one valid encoding."""

import base64
import binascii

MAX_NUMBER = 2**63 - 1
"""The largest size or time that a text may state."""


def is_plain(text: str) -> bool:
    """Return whether a text has no ASCII control characters other than line feeds (c2sp.org/signed-note)."""
    return all(char >= " " or char == "\n" for char in text)


def number(text: str) -> int | None:
    """Return the number written in ASCII digits, without sign or leading zero; None for any other text."""
    if not (text.isascii() and text.isdigit()) or len(text) > 19 or (text[0] == "0" and text != "0"):
        return None
    return value if (value := int(text)) <= MAX_NUMBER else None


def encoded(data: bytes) -> str:
    """Return bytes as standard Base64 (RFC 4648 §4)."""
    return base64.b64encode(data).decode()


def decoded(text: str) -> bytes | None:
    """Return the bytes of canonical, padded standard Base64; None for any other text."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error):
        return None
    return data if encoded(data) == text else None
