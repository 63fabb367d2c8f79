"""What sets scores apart from their mean: diverging stacked bars."""

from itertools import cycle

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from evalcore.figures.layout import entity_names, label_rows, legend_above, nothing, rows_figure
from evalcore.figures.style import INK, SEQUENCE
from evalcore.words import Words

HATCHES = ("", "////", "", "\\\\\\\\", "....", "||||")
"""Beside the colour: for many readers red and green, and blue and violet of the palette, look alike."""


def draw_decomposition(data: pd.DataFrame, words: Words) -> Figure:
    """Contributions of the dimensions to score - mean, to the right of zero where they raise it.

    Parameters
    ----------
    data : DataFrame
        entity (best first), dimension (in the order of the framework), points.
    """
    if data.empty:
        return nothing(words)
    dimensions = list(dict.fromkeys(data["dimension"]))
    table = data.pivot(index="entity", columns="dimension", values="points").loc[data["entity"].unique(), dimensions]
    figure, axes = rows_figure(len(table), extra=1.1)
    rows, ends = np.arange(len(table)), {1: np.zeros(len(table)), -1: np.zeros(len(table))}
    for dimension, colour, hatch in zip(dimensions, cycle(SEQUENCE), cycle(HATCHES), strict=False):
        points = table[dimension].to_numpy()
        start = np.where(points > 0, ends[1], ends[-1])
        axes.barh(
            rows,
            points,
            left=start,
            color=colour,
            hatch=hatch,
            edgecolor="white",
            linewidth=0,
            height=0.62,
            label=words.name("dimensions", dimension),
        )
        for sign in ends:
            ends[sign] = ends[sign] + np.where(points * sign > 0, points, 0)
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.plot(table.sum(axis=1), rows, "o", color="white", markeredgecolor=INK, markersize=6, label=words("total"))
    label_rows(axes, entity_names(table.index, words))
    axes.set_xlabel(words("x"))
    legend_above(figure, axes)
    return figure
