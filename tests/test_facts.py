"""Facts in pages: each names its source in the brackets that the role reads, in both languages."""

import re
from pathlib import Path

import pytest

PAGES = sorted((Path(__file__).parents[1] / "book").glob("??/*.md"))
FACT = re.compile(r"\{fact\}`([^`]*)`")
SOURCED = re.compile(r"[^(]+\s*\([^)]+\)")
"""As `evalcore_book.fact` reads it: full-width brackets are text."""


@pytest.mark.parametrize("page", [pytest.param(path, id=f"{path.parent.name}/{path.stem}") for path in PAGES])
def test_every_fact_names_its_source(page):
    """A page that does not would stop the build, which takes longer to say so."""
    assert [fact for fact in FACT.findall(page.read_text("utf-8")) if not SOURCED.fullmatch(fact.strip())] == []
