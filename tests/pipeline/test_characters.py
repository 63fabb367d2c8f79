"""Text of a PDF: what was written is what a reader finds."""

from pylopdf_fonts_zh_cn import sans_path
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from evalcore.pipeline.paper.characters import searchable, twins

TABLE = b"2 beginbfchar\n<37> <2F64>\n<38> <5DE6>\nendbfchar\n1 beginbfrange\n<40> <42> <0041>\nendbfrange\n"


def test_a_radical_is_known_by_the_character_of_its_glyph():
    """Also where the simplified character is another than the radical's own: U+2F3E is drawn as 户."""
    found = twins(sans_path())
    assert "".join(chr(found[ord(code)]) for code in "⽤⼾⻓⺟") == "用户长母"


def test_only_radicals_are_told_otherwise():
    """Other characters, codes of glyphs and ranges stay."""
    writer = PdfWriter()
    page, table = writer.add_blank_page(100, 100), DecodedStreamObject()
    table.set_data(TABLE)
    font = DictionaryObject({NameObject("/ToUnicode"): writer._add_object(table)})
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    searchable(writer, {0x2F64: ord("用")})
    assert table.get_data() == TABLE.replace(b"<2F64>", b"<7528>")
