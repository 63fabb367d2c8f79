"""The book on paper: one PDF per language, tagged, with bookmarks and page numbers, the same bytes again."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from evalcore.edition import load_edition

pytestmark = pytest.mark.xdist_group("paper")  # both languages are printed together


def printed(root: Path) -> dict[str, Path]:
    """Print both books of the miniature as `make pdf` does; in a process of its own, since it starts a browser."""
    draft = ["--draft"] if os.environ.get("EVALCORE_SITE", "").rstrip("/").endswith(".draft") else []
    command = [sys.executable, "-m", "evalcore.pipeline.paper", "demo-mini", *draft]
    said = subprocess.run(command, cwd=root, check=True, capture_output=True, encoding="utf-8").stdout
    return {Path(line).stem.rsplit("-", 1)[-1]: root / line for line in said.split()}


@pytest.fixture(scope="module")
def papers(site: Path, root: Path) -> dict[str, bytes]:
    """Both PDFs."""
    return {lang: path.read_bytes() for lang, path in printed(root).items()}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_pdf_is_tagged_and_says_what_it_is(lang, papers, root, tmp_path):
    """Language, title, tags and bookmarks, no clock; the contents name the page on which a chapter begins."""
    (tmp_path / "book.pdf").write_bytes(papers[lang])
    read = PdfReader(tmp_path / "book.pdf")
    catalog = read.trailer["/Root"]
    assert catalog["/Lang"] == {"en": "en", "zh": "zh-CN"}[lang]
    assert catalog["/MarkInfo"]["/Marked"]
    assert read.metadata.title == getattr(load_edition("demo-mini", root).title, lang)
    assert not {"/CreationDate", "/ModDate"} & set(read.metadata)
    assert len(read.outline) > 0
    begins = read.get_destination_page_number(read.named_destinations["/limitations"]) + 1
    contents = "".join(page.extract_text() for page in read.pages[1:6])
    assert begins > 6
    assert str(begins) in contents


def test_chinese_can_be_searched(papers, tmp_path):
    """Characters are told as what was written, not as the radicals that share their glyphs."""
    (tmp_path / "book.pdf").write_bytes(papers["zh"])
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "book.pdf").pages[:30])
    assert "用户" in text
    assert re.findall("[\u2e80-\u2fdf]", text) == []


def test_the_same_site_gives_the_same_bytes(papers, root):
    """Nothing of the hour stands in the file."""
    assert {lang: path.read_bytes() for lang, path in printed(root).items()} == papers
