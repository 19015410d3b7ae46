"""Texts within style sheets."""

from markupsafe import Markup

SAFE_IN_CSS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,:-")


def css_text(text: str) -> Markup:
    """Return a text as a CSS string (CSS Syntax §4.3.5); every character outside SAFE_IN_CSS is escaped."""
    written = "".join(char if char in SAFE_IN_CSS else f"\\{ord(char):06x}" for char in text)
    return Markup(f'"{written}"')  # noqa: S704 - only SAFE_IN_CSS and escapes are left
