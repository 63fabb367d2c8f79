"""Empty templates of an edition's raw files: CSV, or Excel with a code book as second sheet."""

import io
from collections.abc import Iterator
from pathlib import Path

from openpyxl import Workbook

from evalcore.edition import Edition, Source
from evalcore.edition.sources import Column
from evalcore.io.files import write_bytes
from evalcore.schema.raw import allowed_codes

HEADER = ("column", "type", "what", "allowed", "may be blank", "once only")
EXAMPLES = {
    "timestamp": "2025-03-31 14:05:00",
    "flag": "yes / no",
    "count": "a whole number of 0 or more",
    "number": "a number such as 1234.5",
}


def write_templates(edition: Edition, folder: Path, kind: str) -> list[Path]:
    """One file per source in the folder, with the header of its contract and no rows.

    Parameters
    ----------
    kind : {"csv", "xlsx"}
        CSV has the header alone; Excel has a second sheet `code book` with a line per column.
    """
    paths = []
    for name, source in edition.sources.items():
        paths.append(folder / f"{name}.{kind}")
        write_bytes(paths[-1], _csv(source) if kind == "csv" else _excel(name, source, edition))
    return paths


def _csv(source: Source) -> bytes:
    return (",".join(source.columns) + "\n").encode()


def _excel(name: str, source: Source, edition: Edition) -> bytes:
    book = Workbook()
    book.active.title = source.sheet or name[:31]
    book.active.append(list(source.columns))
    sheet = book.create_sheet("code book")
    sheet.append(HEADER)
    for line in code_book(source, edition):
        sheet.append(line)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def code_book(source: Source, edition: Edition) -> Iterator[tuple[str, ...]]:
    """A line per column: name, type, what it is, what it may hold, whether it may be blank or repeated."""
    for name, column in source.columns.items():
        what = f"{column.what.en} / {column.what.zh}" if column.what else ""
        yield name, column.type, what, _allowed(column, edition), _word(column.blank), _word(column.unique)


def _allowed(column: Column, edition: Edition) -> str:
    codes = allowed_codes(column, edition)
    if codes is not None:
        return ", ".join(codes)
    if column.levels:
        return f"1 to {column.levels}"
    limits = {"at least": column.least, "at most": column.most}
    told = [f"{word} {limit:g}" for word, limit in limits.items() if limit is not None]
    return ", ".join([EXAMPLES.get(column.type, ""), *told]).strip(", ")


def _word(flag: bool) -> str:
    return "yes" if flag else "no"
