"""Numbers in prose are references: digits typed by hand are refused unless marked as a fact with its source."""

import re
from collections.abc import Iterator
from pathlib import Path

from evalcore.errors import EvalcoreError, say

FREE = re.compile(
    r"\A---\n.*?\n---\n"  # front matter
    r"|\{fact\}`[^`(]+\([^`)]+\)`"  # a fact and its source
    r"|\{[a-z]+\}`[^`]*`|```.*?```|`[^`]*`"  # roles, directives, code
    r"|\$\$.*?\$\$|\$[^$\n]+\$"  # formulas
    r"|\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}"  # templates
    r"|\]\([^)]*\)|<?https?://[^\s>]+>?|<[^>]*>|^\([\w-]+\)=$|\{[.#][^}]*\}"  # links, tags, labels, classes
    r"|^ *\d+\.(?= )",  # numbers of a list
    re.DOTALL | re.MULTILINE,
)
"""What is not prose, or is a number that says where it comes from."""
TYPED = re.compile(r"(?<![A-Za-z0-9])(?<![A-Za-z]-)(?<![A-Za-z]\d-)\d[\d.,–%:/-]*")
"""Digits that begin a number; in `SHA-256`, `D0-11` or `R1` they are part of a name."""


def typed_numbers(root: Path) -> Iterator[tuple[str, str]]:
    """Yield (page and line, number as typed) for digits in pages of `book/` that nothing accounts for."""
    for page in sorted((root / "book").rglob("*.md")):
        if page.relative_to(root / "book").parts[0].startswith("_"):
            continue
        prose = FREE.sub(lambda free: "\n" * free[0].count("\n") or " ", page.read_text("utf-8"))
        for number, line in enumerate(prose.splitlines(), start=1):
            for found in TYPED.finditer(line):
                yield f"{page.relative_to(root).as_posix()}, line {number}", f"'{found[0].strip()}'"


def check_prose(root: Path) -> None:
    """Refuse numbers typed into pages.

    Raises
    ------
    EvalcoreError
        Naming pages, lines and numbers.
    """
    found = [f"{place}: {text}" for place, text in typed_numbers(root)]
    if found:
        allowed = "{num}`dotted.id` for a result, {fact}`30 seconds (where this is stated)` for a fact"
        remedy = "publish the number in its notebook and refer to it, or name the fact's source"
        raise EvalcoreError(say("numbers typed into prose", "\n    ".join(["", *found]), allowed, remedy))
