"""Cleaning one source: derive, apply the rules in order, drop what is private."""

from typing import NamedTuple

import pandas as pd

from evalcore.clean.derive import derive
from evalcore.clean.rules import RULES
from evalcore.clean.scrub import scrub
from evalcore.edition import Edition, Source
from evalcore.errors import EvalcoreError, say

VALID = "valid"


class Cleaned(NamedTuple):
    """Valid rows, and rows set aside with the id of the first rule that caught them (`rule`)."""

    valid: pd.DataFrame
    quarantine: pd.DataFrame


def clean(frame: pd.DataFrame, name: str, edition: Edition) -> Cleaned:
    """Apply the edition's rules to one ingested source.

    Parameters
    ----------
    frame : DataFrame
        As `ingest` returns it.

    Returns
    -------
    Cleaned
        Both frames carry `row`, the row of the raw file; neither carries a private column. Rows have the
        standard columns `entity`, `category` ("all" where the source has none) and `period` ("year").

    Raises
    ------
    EvalcoreError
        Too few valid rows for an entity, none for a period, or a valid row in no period.
    """
    source = edition.sources[name]
    derived = derive(frame, source)
    rule = first_rule(derived, source, edition)
    placed = _public(_placed(derived, source, edition), source)
    valid = placed[rule == VALID].reset_index(drop=True)
    _require_valid(valid, rule, placed, name, edition)
    _require_periods(valid, source, edition)
    return Cleaned(valid, placed.assign(rule=rule)[rule != VALID].reset_index(drop=True))


def first_rule(frame: pd.DataFrame, source: Source, edition: Edition) -> pd.Series:
    """Per row the id of the first rule that catches it, "valid" where none does."""
    outcome = pd.Series(VALID, index=frame.index, dtype="string")
    for rule in source.rules:
        open_ = outcome == VALID
        caught = RULES[rule.kind](frame.loc[open_, list(rule.columns)], rule, source, edition)
        outcome[caught.index[caught]] = rule.id
    return outcome


def waterfall(cleaned: Cleaned, name: str, edition: Edition) -> pd.DataFrame:
    """Counts from raw to valid: one row per step (`raw`, each rule, `valid`) with rows removed and left."""
    source = edition.sources[name]
    removed = [int((cleaned.quarantine["rule"] == rule.id).sum()) for rule in source.rules]
    total = len(cleaned.valid) + len(cleaned.quarantine)
    left = total - pd.Series(removed, dtype="int64").cumsum()
    steps = [("raw", 0, total), *zip([r.id for r in source.rules], removed, left, strict=True)]
    steps.append((VALID, 0, len(cleaned.valid)))
    return pd.DataFrame(steps, columns=["step", "removed", "left"]).assign(source=name)


def _placed(frame: pd.DataFrame, source: Source, edition: Edition) -> pd.DataFrame:
    """The frame with its standard columns entity, category and period."""
    typed = {column.type: name for name, column in source.columns.items() if column.type in ("entity", "category")}
    category = frame[typed["category"]].fillna("all") if "category" in typed else "all"
    entity = frame[typed["entity"]].fillna("all") if "entity" in typed else "all"
    placed = frame.drop(columns=list(typed.values()))
    return placed.assign(entity=entity, category=category, period=_period(frame, source, edition))


def _period(frame: pd.DataFrame, source: Source, edition: Edition) -> pd.Series | str:
    if source.when is None:
        return "year"
    if source.columns[source.when].type == "period":
        return frame[source.when]
    days = frame[source.when].dt.normalize()
    period = pd.Series(pd.NA, index=frame.index, dtype="string")
    for item in edition.periods:
        period[(days >= pd.Timestamp(item.first)) & (days <= pd.Timestamp(item.last))] = item.id
    return period


def _public(frame: pd.DataFrame, source: Source) -> pd.DataFrame:
    """Without private columns, open answers scrubbed."""
    texts = [name for name, kind in source.types.items() if kind == "text"]
    public = frame.drop(columns=list(source.private_columns))
    return public.assign(**{name: scrub(public[name]) for name in texts})


def _require_valid(valid: pd.DataFrame, rule: pd.Series, placed: pd.DataFrame, name: str, edition: Edition) -> None:
    """Every entity of a user survey keeps enough valid rows to be reported."""
    source = edition.sources[name]
    needed = edition.minimum_valid if source.perspective == "user" and source.complete else 1
    counts = valid["entity"].value_counts()
    for entity in () if source.reference or source.wider else edition.entities:
        if name in entity.absent_from or counts.get(entity.id, 0) >= needed:
            continue
        lost = rule[(placed["entity"] == entity.id) & (rule != VALID)].value_counts()
        by_rule = ", ".join(f"{key} {count}" for key, count in lost.sort_index().items()) or "none"
        raise EvalcoreError(
            say(
                source.file,
                f"{entity.id} has {counts.get(entity.id, 0)} valid row(s); set aside: {by_rule}",
                f"at least {needed} (minimum_valid)",
                "collect more, pool it with others in the column map, or take it out of the edition",
            )
        )


def _require_periods(valid: pd.DataFrame, source: Source, edition: Edition) -> None:
    """Every valid row lies in a period, and a complete source reaches into every period of the edition."""
    if source.when is None:
        return
    place, known = (
        f"{source.file}, column {source.when}",
        ", ".join(f"{p.id} {p.first} to {p.last}" for p in edition.periods),
    )
    nowhere = valid["period"].isna()
    if nowhere.any():
        raise EvalcoreError(
            say(
                f"{place}, row {valid.loc[nowhere.idxmax(), 'row']}",
                f"{valid.loc[nowhere.idxmax(), source.when]} lies in no period ({int(nowhere.sum())} such row(s))",
                known,
                "correct the row, or set such rows aside with cleaning rules of kind `outside_period` and `missing`",
            )
        )
    reached = set(valid["period"].unique())
    empty = [period.id for period in edition.periods if period.id not in reached]
    if empty and source.complete and not source.wider:
        raise EvalcoreError(
            say(
                place,
                f"{source.name.en}: no valid row in {', '.join(empty)}",
                known,
                "add the rows, or take the period out of the edition",
            )
        )
