"""The theme and the list of fonts of a Word document, where a house has no template: Word asks for both.

Colours and fonts of the document are stated by its styles; charts that an editor adds take them from here.
"""

from projections.papers.look import Look
from projections.papers.render.word.styles import INK
from projections.papers.render.word.xml import DECLARATION, escaped, part, w

MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"


def theme(look: Look) -> bytes:
    """Return the part of the theme."""
    series = [fill.lstrip("#") for fill in look.series]
    accents = (series * 6)[:6]
    accent = look.accent.lstrip("#")
    named = [("dk1", INK), ("lt1", "ffffff"), ("dk2", accent), ("lt2", "f3f5f7")]
    named += [(f"accent{index}", fill) for index, fill in enumerate(accents, 1)]
    named += [("hlink", accent), ("folHlink", accent)]
    colors = "".join(f'<a:{name}><a:srgbClr val="{color}"/></a:{name}>' for name, color in named)
    families = _element("latin", look.word_font) + _element("ea", "") + _element("cs", look.word_complex)
    fonts = "".join(f"<a:{name}Font>{families}</a:{name}Font>" for name in ("major", "minor"))
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    lines = "".join(f'<a:ln w="{wide}">{fill}</a:ln>' for wide in (6350, 12700, 19050))
    effects = "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
    forms = (
        f"<a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{lines}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effects}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst>"
    )
    elements = (
        f'<a:clrScheme name="Ledger">{colors}</a:clrScheme><a:fontScheme name="Ledger">{fonts}</a:fontScheme>'
        f'<a:fmtScheme name="Ledger">{forms}</a:fmtScheme>'
    )
    inside = f"<a:themeElements>{elements}</a:themeElements>"
    return f'{DECLARATION}<a:theme xmlns:a="{MAIN}" name="Ledger">{inside}</a:theme>'.encode()


def _element(name: str, family: str) -> str:
    return f'<a:{name} typeface="{escaped(family)}"/>'


def fonts(look: Look) -> bytes:
    """Return the part that lists the fonts."""
    families = dict.fromkeys((look.word_font, look.word_complex, look.word_east_asian))
    return part("fonts", *(w("font", name=family) for family in families))
