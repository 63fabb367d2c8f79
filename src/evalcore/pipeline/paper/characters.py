"""What a reader finds who searches a PDF: the characters that were written, not their twins among the radicals."""

import re
from pathlib import Path

from matplotlib.ft2font import FT2Font
from pypdf import PdfWriter
from pypdf.generic import StreamObject

RADICALS, CHARACTERS = range(0x2E80, 0x2FE0), range(0x4E00, 0xA000)
TOLD = re.compile(rb"(?<=> <)([0-9A-F]{4})(?=>\s)")
"""The code point that a font's table of characters ends a line with."""


def twins(font: Path) -> dict[int, int]:
    """Radical -> the character that has the same glyph.

    Chromium tells a glyph by the lowest of its code points, and radicals come first: nobody would find 用户.
    """
    glyphs = FT2Font(str(font)).get_charmap()
    characters = {glyphs[code]: code for code in reversed(CHARACTERS) if code in glyphs}
    return {code: characters[glyphs[code]] for code in RADICALS if glyphs.get(code) in characters}


def searchable(writer: PdfWriter, found: dict[int, int]) -> None:
    """Tell such a glyph as the character, in every font of every page."""

    def told(place: re.Match) -> bytes:
        code = int(place[1], 16)
        return b"%04X" % found.get(code, code)

    for table in _tables(writer).values():
        table.set_data(TOLD.sub(told, table.get_data()))


def _tables(writer: PdfWriter) -> dict[int, StreamObject]:
    """The table of characters of each font, by the number of its object."""
    named = [page["/Resources"].get("/Font", {}).get_object() for page in writer.pages]
    fonts = [font.get_object() for fonts in named for font in fonts.values()]
    tables = [font.raw_get("/ToUnicode") for font in fonts if "/ToUnicode" in font]
    return {table.idnum: table.get_object() for table in tables}
