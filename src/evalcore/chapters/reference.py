"""Appendix: what the reference documents publish, against this edition."""

import numpy as np
import pandas as pd

from evalcore.chapters.evidence import Evidence
from evalcore.chapters.measures import MEASURES
from evalcore.words import Number

USE = "calibrate"
"""Rows that the demonstration world is meant to reproduce begin their `use` with this word."""
LEAST_DIGITS = {"points of 5": 1, "Pearson r": 2}
"""Digits with which a unit is published, where a spreadsheet drops the last 0."""
CLOSE = 3.0
"""Sampling errors within which a figure counts as reproduced."""
MISSING = {
    "D0-14": "repairer",
    "D0-19": "repair_survey",
    "D0-22": "price",
    "D0-28": "purchases",
    "D3-25": "monitoring_survey",
    "D3-34": "intents",
    "D3-39": "capability_survey",
    "D4-30": "policy_inventory",
    "D4-54": "driver_model",
    "D4-55": "driver_model",
    "D4-79": "policy_inventory",
    "D4-81": "policy_inventory",
    "D4-86": "policy_inventory",
    "D4-87": "policy_inventory",
    "D4-126": "purchases",
}
"""Row -> what this edition would need for it; key of a word."""
MISSING_BY_TOPIC = {
    "maternal and infant": "maternal_survey",
    "capability survey": "capability_survey",
    "economics": "cost_accounts",
}
UNKNOWN = "no_measure"
STEPS = ["id", "metric", "scope", "steps", "error"]


def compared_frame(published: pd.DataFrame, of: Evidence) -> pd.DataFrame:
    """Rows that this edition measures, beside their published figures.

    Columns: id, scope, metric, unit, comparison, published, digits, value, error, difference, z. `z` counts sampling
    errors beyond what the figure leaves open: its rounding, and for "under" and "over" all on that side. It is
    missing where there is no sampling error.
    """
    rows = []
    for row in _wanted(published).itertuples():
        if row.id not in MEASURES:
            continue
        found, digits = MEASURES[row.id](of), digits_of(row.value, row.unit)
        beyond = beyond_published(found.value - row.value, row.comparison, digits)
        z = beyond / found.error if found.error > 0 else np.nan
        kept = (row.id, row.scope, row.metric, row.unit, row.comparison, float(row.value), digits)
        rows.append((*kept, found.value, found.error, found.value - row.value, z))
    names = ["id", "scope", "metric", "unit", "comparison", "published", "digits", "value", "error", "difference", "z"]
    return pd.DataFrame(rows, columns=names)


def steps_frame(compared: pd.DataFrame) -> pd.DataFrame:
    """id, metric, scope, steps, error: differences from published values, in half steps of their rounding."""
    own = compared[compared["comparison"].isin(["=", "~"]) & (compared["error"] > 0)]
    half = 0.5 * 10.0 ** -own["digits"]
    return own.assign(steps=own["difference"] / half, error=own["error"] / half)[STEPS].reset_index(drop=True)


def open_frame(published: pd.DataFrame) -> pd.DataFrame:
    """id, scope, metric, value, unit, digits, missing: rows this edition cannot measure, and what it would need."""
    rows = _wanted(published)
    rows = rows[~rows["id"].isin(MEASURES)]
    missing = [MISSING.get(i, MISSING_BY_TOPIC.get(t, UNKNOWN)) for i, t in zip(rows["id"], rows["topic"], strict=True)]
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


def _wanted(published: pd.DataFrame) -> pd.DataFrame:
    return published[published["use"].str.startswith(USE)]
