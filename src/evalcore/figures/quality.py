"""What became of the raw rows, and how the framework's weight is spread."""

from itertools import cycle

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from evalcore.figures.labels import fold
from evalcore.figures.layout import (
    LONG_NAME,
    indicator_names,
    label_rows,
    legend_above,
    nothing,
    panel_rows,
    rows_figure,
    write_values,
)
from evalcore.figures.style import SEQUENCE, WARM
from evalcore.words import Words


def draw_waterfall(data: pd.DataFrame, words: Words) -> Figure:
    """Rows removed by each rule, in percent of the source's raw rows.

    Parameters
    ----------
    data : DataFrame
        source, step (rule id), removed, raw; one row per rule in the order of application. May be empty.
    """
    if data.empty:
        return nothing(words)
    sources = list(dict.fromkeys(data["source"]))
    figure, panels = panel_rows([int((data["source"] == source).sum()) for source in sources])
    for axes, source in zip(panels, sources, strict=True):
        own = data[data["source"] == source]
        share = (100 * own["removed"] / own["raw"]).to_numpy()
        axes.barh(range(len(own)), share, color=WARM, height=0.6)
        write_values(axes, share, [f"{removed:,}" for removed in own["removed"]])
        label_rows(axes, [words.rule(source, rule) for rule in own["step"]], LONG_NAME)
        axes.set_title(fold(words.source(source), 70, 1), loc="left", fontsize=9.5)
        axes.margins(x=0.12)
    panels[-1].set_xlim(left=0)
    panels[-1].set_xlabel(words("x"))
    return figure


def draw_weights(data: pd.DataFrame, words: Words) -> Figure:
    """Weight of every indicator in the composite, percent, coloured by dimension.

    Parameters
    ----------
    data : DataFrame
        dimension, indicator (both in order), effective: percent of the whole.
    """
    figure, axes = rows_figure(len(data))
    rows, dimension = np.arange(len(data)), data["dimension"].to_numpy()
    for id_, colour in zip(dict.fromkeys(dimension), cycle(SEQUENCE), strict=False):
        own = dimension == id_
        axes.barh(rows[own], data["effective"][own], color=colour, height=0.66, label=words.name("dimensions", id_))
    write_values(axes, data["effective"], [f"{weight:.1f}" for weight in data["effective"]])
    label_rows(axes, indicator_names(data["indicator"], words), LONG_NAME)
    axes.set_xlabel(words("x"))
    legend_above(figure, axes)
    return figure
