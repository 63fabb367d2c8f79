"""What a book says of itself: whom to cite, which version, which licence; and the terms it explains."""

import re
from pathlib import Path
from typing import Any

import yaml

from evalcore.edition import Text
from evalcore.errors import EvalcoreError, say

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def about(root: Path, lang: str) -> dict[str, str]:
    """Return authors, version, date (the month the version names) and both licences, from CITATION.cff.

    A checkout without the file says so on the page: a test's, or one that was copied in part.
    """
    path = root / "CITATION.cff"
    if not path.is_file():
        return dict.fromkeys(("authors", "version", "date", "licence", "book_licence"), "—")
    told = yaml.safe_load(path.read_text("utf-8"))
    year, month, *_ = (int(part) for part in str(told["version"]).split("."))
    book = re.search(r"under (CC [A-Z-]+ [0-9.]+)", told["message"])
    return {
        "authors": ", ".join(_name(author) for author in told["authors"]),
        "version": str(told["version"]),
        "date": f"{year}年{month}月" if lang == "zh" else f"{MONTHS[month - 1]} {year}",
        "licence": told["license"],
        "book_licence": book[1] if book else told["license"],
    }


def glossary(root: Path) -> list[dict[str, Text]]:
    """Return the terms of `book/glossary.yml`, each `term` and `means` in both languages."""
    path = root / "book" / "glossary.yml"
    entries = yaml.safe_load(path.read_text("utf-8")) if path.is_file() else []
    try:
        return [{key: Text(**entry[key]) for key in ("term", "means")} for entry in entries]
    except (KeyError, TypeError, ValueError) as problem:
        remedy = "give every entry term and means, each {en: …, zh: …}"
        raise EvalcoreError(say("book/glossary.yml", f"an entry is not whole: {problem}", remedy=remedy)) from problem


def _name(author: dict[str, Any]) -> str:
    return author.get("name") or " ".join(filter(None, (author.get("given-names"), author.get("family-names"))))
