"""Small cells are hidden, and others with them where a published sum would give the hidden one away."""

import numpy as np
import pandas as pd

from evalcore.edition import Edition, Measure, Source
from evalcore.indicators.pool import pool


def suppressed(counts: np.ndarray, measured: np.ndarray, whole: np.ndarray, edition: Edition) -> np.ndarray:
    """Which cells are not to be shown: too few persons, or needed to keep those hidden (complementary suppression).

    Parameters
    ----------
    counts : ndarray, shape (entity, group, indicator)
        Rows behind each cell.
    measured : ndarray, shape (entity, group, indicator)
        Cells that have a value.
    whole : ndarray, shape (entity, indicator)
        Rows of the year, as `whole_counts` gives them: the groups' sums are published.

    Returns
    -------
    ndarray of bool, shape (entity, group, indicator)
        Within an entity and an indicator no single cell is hidden whose rest is shown, and the hidden ones together
        have `minimum_cell` rows at least, because their sum can be worked out. What is hidden of an entity in the
        year is hidden in all groups.
    """
    fewest = _fewest(edition)
    hidden = np.zeros(counts.shape, dtype=bool)
    for i, _, k in np.ndindex(counts.shape[0], 1, counts.shape[2]):
        hidden[i, :, k] = protected(counts[i, :, k], measured[i, :, k], fewest[k])
    return hidden | (_hidden_in_year(whole, edition)[:, None, :] & measured)


def protected(counts: np.ndarray, measured: np.ndarray, fewest: float) -> np.ndarray:
    """Which cells of one line with a known sum are hidden: the small ones, then the smallest others, in order.

    >>> protected(np.array([40, 5, 90]), np.array([True, True, True]), 30)
    array([ True,  True, False])
    """
    hidden = measured & (counts < fewest)
    for k in np.argsort(counts, kind="stable"):
        if not hidden.any() or (hidden.sum() > 1 and counts[hidden].sum() >= fewest):
            break
        hidden[k] |= measured[k]
    return hidden


def whole_counts(cells: pd.DataFrame, edition: Edition) -> np.ndarray:
    """Rows of the year behind each main measure, shape (entity, indicator)."""
    main = pool(cells[cells["part"] == 0])
    wide = main.pivot(index="entity", columns="indicator", values="n")
    return wide.reindex(index=[e.id for e in edition.entities], columns=list(edition.indicators)).fillna(0).to_numpy()


def _hidden_in_year(whole: np.ndarray, edition: Edition) -> np.ndarray:
    """Hidden in the year, shape (entity, indicator); the number of all valid rows of a source is published."""
    fewest, hidden = _fewest(edition), (whole > 0) & (whole < _fewest(edition))
    for k, indicator in enumerate(edition.indicators.values()):
        if _counts_everybody(indicator.measure, edition.sources[indicator.measure.source]):
            hidden[:, k] = protected(whole[:, k], whole[:, k] > 0, fewest[k])
    return hidden


def _counts_everybody(measure: Measure, source: Source) -> bool:
    """Whether the rows behind a measure are all valid rows of its source, so that their sum is known."""
    filled = {name for name, column in source.columns.items() if not column.blank}
    known = all(condition.known and condition.column in filled for condition in measure.among)
    return known and (measure.column is None or measure.column in filled) and measure.statistic != "ratio"


def _fewest(edition: Edition) -> np.ndarray:
    """Rows a cell of each indicator needs to be shown, shape (indicator,); nothing where rows are no persons."""
    personal = [edition.sources[i.measure.source].personal for i in edition.indicators.values()]
    return np.where(personal, edition.minimum_cell, 0)
