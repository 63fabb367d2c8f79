"""The book on paper: one PDF per language, tagged, with bookmarks and page numbers, the same bytes again."""

import os

import pytest
from pypdf import PdfReader

from evalcore.edition import load_edition
from evalcore.pipeline.paper import write_pdf


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_pdf_is_whole_and_the_same_again(lang, site, root):
    """Language, title, tags, bookmarks; the contents name the page on which each bookmark stands."""
    edition = load_edition("demo-mini", root)
    kind = "draft" if os.environ.get("EVALCORE_SITE", "").rstrip("/").endswith(".draft") else ""
    path = write_pdf(edition, root, lang, kind)
    first, read = path.read_bytes(), PdfReader(path)
    catalog = read.trailer["/Root"]
    assert catalog["/Lang"] == {"en": "en", "zh": "zh-CN"}[lang]
    assert catalog["/MarkInfo"]["/Marked"]
    assert read.metadata.title == getattr(edition.title, lang)
    assert not {"/CreationDate", "/ModDate"} & set(read.metadata)
    bookmarks = [item for item in read.outline[0:] if not isinstance(item, list)]
    assert len(bookmarks) > 0
    heading = {"en": "Limitations", "zh": "评价体系"}[lang]
    pages = [number for number, page in enumerate(read.pages, start=1) if heading in page.extract_text()]
    contents = next(page.extract_text() for page in read.pages if heading in page.extract_text())
    assert any(str(number) in contents for number in pages[1:])
    assert write_pdf(edition, root, lang, kind).read_bytes() == first
