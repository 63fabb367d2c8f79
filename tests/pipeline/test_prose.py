"""Numbers in prose are references; what is typed is refused unless its source is said."""

import pytest

from evalcore.errors import EvalcoreError
from evalcore.pipeline.gate.prose import check_prose, typed_numbers


def typed(folder, text):
    """Numbers found in a page."""
    page = folder / "book/en/page.md"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(text, "utf-8")
    return [number for _, number in typed_numbers(folder)]


@pytest.mark.parametrize(
    "text",
    [
        "The mean is {num}`summary.mean` in {numref}`composite-2`.",
        "An answer within {fact}`30 seconds (indicator R1)`.",
        "---\nevalcore: {part: findings, order: 10}\n---\n# Scores",
        "```{exhibit} scores-2025\n```\n\n`code[0]` and [a link](page-2.md#part-3)",
        "A formula $x^2 + 1$ and $$\n0 \\le y \\le 1\n$$",
        "{% if entities | length > 1 %}{{ edition.periods[0] }}{% endif %}",
        "1. first\n2. second\n   3. third",
        "SHA-256, GB18030, R1, D0-11 and cp1252 are names.",
        "(label-2)=\n## Heading {.class-3}\n<https://example.org/2025>",
    ],
    ids=["num", "fact", "front", "directive", "formula", "template", "list", "names", "labels"],
)
def test_what_is_no_typed_number_passes(tmp_path, text):
    """References, facts, code, formulas, templates, lists, names and links."""
    assert typed(tmp_path, text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The mean is 71.5 points.", ["'71.5'"]),
        ("It rose by 1,234 and fell by −3 %.", ["'1,234'", "'3'"]),
        ("均值为72.5分。", ["'72.5'"]),
        ("In 2025 as in {num}`year`.", ["'2025'"]),
        ("{fact}`30 seconds`", []),
        ("Between 10–20.", ["'10–20.'"]),
    ],
)
def test_typed_numbers_are_found(tmp_path, text, found):
    """In both languages, with signs, separators and ranges."""
    assert typed(tmp_path, text) == found


def test_pages_and_lines_are_named_and_the_ways_out(tmp_path):
    """Line numbers count the front matter."""
    typed(tmp_path, "---\nevalcore: {part: method}\n---\n# A\n\nThe mean is 71.5.\n")
    with pytest.raises(EvalcoreError, match=r"book/en/page.md, line 6: '71.5.?'\n  allowed: \{num\}`dotted.id`"):
        check_prose(tmp_path)


def test_pages_of_the_book_hold_no_typed_number(root):
    """What is published now."""
    check_prose(root)
