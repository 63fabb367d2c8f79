"""Other people's column names and codes become ours, through a committed map."""

import re

import numpy as np
import pandas as pd
from pydantic import model_validator

from evalcore.edition import Source
from evalcore.edition.text import Frozen
from evalcore.errors import EvalcoreError, say


class ColumnMap(Frozen):
    """Their column -> ours, and per our column: their code -> ours (null: missing), and what any other code becomes.

    `wide` takes a file with one column per period or entity: our column -> their name with `{period}` or `{entity}` in
    place of it. `repeat` names a column that counts people: each row becomes so many, and the column goes.
    """

    columns: dict[str, str] = {}
    codes: dict[str, dict[str, str | None]] = {}
    others: dict[str, str] = {}
    wide: dict[str, str] = {}
    repeat: str | None = None

    @model_validator(mode="after")
    def _others_have_codes(self) -> "ColumnMap":
        if set(self.others) - set(self.codes):
            raise ValueError(f"`others` without `codes`: {', '.join(sorted(set(self.others) - set(self.codes)))}")
        return self


def apply_map(frame: pd.DataFrame, source: Source, mapping: ColumnMap, place: str) -> pd.DataFrame:
    """Rename columns and translate codes; refuse what is missing, extra, doubled or unknown.

    Parameters
    ----------
    frame : DataFrame
        As read, text or typed.
    place : str
        The file, for messages.
    """
    _refuse_doubled(list(frame.columns), place)
    targets = list(mapping.columns.values())
    _refuse_doubled(targets, f"{place}: column map")
    _refuse_stray({*targets, *mapping.codes, *mapping.others}, source, place)
    renamed = _repeated(_long(frame.rename(columns=mapping.columns), mapping.wide, source, place), mapping, place)
    _refuse_doubled(list(renamed.columns), f"{place}: after the column map")
    _refuse_missing(renamed, source, mapping, place)
    _refuse_extra(renamed, source, place)
    chosen = renamed[list(source.columns)]
    others = mapping.others
    return chosen.assign(**{n: _translated(chosen[n], codes, others.get(n)) for n, codes in mapping.codes.items()})


def _long(frame: pd.DataFrame, wide: dict[str, str], source: Source, place: str) -> pd.DataFrame:
    """One row per row and period (or entity), under the row number of the file; the period in the column `when`."""
    if not wide:
        return frame
    by = "entity" if any("{entity}" in theirs for theirs in wide.values()) else "period"
    key = source.when if by == "period" else next(name for name, kind in source.types.items() if kind == "entity")
    found = {ours: _columns_by(by, frame, theirs) for ours, theirs in wide.items()}
    groups = sorted(set().union(*found.values()))
    lacking = [wide[ours].format(**{by: group}) for ours in wide for group in groups if group not in found[ours]]
    if lacking or not groups:
        missing = ", ".join(lacking or wide.values())
        raise EvalcoreError(say(place, f"column(s) missing: {missing}", remedy="correct `wide` in the map"))
    kept = frame.drop(columns=[c for columns in found.values() for c in columns.values()])
    parts = [kept.assign(**{key: group}, **{ours: frame[found[ours][group]] for ours in wide}) for group in groups]
    return pd.concat(parts)


def _columns_by(by: str, frame: pd.DataFrame, theirs: str) -> dict[str, str]:
    pattern = re.compile(re.escape(theirs).replace(rf"\{{{by}\}}", "([0-9A-Za-z]+)"))
    return {match[1]: name for name in frame.columns if (match := pattern.fullmatch(str(name)))}


def _repeated(frame: pd.DataFrame, mapping: ColumnMap, place: str) -> pd.DataFrame:
    """Each row as often as its column of counts says, under the row number of the file."""
    if mapping.repeat is None:
        return frame
    if mapping.repeat not in frame.columns:
        raise EvalcoreError(say(place, f"column missing: {mapping.repeat}", remedy="correct `repeat` in the map"))
    counts = pd.to_numeric(frame[mapping.repeat], errors="coerce")
    bad = ~(counts >= 0) | (counts % 1 != 0)
    if bad.any():
        row, value = frame.index[bad][0] + 2, frame[mapping.repeat][bad].iloc[0]
        found = f"'{value}'"
        raise EvalcoreError(say(f"{place}, row {row}, counts '{mapping.repeat}'", found, "whole numbers of 0 or more"))
    return frame.drop(columns=mapping.repeat).iloc[np.repeat(np.arange(len(frame)), counts.astype(int))]


def _refuse_doubled(names: list[str], place: str) -> None:
    doubled = sorted({str(name) for name in names if names.count(name) > 1})
    if doubled:
        raise EvalcoreError(say(place, f"column(s) given twice: {', '.join(doubled)}", remedy="keep one of them"))


def _refuse_stray(used: set[str], source: Source, place: str) -> None:
    stray = ", ".join(sorted(used - set(source.columns)))
    if stray:
        allowed = ", ".join(source.columns)
        raise EvalcoreError(say(f"{place}: column map", f"no such column: {stray}", allowed, "correct editions/maps/"))


def _refuse_missing(frame: pd.DataFrame, source: Source, mapping: ColumnMap, place: str) -> None:
    theirs = {ours: name for name, ours in mapping.columns.items()}
    missing = [theirs.get(name, name) for name in source.columns if name not in frame.columns]
    if missing:
        extra = _extra(frame, source)[:8]
        found = f"column(s) missing: {', '.join(missing)}" + (f"; not expected: {', '.join(extra)}" if extra else "")
        remedy = "add the column, or map a renamed one in editions/maps/ (columns: {theirs: ours})"
        raise EvalcoreError(say(place, found, ", ".join(source.columns), remedy))


def _refuse_extra(frame: pd.DataFrame, source: Source, place: str) -> None:
    extra = _extra(frame, source)
    if extra and not source.ignore_other_columns:
        found = f"column(s) not in the contract: {', '.join(extra)}"
        raise EvalcoreError(say(place, found, ", ".join(source.columns), "remove or declare them in the edition"))


def _extra(frame: pd.DataFrame, source: Source) -> list[str]:
    return [str(name) or "(no name)" for name in frame.columns if name not in source.columns]


def _translated(values: pd.Series, codes: dict[str, str | None], other: str | None) -> pd.Series:
    """Codes in the map are translated (null: missing); others become `other`, or pass on to the contract."""
    text = values.astype("string").str.strip()
    ours = text.map({code: mapped or "" for code, mapped in codes.items()})
    rest = text if other is None else text.where(text == "", other)
    return ours.where(text.isin(list(codes)), rest)
