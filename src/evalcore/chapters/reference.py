"""Appendix: what the reference documents publish, against this edition."""

import numpy as np
import pandas as pd

from evalcore.chapters.evidence import Evidence
from evalcore.chapters.measures import MEASURES, NEEDS
from evalcore.words import Number

USE = "calibrate"
"""Rows that the demonstration world is meant to reproduce begin their `use` with this word."""
LEAST_DIGITS = {"points of 5": 1, "Pearson r": 2}
"""Digits with which a unit is published, where a spreadsheet drops the last 0."""
CLOSE = 3.0
"""Sampling errors within which a figure counts as reproduced."""
CONTRADICTIONS: dict[int, tuple[str, ...]] = {
    2: ("D0-11", "D3-13", "D4-26"),
    4: ("D3-16", "D3-20"),
    5: ("D4-17", "D4-18", "D4-23"),
    6: ("D4-01", "D4-19", "D4-20", "D4-23"),
    7: ("D4-07", "D4-08"),
    8: ("D4-35", "D4-36"),
    9: ("D4-56", "D4-61"),
    10: ("D4-64", "D4-65"),
    11: ("D3-01", "D4-24"),
    12: ("D0-28", "D4-05", "D4-06"),
    14: ("D0-03", "D0-08"),
}
"""Where the documents contradict each other, or seem to: number in the list of contradictions -> rows it is about."""
UNKNOWN = "no_measure"
STEPS = ["id", "metric", "scope", "steps", "error"]


def compared_frame(published: pd.DataFrame, of: Evidence) -> pd.DataFrame:
    """Rows that this edition measures, beside their published figures.

    Columns: id, scope, metric, unit, comparison, published, digits, value, error, difference, z, nearest. `z` counts
    sampling errors beyond what the figure leaves open: its rounding, and for "under" and "over" all on that side. It
    is missing where there is no sampling error. `nearest` is the value closest to the published one that can occur,
    where that itself cannot: a share of eleven entities is never 12 percent.
    """
    rows = []
    for row in _wanted(published).itertuples():
        if not _measurable(row.id, of):
            continue
        found, digits = MEASURES[row.id](of), digits_of(row.value, row.unit)
        beyond = beyond_published(found.value - row.value, row.comparison, digits)
        z = beyond / found.error if found.error > 0 else np.nan
        kept = (row.id, row.scope, row.metric, row.unit, row.comparison, float(row.value), digits)
        nearest = nearest_possible(float(row.value), row.comparison, digits, found.among)
        rows.append((*kept, found.value, found.error, found.value - row.value, z, nearest))
    names = ["id", "scope", "metric", "unit", "comparison", "published", "digits", "value", "error", "difference", "z"]
    return pd.DataFrame(rows, columns=[*names, "nearest"])


def nearest_possible(published: float, comparison: str, digits: int, among: int | None) -> float:
    """The share of `among` units (percent) nearest to a published one; NaN where the published one can occur."""
    if among is None or comparison not in ("=", "~"):
        return np.nan
    nearest = 100 * round(published / 100 * among) / among
    return nearest if beyond_published(nearest - published, comparison, digits) else np.nan


def contradictions_frame(compared: pd.DataFrame) -> pd.DataFrame:
    """contradiction, id, metric, scope, published, comparison, value, digits: what is measured of each."""
    by_id = compared.set_index("id")
    rows = [(number, id_) for number, ids in CONTRADICTIONS.items() for id_ in ids if id_ in by_id.index]
    frame = pd.DataFrame(rows, columns=["contradiction", "id"])
    columns = ["metric", "scope", "published", "comparison", "value", "digits"]
    return frame.join(by_id[columns], on="id")


def steps_frame(compared: pd.DataFrame) -> pd.DataFrame:
    """id, metric, scope, steps, error: differences from published values, in half steps of their rounding."""
    own = compared[compared["comparison"].isin(["=", "~"]) & (compared["error"] > 0)]
    half = 0.5 * 10.0 ** -own["digits"]
    return own.assign(steps=own["difference"] / half, error=own["error"] / half)[STEPS].reset_index(drop=True)


def open_frame(published: pd.DataFrame, of: Evidence) -> pd.DataFrame:
    """id, scope, metric, value, unit, digits, missing: rows this edition cannot measure, and what it would need."""
    rows = _wanted(published)
    rows = rows[[not _measurable(i, of) for i in rows["id"]]]
    missing = [NEEDS.get(i, UNKNOWN) for i in rows["id"]]
    digits = [digits_of(v, u) for v, u in zip(rows["value"], rows["unit"], strict=True)]
    columns = ["id", "scope", "metric", "value", "unit", "digits", "missing"]
    return rows.assign(missing=missing, digits=digits)[columns].reset_index(drop=True)


def reference_numbers(compared: pd.DataFrame, missing: pd.DataFrame) -> dict[str, Number]:
    """`reference.compared`, `.close` (within CLOSE sampling errors), `.beyond`, `.missing`, `.largest`."""
    z = compared["z"].dropna()
    return {
        "reference.compared": Number(len(compared)),
        "reference.close": Number(int((z.abs() <= CLOSE).sum())),
        "reference.beyond": Number(int((z.abs() > CLOSE).sum())),
        "reference.exact": Number(int(compared["z"].isna().sum())),
        "reference.impossible": Number(int(compared["nearest"].notna().sum())),
        "reference.missing": Number(len(missing)),
        "reference.limit": Number(CLOSE),
    }


def digits_of(value: float, unit: str) -> int:
    """Digits after the point with which a figure was published."""
    text = f"{float(value):.10f}".rstrip("0")
    return max(len(text.split(".")[1]), LEAST_DIGITS.get(unit, 0))


def beyond_published(difference: float, comparison: str, digits: int) -> float:
    """The part of a difference that neither rounding nor the comparison explains."""
    if comparison in ("<", "<="):
        return max(difference, 0.0)
    if comparison in (">", ">="):
        return min(difference, 0.0)
    half = 0.5 * 10.0**-digits
    return float(np.sign(difference) * max(abs(difference) - half, 0.0))


def _measurable(id_: str, of: Evidence) -> bool:
    return id_ in MEASURES and (id_ not in NEEDS or of.has(NEEDS[id_]))


def _wanted(published: pd.DataFrame) -> pd.DataFrame:
    return published[published["use"].str.startswith(USE)]
