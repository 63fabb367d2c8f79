"""One entity against the middle of all: its profile over the indicators."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from evalcore.figures.layout import LONG_NAME, indicator_names, label_rows, rows_figure
from evalcore.figures.style import ACCENT, MAIN, QUIET
from evalcore.words import Words


def draw_profile(data: pd.DataFrame, words: Words) -> Figure:
    """Score of every indicator beside the median of all entities; longer lines are larger differences.

    Parameters
    ----------
    data : DataFrame
        indicator (in order), score, median: points of 100; rows without a score are named but empty.
    """
    figure, axes = rows_figure(len(data), extra=0.9)
    rows = np.arange(len(data))
    better = (data["score"] >= data["median"]).to_numpy()
    for mask, colour in ((better, MAIN), (~better, ACCENT)):
        axes.hlines(rows[mask], data["median"][mask], data["score"][mask], color=colour, linewidth=2)
        axes.plot(data["score"][mask], rows[mask], "o", color=colour, markersize=6)
    axes.plot(data["median"], rows, "|", color=QUIET, markersize=10)
    label_rows(axes, indicator_names(data["indicator"], words), LONG_NAME)
    axes.set_xlim(0, 104)
    axes.set_xlabel(words("x"))
    return figure
