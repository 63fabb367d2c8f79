"""Reading raw files as they are: text from CSV, Excel and ledgers, typed values from Parquet."""

import codecs
import csv
import io
import json
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import BadZipFile

import pandas as pd

from evalcore.edition import Source
from evalcore.errors import EvalcoreError, say
from evalcore.provenance.chain import LINKS, broken_link


def read_file(path: Path, source: Source) -> pd.DataFrame:
    """One raw file; rows keep their order, nothing is interpreted.

    Raises
    ------
    EvalcoreError
        The file is missing, empty, in another or in mixed encodings, or ragged.
    """
    if not path.exists():
        remedy = "see `obtained` in SOURCES.yml; of a simulated edition: run `evalcore simulate`"
        raise EvalcoreError(say(path.name, "the file is missing", remedy=remedy))
    if path.is_file() and path.stat().st_size == 0:
        raise EvalcoreError(say(path.name, "the file is empty", remedy="obtain it again (SOURCES.yml says how)"))
    if path.is_dir() and path.suffix != ".parquet":
        raise EvalcoreError(say(path.name, "is a folder", "a file; Parquet may be a folder of parts"))
    return READERS[path.suffix](path, source)


def _read_csv(path: Path, source: Source) -> pd.DataFrame:
    text = _decode(path.read_bytes(), source.encoding, path.name)
    _refuse_ragged(text, path.name)
    return _with_header(
        pd.read_csv(io.StringIO(text), header=None, dtype=str, keep_default_na=False), source.header_rows
    )


def _refuse_ragged(text: str, name: str) -> None:
    """Pandas fills short rows with blanks; every row has as many values as the header."""
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        width = len(next((row for row in rows if row), []))
        count = next((len(row) for row in rows if len(row) not in (0, width)), width)
    except csv.Error as error:
        raise EvalcoreError(say(f"{name}, line {rows.line_num}", f"{error}", "values in closed quotes")) from None
    if not width:
        raise EvalcoreError(say(name, "the file is empty", remedy="obtain it again (SOURCES.yml says how)"))
    if count != width:
        found = f"{count} value(s), the header has {width}"
        remedy = "mend the row; a comma inside a value needs quotes around it"
        raise EvalcoreError(say(f"{name}, line {rows.line_num}", found, f"{width} values", remedy))


def _read_excel(path: Path, source: Source) -> pd.DataFrame:
    with _readable(path), warnings.catch_warnings(), pd.ExcelFile(path, engine="openpyxl") as book:
        warnings.simplefilter("ignore", UserWarning)  # openpyxl on formats and drop-down lists it does not keep
        sheets = [str(name) for name in book.sheet_names]
        if (source.sheet or sheets[0]) not in sheets:
            raise EvalcoreError(
                say(path.name, f"no sheet '{source.sheet}'", ", ".join(sheets), "name it in the edition")
            )
        cells = pd.read_excel(book, sheet_name=source.sheet or 0, header=None, dtype=object, keep_default_na=False)
    if cells.empty:
        raise EvalcoreError(say(path.name, "the sheet is empty", remedy="obtain the file again"))
    return _with_header(cells.map(_cell_text), source.header_rows)


def _cell_text(value: object) -> str:
    """A cell as text; what is no number is an error value of the workbook, its kind is not kept."""
    if value is None:
        return ""
    return "#N/A" if value != value else str(value)


def _read_parquet(path: Path, source: Source) -> pd.DataFrame:
    with _readable(path):
        return pd.read_parquet(path)


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """Turn what the libraries say of damaged files into a message with the file's name."""
    try:
        yield
    except (ValueError, KeyError, OSError, BadZipFile) as error:
        kind = path.suffix.removeprefix(".")
        raise EvalcoreError(
            say(path.name, f"cannot be read as {kind}: {error}", remedy="obtain the file again")
        ) from None


def _read_ledger(path: Path, source: Source) -> pd.DataFrame:
    """Entries of a hash chain, without their links; a broken chain is refused with the entry that breaks it."""
    entries = []
    for number, line in enumerate(_decode(path.read_bytes(), "utf-8", path.name).splitlines(), start=1):
        try:
            entries.append(dict(json.loads(line)))
        except (ValueError, TypeError):
            remedy = "restore the file: a ledger is only added to"
            raise EvalcoreError(say(f"{path.name}, line {number}", "no JSON object", remedy=remedy)) from None
    broken = broken_link(entries)
    if broken is not None:
        found = "its hash does not follow from its content and the entry before"
        remedy = "restore the file: entries of a ledger are added, never changed, removed or put in another order"
        raise EvalcoreError(say(f"{path.name}, line {broken + 1}", found, remedy=remedy))
    texts = [{key: "" if value is None else str(value) for key, value in entry.items()} for entry in entries]
    return pd.DataFrame(texts).drop(columns=list(LINKS))


READERS = {".csv": _read_csv, ".xlsx": _read_excel, ".parquet": _read_parquet, ".jsonl": _read_ledger}
"""File ending -> reader."""


def _with_header(cells: pd.DataFrame, rows: int) -> pd.DataFrame:
    """The cells below the header; of several rows of names the upper ones hold until the next, as merged cells do."""
    header = cells.iloc[:rows].astype("string").apply(lambda row: row.str.strip(), axis=1)
    above = header.iloc[:-1].replace("", pd.NA).ffill(axis=1)
    names = [_joined([*above[column], header[column].iloc[-1]]) for column in header]
    return cells.iloc[rows:].reset_index(drop=True).set_axis(names, axis=1)


def _joined(parts: list[object]) -> str:
    """The names above each other, blanks and repetitions left out."""
    return " / ".join(dict.fromkeys(str(part) for part in parts if not pd.isna(part) and part != ""))


def _decode(content: bytes, encoding: str, name: str) -> str:
    """Decode strictly; a line in another encoding than the declared one is refused by its number."""
    if encoding == "gb18030":
        _refuse_utf8_lines(content, name)
    plain = content.removeprefix(codecs.BOM_UTF8) if encoding == "utf-8" else content
    try:
        return plain.decode(encoding)
    except UnicodeDecodeError as error:
        raise _mixed(name, plain.count(b"\n", 0, error.start) + 1, f"is not {encoding}", encoding) from None


def _refuse_utf8_lines(content: bytes, name: str) -> None:
    """GB18030 decodes UTF-8 to other characters without complaint, so every line is looked at."""
    for number, line in enumerate(content.split(b"\n"), start=1):
        if not line.isascii() and _has_utf8_hanzi(line):
            raise _mixed(name, number, "is UTF-8", "gb18030")


def _has_utf8_hanzi(line: bytes) -> bool:
    """Whether a line is UTF-8 with characters from U+0800; below that, pairs of bytes can be GB18030 just as well."""
    try:
        return max(line.decode("utf-8")) >= "\u0800"
    except UnicodeDecodeError:
        return False


def _mixed(name: str, number: int, found: str, encoding: str) -> EvalcoreError:
    return EvalcoreError(
        say(
            f"{name}, line {number}",
            f"{found}, the file is declared as {encoding}",
            "one encoding in the whole file: utf-8 (with or without BOM), gb18030 or cp1252",
            "save the file in one encoding and name it in the edition (`encoding:`)",
        )
    )
