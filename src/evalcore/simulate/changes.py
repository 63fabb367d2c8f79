"""The year before: the same platforms, a few of which really change afterwards."""

import pandas as pd

from evalcore.edition import Edition
from evalcore.streams import stream

DIFFERENCE = 0.3
"""Points of a dimension by which a year differs where nothing really changed."""
CHANGES = {"drop": {"R": 5.0, "S": 6.0, "E": 4.0}, "rise": {"R": -5.0, "S": -6.0, "E": -4.0}}
"""What really changes -> points by which the year before was better."""
PLANTED = ("drop", "drop", "rise")
BEST = 96.0
SIZE = "head"
"""Changes are planted among head platforms, whose scores leave room on both sides."""


def earlier(edition: Edition, dimensions: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, str]]:
    """Dimension scores of the edition's own year, and what changes after it.

    Parameters
    ----------
    dimensions : DataFrame
        Scores of the following year; the edition's own where it names no following one.
    """
    if edition.simulation.following is None:
        return dimensions, {}
    rng = stream(edition.simulation.seed, "truth/changes")
    platforms = [e.id for e in edition.entities if e.size == SIZE]
    chosen = [str(p) for p in rng.permutation(platforms)[: len(PLANTED)]]
    changes = dict(zip(chosen, PLANTED, strict=False))
    before = dimensions + rng.normal(0, DIFFERENCE, dimensions.shape)
    for platform, kind in changes.items():
        before.loc[platform] += pd.Series(CHANGES[kind]).reindex(before.columns, fill_value=0.0)
    return before.clip(upper=BEST), changes
