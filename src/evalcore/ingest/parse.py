"""Text becomes values, strictly: what a person would have to guess is refused with its row."""

import re

import pandas as pd

from evalcore.edition.sources import Column
from evalcore.errors import EvalcoreError, say

FLAGS = {"yes": True, "no": False, "true": True, "false": False, "1": True, "0": False}
HEADER_ROWS = 1
INTEGER = r"[+-]?\d{1,15}"
DECIMAL = r"[+-]?\d{1,15}(\.\d+)?([eE][+-]?\d{1,3})?"
DURATION = r"(?:(\d{1,4})(?:小时|时))?(?:(\d{1,4})(?:分钟|分))?(?:(\d{1,6})秒)?"
TIME = r"\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?"


def parse_column(values: pd.Series, column: Column, place: str) -> pd.Series:
    """One column of text in its type; blanks are missing.

    Values that are already typed (Parquet, Excel numbers and dates) are taken over where they fit.
    """
    here = f"{place}, column {values.name}"
    if column.type == "timestamp":
        return _time(values, here, column.format)
    return PARSERS.get(column.type, _text)(_seconds(values) if column.duration else values, here)


def _text(values: pd.Series, place: str) -> pd.Series:
    text = values.astype("string").str.strip()
    return text.mask(text == "")


def _integer(values: pd.Series, place: str) -> pd.Series:
    if pd.api.types.is_integer_dtype(values):
        return values.astype("Int64")
    text = _text(values, place).str.replace(r"\.0+$", "", regex=True)
    _require(text, INTEGER, place, "a whole number such as 5")
    return pd.to_numeric(text).astype("Int64")


def _seconds(values: pd.Series) -> pd.Series:
    """Durations such as 1小时2分3秒, 3分25秒, 205秒 as seconds; anything else is left to the parser of counts."""
    text = values.astype("string").str.strip()
    parts = text.str.extract(DURATION)
    told = text.str.fullmatch(DURATION).fillna(False) & parts.notna().any(axis=1)
    sums = sum(parts[k].fillna("0").astype("int64") * unit for k, unit in enumerate((3600, 60, 1)))
    return text.mask(told, sums.astype("string"))


def _number(values: pd.Series, place: str) -> pd.Series:
    if pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values):
        return values.astype("Float64")
    text = _text(values, place)
    _require(text, DECIMAL, place, "a number such as 1234.5")
    return pd.to_numeric(text).astype("Float64")


def _flag(values: pd.Series, place: str) -> pd.Series:
    if pd.api.types.is_bool_dtype(values):
        return values.astype("boolean")
    text = _text(values, place).str.lower()
    _require(text, "|".join(FLAGS), place, "yes or no")
    return text.map(FLAGS).astype("boolean")


def _time(values: pd.Series, place: str, form: str | None) -> pd.Series:
    if pd.api.types.is_datetime64_any_dtype(values):
        return values.dt.tz_localize(None).astype("datetime64[us]")
    text = _text(values, place)
    if form is None:
        _require(text, TIME, place, "a time such as 2025-03-31 14:05:00")
    times = pd.to_datetime(text, format=form or "ISO8601", errors="coerce")
    _refuse(text, text.notna() & times.isna(), place, f"a date in the form {form}" if form else "a date that exists")
    return times.astype("datetime64[us]")


PARSERS = {"rating": _integer, "count": _integer, "number": _number, "flag": _flag}


def _require(text: pd.Series, pattern: str, place: str, allowed: str) -> None:
    _refuse(text, text.notna() & ~text.str.fullmatch(pattern, flags=re.ASCII).fillna(True), place, allowed)


def _refuse(text: pd.Series, bad: pd.Series, place: str, allowed: str) -> None:
    if bad.any():
        first = int(bad.to_numpy(dtype=bool).argmax())
        value, row = text.iloc[first], text.index[first] + HEADER_ROWS + 1
        raise EvalcoreError(
            say(
                f"{place}, row {row}",
                f"'{value}' ({_why(value)}; {int(bad.sum())} such value(s))",
                allowed,
                "correct the file, or translate the value in the column map (editions/maps/)",
            )
        )


def _why(value: str) -> str:
    """What a tired eye overlooks in a value."""
    if re.search(r"[０-９．，]", value):
        return "full-width digits"
    if re.fullmatch(r"[+-]?\d{1,3}([,\s']\d{3})+(\.\d+)?", value):
        return "thousands separators"
    if re.fullmatch(r"\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}日?.*", value):
        return "a date in another notation"
    if re.fullmatch(r"\d{5}(\.\d+)?", value):
        return "perhaps an Excel day number"
    return "not in the expected form"
