"""Cleaning one source: derive, apply the rules in order, drop what is private."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pandas as pd

from evalcore.clean.derive import derive
from evalcore.clean.rules import RULES
from evalcore.clean.scrub import scrub
from evalcore.edition import Edition, Source
from evalcore.errors import EvalcoreError, say
from evalcore.ingest.seen import Seen

VALID, DUPLICATE = "valid", "duplicate"


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
    [cleaned] = clean_parts([frame], name, edition)
    return cleaned


def clean_parts(parts: Iterable[pd.DataFrame], name: str, edition: Edition) -> Iterator[Cleaned]:
    """The same of a source that is read part by part, with the same outcome; the whole is judged after the last."""
    source, counts, reached = edition.sources[name], Counter(), set()
    seen = {rule.id: Seen() for rule in source.rules if rule.kind == DUPLICATE}
    for frame in parts:
        derived = derive(frame, source)
        rule = first_rule(derived, source, edition, seen)
        placed = _public(_placed(derived, source, edition), source).assign(rule=rule)
        valid = placed[rule == VALID].drop(columns="rule").reset_index(drop=True)
        _refuse_nowhere(valid, source, edition)
        counts.update(placed[["entity", "rule"]].value_counts().to_dict())
        reached |= set(valid["period"].unique())
        yield Cleaned(valid, placed[rule != VALID].reset_index(drop=True))
    _require_valid(counts, name, edition)
    _require_periods(reached, source, edition)


def first_rule(frame: pd.DataFrame, source: Source, edition: Edition, seen: dict[str, Seen] | None = None) -> pd.Series:
    """Per row the id of the first rule that catches it, "valid" where none does; `seen` knows keys of earlier parts."""
    outcome = pd.Series(VALID, index=frame.index, dtype="string")
    for rule in source.rules:
        rows = frame.loc[outcome == VALID, list(rule.columns)]
        caught = RULES[rule.kind](rows, rule, source, edition)
        if seen and rule.kind == DUPLICATE:
            caught |= seen[rule.id].met(rows)
        outcome[caught.index[caught]] = rule.id
    return outcome


def added(steps: list[pd.DataFrame]) -> pd.DataFrame:
    """Waterfalls of all parts of all sources: step, removed, left, source; the parts of a source added up."""
    whole = pd.concat(steps, ignore_index=True)
    return whole.groupby(["source", "step"], sort=False, as_index=False).sum()[list(whole)]


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


def _require_valid(found: Counter[tuple[str, str]], name: str, edition: Edition) -> None:
    """Every entity of a user survey keeps enough valid rows to be reported; `found` counts rows by entity and rule."""
    source = edition.sources[name]
    needed = edition.minimum_valid if source.perspective == "user" and source.complete else 1
    counts = {key: count for (key, rule), count in found.items() if rule == VALID}
    for entity in () if source.reference or source.wider else edition.entities:
        if name in entity.absent_from or counts.get(entity.id, 0) >= needed:
            continue
        lost = sorted((rule, count) for (key, rule), count in found.items() if key == entity.id and rule != VALID)
        by_rule = ", ".join(f"{rule} {count}" for rule, count in lost) or "none"
        raise EvalcoreError(
            say(
                source.file,
                f"{entity.id} has {counts.get(entity.id, 0)} valid row(s); set aside: {by_rule}",
                f"at least {needed} (minimum_valid)",
                "collect more, pool it with others in the column map, or take it out of the edition",
            )
        )


def _refuse_nowhere(valid: pd.DataFrame, source: Source, edition: Edition) -> None:
    """Every valid row lies in a period."""
    nowhere = valid["period"].isna()
    if nowhere.any():
        raise EvalcoreError(
            say(
                f"{source.file}, column {source.when}, row {valid.loc[nowhere.idxmax(), 'row']}",
                f"{valid.loc[nowhere.idxmax(), source.when]} lies in no period ({int(nowhere.sum())} such row(s))",
                _periods(edition),
                "correct the row, add its period to `periods`, or set such rows aside with cleaning rules of kind "
                "`outside_period` and `missing`",
            )
        )


def _require_periods(reached: set[str], source: Source, edition: Edition) -> None:
    """A complete source reaches into every period of the edition."""
    empty = [period.id for period in edition.periods if period.id not in reached]
    if source.when is not None and empty and source.complete and not source.wider:
        raise EvalcoreError(
            say(
                f"{source.file}, column {source.when}",
                f"{source.name.en}: no valid row in {', '.join(empty)}",
                _periods(edition),
                "add the rows, or take the period out of the edition",
            )
        )


def _periods(edition: Edition) -> str:
    return ", ".join(f"{p.id} {p.first} to {p.last}" for p in edition.periods)
