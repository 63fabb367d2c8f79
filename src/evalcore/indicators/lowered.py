"""Which values a second source has lowered."""

import pandas as pd

from evalcore.edition import Edition
from evalcore.indicators.combine import significantly_below
from evalcore.indicators.estimate import effective_n, point
from evalcore.indicators.pool import pool


def lowered(cells: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """Values of the year that are those of a second source, because it lies significantly below (rule `lower_to`).

    Parameters
    ----------
    cells : DataFrame
        As `evalcore.schema.CELLS`.

    Returns
    -------
    DataFrame
        indicator, entity; in the order of the framework, then of the identifiers.
    """
    pooled = pool(cells)
    found = [
        (indicator.id, entity)
        for indicator in edition.indicators.values()
        for part, rule in enumerate(indicator.combine, start=1)
        if rule.rule == "lower_to"
        for entity in _below(_shares(pooled, indicator.id, part), _shares(pooled, indicator.id, 0), rule.confidence)
    ]
    return pd.DataFrame(found, columns=["indicator", "entity"])


def _shares(pooled: pd.DataFrame, indicator: str, part: int) -> pd.DataFrame:
    own = pooled[(pooled["indicator"] == indicator) & (pooled["part"] == part)].set_index("entity")
    return pd.DataFrame({"share": point(own), "rows": effective_n(own)}, index=own.index)


def _below(other: pd.DataFrame, main: pd.DataFrame, confidence: float) -> list[str]:
    known = main.index.intersection(other.index)
    counts = ((source.loc[known, "share"].to_numpy(), source.loc[known, "rows"].to_numpy()) for source in (other, main))
    return list(known[significantly_below(*counts, confidence)])
