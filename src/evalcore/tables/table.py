"""A table as the book prints it: labelled columns, cells of text, a note."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """Formatted cells; the first `stub` columns are row headers, `numeric` columns are set to the right."""

    labels: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
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
