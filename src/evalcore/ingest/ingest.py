"""From a raw frame to a typed one: map, parse, contract, completeness."""

from collections.abc import Iterable, Iterator

import pandas as pd
import pandera.pandas as pa

from evalcore.edition import Edition, Source
from evalcore.errors import EvalcoreError, say
from evalcore.ingest.columns import ColumnMap, apply_map
from evalcore.ingest.parse import HEADER_ROWS, parse_column
from evalcore.ingest.seen import Seen
from evalcore.schema.raw import raw_contract


def ingest(raw: pd.DataFrame, name: str, edition: Edition, mapping: ColumnMap | None = None) -> pd.DataFrame:
    """One source, typed and checked.

    Parameters
    ----------
    raw : DataFrame
        The file as read: text from CSV, text or typed values from Excel and Parquet.
    name : str
        The source's key in the edition.

    Returns
    -------
    DataFrame
        The declared columns in their order, and `row`: the row of the raw file (the header is row 1).

    Raises
    ------
    EvalcoreError
        Names file, row, column, value, what is allowed and what to do.
    """
    [typed] = ingest_parts([raw], name, edition, mapping)
    return typed


def ingest_parts(
    parts: Iterable[pd.DataFrame], name: str, edition: Edition, mapping: ColumnMap | None = None
) -> Iterator[pd.DataFrame]:
    """The same of a source that is read part by part: each part typed and checked, the whole after the last.

    Rows are counted through all parts.
    """
    source, first, present = edition.sources[name], 0, set()
    unique = {column: Seen() for column, spec in source.columns.items() if spec.unique}
    entity = next((column for column, spec in source.columns.items() if spec.type == "entity"), None)
    for raw in (part for part in parts if len(part)):
        above = first + source.header_rows - HEADER_ROWS
        typed = _typed(raw.set_axis(pd.RangeIndex(above, above + len(raw))), source, edition, mapping or ColumnMap())
        _refuse_repeated(typed, unique, source)
        present |= set(typed[entity].unique()) if entity else set()
        first += len(raw)
        yield typed.assign(row=typed.index + HEADER_ROWS + 1).reset_index(drop=True)
    if not first:
        raise EvalcoreError(say(source.file, "the file has no rows", remedy="obtain the file again"))
    if entity and not source.wider:
        _require_entities(present, entity, name, edition)


def _typed(raw: pd.DataFrame, source: Source, edition: Edition, mapping: ColumnMap) -> pd.DataFrame:
    mapped = apply_map(raw, source, mapping, source.file)
    typed = pd.DataFrame({c: parse_column(mapped[c], column, source.file) for c, column in source.columns.items()})
    _check(typed, source, edition)
    return typed


def _refuse_repeated(typed: pd.DataFrame, unique: dict[str, Seen], source: Source) -> None:
    """Values that an earlier part had; within a part the contract finds them."""
    for column, seen in unique.items():
        again = seen.met(typed[[column]])
        if again.any():
            place = f"{source.file}, column {column}, row {typed.index[again][0] + HEADER_ROWS + 1}"
            found = f"'{typed[column][again].iloc[0]}' occurs more than once ({int(again.sum())} such value(s))"
            raise EvalcoreError(say(place, found, "each value once", "remove the repeated rows"))


def _check(frame: pd.DataFrame, source: Source, edition: Edition) -> None:
    try:
        raw_contract(source, edition).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as error:
        raise EvalcoreError(_breach(error.failure_cases, source)) from None


def _breach(cases: pd.DataFrame, source: Source) -> str:
    """The first breach by row, and how many values of its column are like it."""
    first = cases.sort_values("index", kind="stable").iloc[0]
    column, check, value = first["column"], str(first["check"]), first["failure_case"]
    row = "" if pd.isna(first["index"]) else f", row {int(first['index']) + HEADER_ROWS + 1}"
    place = f"{source.file}, column {column}{row}"
    count = f"{int(((cases['column'] == column) & (cases['check'].astype(str) == check)).sum())} such value(s)"
    if check == "not_nullable":
        remedy = "fill it, or declare `blank: true` in the edition"
        return say(place, f"no value ({count})", "a value in every row", remedy)
    if "unique" in check:
        return say(place, f"'{value}' occurs more than once ({count})", "each value once", "remove the repeated rows")
    remedy = "correct the value, translate it in the column map, or add what is missing to the edition"
    if source.columns[column].type == "rating":
        remedy = "correct the value, or set such rows aside with a cleaning rule of kind `outside`"
    return say(place, f"'{value}' ({count})", check, remedy)


def _require_entities(present: set[str], column: str, name: str, edition: Edition) -> None:
    """Every entity of the edition has rows in the source, unless declared absent from it."""
    missing = [e.id for e in edition.entities if e.id not in present and name not in e.absent_from]
    if missing:
        raise EvalcoreError(
            say(
                f"{edition.sources[name].file}, column {column}",
                f"no row for {', '.join(missing)}, which the edition evaluates",
                remedy=f"add the rows, give the {edition.entity.one.en} `absent_from: [{name}]` in the edition, "
                "or leave it out (`only` where it is inherited)",
            )
        )
