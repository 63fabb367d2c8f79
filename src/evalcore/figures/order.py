"""Ranks with their intervals, and brackets around who cannot be told apart."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from evalcore.figures.layout import entity_names, label_rows, nothing, rank_axis, rows_figure
from evalcore.figures.style import ACCENT, MAIN
from evalcore.words import Words

FIRST, STEP = 1.02, 0.022
"""Where the brackets stand, as shares of the width of the axes."""


def draw_ranks(data: pd.DataFrame, words: Words) -> Figure:
    """Rank of each entity as a dot on its interval; a bracket joins a group that cannot be told apart.

    Parameters
    ----------
    data : DataFrame
        entity, rank, rank_lower, rank_upper, groups (numbers with blanks between), best first.
    """
    if data.empty:
        return nothing(words)
    figure, axes = rows_figure(len(data))
    rows = np.arange(len(data))
    axes.hlines(rows, data["rank_lower"], data["rank_upper"], color=MAIN, alpha=0.35, linewidth=6, capstyle="round")
    axes.plot(data["rank"], rows, "o", color=MAIN, markersize=6)
    for column, first, last in _brackets(data["groups"]):
        x = FIRST + column * STEP
        axes.plot(
            [x, x],
            [first - 0.25, last + 0.25],
            color=ACCENT,
            linewidth=2,
            clip_on=False,
            transform=axes.get_yaxis_transform(),
            solid_capstyle="butt",
        )
    label_rows(axes, entity_names(data["entity"], words))
    rank_axis(axes, len(data), words)
    return figure


def _brackets(groups: pd.Series) -> list[tuple[int, int, int]]:
    """Column, first and last row of each group of several, in as few columns as keep brackets apart."""
    rows: dict[int, list[int]] = {}
    for row, own in enumerate(groups):
        for group in own.split():
            rows.setdefault(int(group), []).append(row)
    ends: list[int] = []
    found = []
    for members in (rows[group] for group in sorted(rows) if len(rows[group]) > 1):
        column = next((k for k, end in enumerate(ends) if end < members[0]), len(ends))
        ends[column : column + 1] = [members[-1]]
        found.append((column, members[0], members[-1]))
    return found
