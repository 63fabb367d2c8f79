"""The books of both languages: equal in pages, labels, exhibits, numbers and facts, or the build stops."""

import re
from pathlib import Path

import pytest

from evalcore.edition import load_edition
from evalcore.errors import EvalcoreError
from evalcore.pipeline.book.pages import Page, render_pages
from evalcore.pipeline.book.places import Places
from evalcore.pipeline.book.twins import check_twins
from evalcore.words import LANGUAGES

ROOT = Path(__file__).parents[2]
EDITIONS = sorted(path.stem for path in (ROOT / "editions").glob("*.yml") if "." not in path.stem)
TEXT = "(top)=\n# Scores\n\nThe mean is {num}`a.mean`, see {numref}`one` and [more](two.md).\n\n```{exhibit} one\n```\n"
TRANSLATED = "(top)=\n# 得分\n\n均值为{num}`a.mean`，见{numref}`one`和[详情](two.md)。\n\n```{exhibit} one\n```\n"
SAID = {
    "page": ("", None, "book/en/scores.md has no translation book/zh/scores.md"),
    "number": ("{num}`a.mean`", "{num}`a.men`", "number 'a.mean' is missing in 'zh'"),
    "exhibit": ("```{exhibit} one\n```\n", "", "exhibit 'one' is missing in 'zh'"),
    "label": ("(top)=\n", "", "label 'top' is missing in 'zh'"),
    "link": ("two.md", "three.md", "link 'three.md' stands in 'zh' alone"),
    "heading": ("# 得分", "## 得分", r"headings of levels \[1\] against \[2\]"),
    "words": ("均值为", "The mean of all the scores is ", "'The mean of all the scores is' is not in Chinese"),
    "fact": ("均值为", "均值（满分{fact}`100 (评价体系)`）为", "0 facts against 1"),
}
"""What is changed in the Chinese page -> old and new text, and what the refusal says."""


def books(chinese: str | None) -> dict[str, list[Page]]:
    """A book of one page in two languages."""
    return {"en": [Page("scores", TEXT)], "zh": [] if chinese is None else [Page("scores", chinese)]}


@pytest.mark.parametrize("name", EDITIONS)
def test_both_books_of_an_edition_hold_the_same(name: str):
    """Every edition renders to the same pages, labels, exhibits, numbers and facts in both languages."""
    edition = load_edition(name, ROOT)
    check_twins({lang: render_pages(edition, Places(ROOT, name, lang)) for lang in LANGUAGES})


def test_translated_page_passes():
    """Words differ, everything else is the same."""
    check_twins(books(TRANSLATED))


@pytest.mark.parametrize("part", SAID)
def test_difference_names_both_files(part: str):
    """Whatever one language lacks stops the build, with both files named."""
    old, new, why = SAID[part]
    with pytest.raises(EvalcoreError, match=why) as refused:
        check_twins(books(None if new is None else TRANSLATED.replace(old, new)))
    assert all(f"book/{lang}/scores.md" in str(refused.value) for lang in LANGUAGES)


def test_order_of_exhibits_counts():
    """The same exhibits in another order are another page."""
    swapped = [Page("scores", "```{exhibit} one\n```\n```{exhibit} two\n```\n", "method")]
    other = [Page("scores", "```{exhibit} two\n```\n```{exhibit} one\n```\n", "method")]
    with pytest.raises(EvalcoreError, match="in another order: one, two against two, one"):
        check_twins({"en": swapped, "zh": other})


@pytest.mark.parametrize(
    "page", sorted((ROOT / "book").glob("*/*.md")), ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_facts_name_their_source(page: Path):
    """Behind each fact its source stands in brackets, Western or Chinese ones."""
    facts = re.findall(r"\{fact\}`([^`]*)`", page.read_text("utf-8"))
    assert [fact for fact in facts if not re.fullmatch(r"[^(（]+[(（][^)）]+[)）]", fact)] == []
