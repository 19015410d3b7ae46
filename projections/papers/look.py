"""How the documents of a house look: colours, fonts and paper; none of it changes a word or a figure."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

SERIES = ("#2b4c6f", "#c9d6e3", "#7a94af", "#e9eef3", "#4f6f92", "#a9bccf")
"""Fills of the parts of a chart. Neighbours differ in lightness, so that greyscale prints show both."""

INK, WHITE = "#1d2733", "#ffffff"
"""The colours of text, on white and on dark fills."""
WHITENED = (0, 0.75, 0.45, 0.88, 0.15, 0.6)
"""How much white the tints of a colour have; neighbours differ in lightness, as in SERIES."""
LEAST_CONTRAST = 4.5
"""The least contrast of text with its ground (WCAG 2.2, level AA)."""
LEAST_GREY = 32
"""By how much the colours of neighbouring parts of a chart differ in grey, of 255, at least."""
PDF_FONTS = ("Noto Sans", "Noto Sans Arabic", "Noto Sans Math", "Noto Sans CJK SC")
"""The families of fonts that come with the ledger."""


@dataclass(frozen=True, slots=True)
class Look:
    """Colours as `#rrggbb`; fonts by family name, for PDF in the order in which they are tried.

    `font_folders` hold the font files of the house; those that come with the ledger are always at hand. `logo` is a
    file; `typst` and `word` are the templates of a house, in the place of those of the ledger.
    """

    accent: str = SERIES[0]
    series: tuple[str, ...] = SERIES
    paper: Literal["A4", "letter"] = "A4"
    pdf_fonts: tuple[str, ...] = PDF_FONTS
    font_folders: tuple[Path, ...] = ()
    word_font: str = "Calibri"
    word_complex: str = "Arial"
    word_east_asian: str = "SimSun"
    logo: Path | None = None
    typst: Path | None = None
    word: Path | None = None


def tints(colour: str) -> tuple[str, ...]:
    """Return the fills of the parts of a chart in tints of a colour like #2b4c6f; the ledger's own for its own."""
    if colour.lower() == SERIES[0]:
        return SERIES
    mixed = ([round(part + (255 - part) * white) for part in _parts(colour)] for white in WHITENED)
    return tuple("#" + "".join(f"{part:02x}" for part in tint) for tint in mixed)


def grey(colour: str) -> float:
    """Return a colour like #2b4c6f as a print in grey has it: 0 is black, 255 white."""
    return sum(weight * part for weight, part in zip((0.299, 0.587, 0.114), _parts(colour), strict=True))


def contrast(colour: str, ground: str) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.2, contrast ratio)."""
    light, dark = sorted((_luminance(colour), _luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def ink_on(fill: str) -> str:
    """Return the colour of text on a fill: ink or white, whichever differs more from it."""
    return max((INK, WHITE), key=lambda ink: contrast(ink, fill))


def _luminance(colour: str) -> float:
    linear = [((part / 255 + 0.055) / 1.055) ** 2.4 if part > 10 else part / 255 / 12.92 for part in _parts(colour)]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _parts(colour: str) -> list[int]:
    return [int(colour[index : index + 2], 16) for index in (1, 3, 5)]


def is_image(path: Path) -> bool:
    """Whether a file is an image of the kind that its name says: PNG, JPEG or SVG."""
    beginnings = {".png": b"\x89PNG\r\n", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff", ".svg": b"<"}
    try:
        with path.open("rb") as file:
            return file.read(8).startswith(beginnings[path.suffix.lower()])
    except (OSError, KeyError):
        return False
