"""From a raw frame to a typed one: map, parse, contract, completeness."""

import pandas as pd
import pandera.pandas as pa

from evalcore.edition import Edition, Source
from evalcore.errors import EvalcoreError, say
from evalcore.ingest.columns import ColumnMap, apply_map
from evalcore.ingest.parse import HEADER_ROWS, parse_column
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
    source = edition.sources[name]
    place = source.file
    if raw.empty:
        raise EvalcoreError(say(place, "the file has no rows", remedy="obtain the file again"))
    mapped = apply_map(raw.reset_index(drop=True), source, mapping or ColumnMap(), place)
    typed = pd.DataFrame({c: parse_column(mapped[c], column, place) for c, column in source.columns.items()})
    _check(typed, source, edition)
    _require_entities(typed, name, edition)
    return typed.assign(row=typed.index + HEADER_ROWS + 1).reset_index(drop=True)


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


def _require_entities(frame: pd.DataFrame, name: str, edition: Edition) -> None:
    """Every entity of the edition has rows in the source, unless declared absent from it or the source is wider."""
    column = next((c for c, spec in edition.sources[name].columns.items() if spec.type == "entity"), None)
    if column is None or edition.sources[name].wider:
        return
    present = set(frame[column].unique())
    missing = [e.id for e in edition.entities if e.id not in present and name not in e.absent_from]
    if missing:
        raise EvalcoreError(
            say(
                f"{edition.sources[name].file}, column {column}",
                f"no row for {', '.join(missing)}, which the edition evaluates",
                remedy=f"add the rows, or give the {edition.entity.one.en} `absent_from: [{name}]` in the edition",
            )
        )
