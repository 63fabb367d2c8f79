"""A table as the book prints it: labelled columns, cells of text, a note."""

from collections.abc import Iterable
from dataclasses import dataclass

from evalcore.words import Words, format_value

Rows = tuple[tuple[str, ...], ...]


def or_dashes(rows: Rows, columns: int, words: Words) -> Rows:
    """The rows, or where there are none a row of dashes: an empty table says that it is meant to be empty."""
    return rows or ((words("none"),) * columns,)


def format_chance(share: float, words: Words, limits: Iterable[float] = ()) -> str:
    """A share of draws in percent: whole, or with the digits it takes to lie on its side of the limits.

    What is not quite none or all is not printed as such.
    """
    if 0 < share < 0.005:
        return words("under_one")
    if 0.995 <= share < 1:
        return words("over_ninety_nine")
    return words("unit.percent", value=format_value(100 * share, _digits(share, tuple(limits))))


def format_judged(share: float, words: Words) -> str:
    """The chance beside a word of order: 79.6 % is not "probably", which begins at 80, and does not print as 80 %."""
    return format_chance(share, words, (limit for _, limit in words.edition.grammar))


def _digits(share: float, limits: tuple[float, ...]) -> int:
    for digits in range(4):
        printed = round(100 * share, digits)
        if all((printed >= 100 * limit) == (share >= limit) for limit in limits):
            return digits
    return 4


@dataclass(frozen=True)
class Table:
    """Formatted cells; the first `stub` columns are row headers, `numeric` columns are set to the right."""

    labels: tuple[str, ...]
    rows: Rows
    numeric: tuple[bool, ...]
    stub: int = 1
    note: str | None = None

    def __post_init__(self) -> None:
        widths = {len(self.labels), len(self.numeric), *(len(row) for row in self.rows)}
        if len(widths) != 1:
            raise ValueError(f"a table of unequal widths {sorted(widths)}")

    def as_json(self) -> dict:
        """What `publish.table` writes for one language."""
        columns = [
            {"label": label, "align": "right" if numeric else "left"}
            for label, numeric in zip(self.labels, self.numeric, strict=True)
        ]
        return {"columns": columns, "rows": [list(row) for row in self.rows], "stub": self.stub, "note": self.note}
