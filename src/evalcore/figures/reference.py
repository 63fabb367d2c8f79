"""Where this edition lies within the rounding of what was published."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from evalcore.figures.layout import LONG_NAME, label_rows, nothing, rows_figure
from evalcore.figures.style import ACCENT, MAIN, PALE
from evalcore.words import Words

FURTHEST = 4.0
"""Half steps of the published figure; what lies beyond is drawn at the edge, in another colour."""


def draw_reference(data: pd.DataFrame, words: Words) -> Figure:
    """Difference from each published figure with two sampling errors, in half steps of its rounding.

    Parameters
    ----------
    data : DataFrame
        id, metric, scope, steps (difference), error (one sampling error, same unit); in order. May be empty.
    """
    if data.empty:
        return nothing(words)
    figure, axes = rows_figure(len(data))
    rows, steps, error = np.arange(len(data)), data["steps"].to_numpy(), 2 * data["error"].to_numpy()
    shown = np.clip(steps, -FURTHEST, FURTHEST)
    colours = np.where(np.abs(steps) > FURTHEST, ACCENT, MAIN)
    axes.axvspan(-1, 1, color=PALE, alpha=0.5)
    axes.hlines(rows, *(np.clip(end, -FURTHEST, FURTHEST) for end in (steps - error, steps + error)), color=colours)
    axes.scatter(shown, rows, color=colours, s=18, zorder=3)
    names = [f"{r.id}  {words.published_figure(r.metric, r.scope)}" for r in data.itertuples()]
    label_rows(axes, names, LONG_NAME + 14, 1)
    axes.set_xlim(-FURTHEST - 0.2, FURTHEST + 0.2)
    axes.set_xlabel(words("x"))
    return figure
