"""Ranks with their intervals, in groups that cannot be told apart."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from evalcore.figures.layout import entity_names, label_rows, nothing, rows_figure
from evalcore.figures.style import MAIN, PALE
from evalcore.words import Words


def draw_ranks(data: pd.DataFrame, words: Words) -> Figure:
    """Rank of each entity as a dot on its interval; neighbouring groups differ in their ground.

    Parameters
    ----------
    data : DataFrame
        entity, rank, rank_lower, rank_upper, group (1 on top), best first.
    """
    if data.empty:
        return nothing(words)
    figure, axes = rows_figure(len(data))
    rows = np.arange(len(data))
    for group, members in data.groupby("group").groups.items():
        if group % 2:
            axes.axhspan(min(members) - 0.5, max(members) + 0.5, color=PALE, alpha=0.45, zorder=0)
    axes.hlines(rows, data["rank_lower"], data["rank_upper"], color=MAIN, alpha=0.35, linewidth=6, capstyle="round")
    axes.plot(data["rank"], rows, "o", color=MAIN, markersize=6)
    label_rows(axes, entity_names(data["entity"], words))
    axes.set_xlim(0.4, len(data) + 0.6)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=16, integer=True, min_n_ticks=1))
    axes.set_xlabel(words("x"))
    return figure
