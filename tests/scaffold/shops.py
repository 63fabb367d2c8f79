"""Two shops' survey, where an edition expects it, and a way to change one thing of a file."""

from pathlib import Path

ROWS = (
    "respondent,shop,goods,submitted_at,age,satisfaction,solved,seconds,paid,comment\n"
    "r1,A,fresh,2025-01-01 00:00:00,young,5,yes,100,12.50,fine\n"
    "r2,A,fresh,2025-04-01 10:00:00,old,4,no,200,,slow\n"
    "r3,B,fresh,2025-03-01 10:00:00,young,3,yes,300,1.2,\n"
    "r4,B,fresh,2025-06-30 23:59:59,old,1,no,90,1000,\n"
)
SOURCES = (
    "survey.csv:\n  what: {en: answers of 2025, zh: 2025年回答}\n  licence: none\n  date: 2025-07-01\n"
    "  obtained: asked the customers\n"
)


def raw(root: Path, edition: str, text: str) -> None:
    """Put a survey where the edition expects it."""
    folder = root / "data" / "raw" / edition
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "survey.csv").write_text(text, encoding="utf-8")


def swap(path: Path, old: str, new: str) -> None:
    """Replace a text that is there in a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
