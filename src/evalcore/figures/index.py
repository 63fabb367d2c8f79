"""Figures of an index of given values."""

from itertools import cycle

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from evalcore.figures.layout import WIDTH, label_rows, legend_above, rows_figure
from evalcore.figures.style import INK, MAIN, SEQUENCE
from evalcore.words import Words


def draw_leaders(data: pd.DataFrame, words: Words) -> Figure:
    """The units in front: score of the index and of the nodes right below it.

    Parameters
    ----------
    data : DataFrame
        label, the root's column, then a column per node below it; best first.
    """
    root, *nodes = [name for name in data.columns if name != "label"]
    figure, axes = rows_figure(len(data), extra=1.2)
    rows = np.arange(len(data))
    for node, colour in zip(nodes, cycle(SEQUENCE[1:]), strict=False):
        axes.plot(data[node], rows, "o", color=colour, markersize=5, alpha=0.85, label=words.node(node))
    axes.plot(data[root], rows, "D", color=MAIN, markersize=6, label=words.node(root))
    label_rows(axes, list(data["label"]))
    axes.set_xlabel(words("x"))
    legend_above(figure, axes)
    return figure


def draw_course(data: pd.DataFrame, words: Words) -> Figure:
    """How the index is spread over the units, period by period.

    Parameters
    ----------
    data : DataFrame
        period (in order), lowest, quarter, median, three_quarters, highest.
    """
    figure, axes = plt.subplots(figsize=(WIDTH, 3.6), layout="constrained")
    at = np.arange(len(data))
    axes.fill_between(at, data["lowest"], data["highest"], color=MAIN, alpha=0.12, linewidth=0)
    axes.fill_between(at, data["quarter"], data["three_quarters"], color=MAIN, alpha=0.25, linewidth=0)
    axes.plot(at, data["median"], color=MAIN, linewidth=2)
    for name in ("lowest", "quarter", "median", "three_quarters", "highest"):
        place = (at[-1], data[name].iloc[-1])
        axes.annotate(
            words(name), place, xytext=(6, 0), textcoords="offset points", va="center", fontsize=8.5, color=INK
        )
    step = max(1, len(data) // 8)
    axes.set_xticks(at[::step], [words.name("periods", period) for period in data["period"][::step]])
    axes.set_ylabel(words("y"))
    return figure
