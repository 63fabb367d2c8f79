"""Figures of an index of given values."""

from itertools import cycle

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from evalcore.figures.labels import label_points
from evalcore.figures.layout import WIDTH, label_rows, legend_above, nothing, rank_axis, rows_figure, write_values
from evalcore.figures.robustness import draw_indicators
from evalcore.figures.style import INK, MAIN, PALE, SEQUENCE, WARM
from evalcore.words import Words

ROWS, NAMED = 60, 10
"""Units that have a row each in one readable figure; beyond, so many with the widest ranges are named."""

BANDS = (("all", PALE, 11), ("weights", WARM, 6))
"""Sensitivity ranges, the wide one first: name, colour, width."""


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


def draw_ranges(data: pd.DataFrame, words: Words) -> Figure:
    """Rank of each unit with its two sensitivity ranges: a row each where they are few, else places won and lost.

    Parameters
    ----------
    data : DataFrame
        label, rank, weights_low, weights_high, all_low, all_high; best first.
    """
    return _side_by_side(data, words) if len(data) > ROWS else _in_rows(data, words)


def _in_rows(data: pd.DataFrame, words: Words) -> Figure:
    figure, axes = rows_figure(len(data), 1.2)
    at = np.arange(len(data))
    for name, colour, width in BANDS:
        ends = (data[f"{name}_low"] - 0.3, data[f"{name}_high"] + 0.3)
        axes.hlines(at, *ends, color=colour, linewidth=width, label=words(name))
    axes.plot(data["rank"], at, "o", color=MAIN, markersize=6, label=words("rank"))
    label_rows(axes, list(data["label"]))
    rank_axis(axes, len(data), words)
    legend_above(figure, axes)
    return figure


def _side_by_side(data: pd.DataFrame, words: Words) -> Figure:
    """Ranges as distances from the rank, so that hundreds of units fit; those with the widest are named."""
    figure, axes = plt.subplots(figsize=(WIDTH, 4.6), layout="constrained")
    at = np.arange(len(data))
    for name, colour, width in BANDS:
        ends = (data[f"{end}"] - data["rank"] for end in (f"{name}_low", f"{name}_high"))
        axes.vlines(at, *ends, color=colour, linewidth=width * 45 / len(data), label=words(name))
    axes.axhline(0, color=MAIN, linewidth=1, label=words("rank"))
    axes.invert_yaxis()
    axes.set_xlim(-2, len(data) + 1)
    axes.set_xticks([0, *range(19, len(data), 20)], [1, *range(20, len(data) + 1, 20)])
    axes.set_xlabel(words("x"))
    axes.set_ylabel(words("moved"))
    legend_above(figure, axes)
    widest = (data["all_high"] - data["all_low"]).nlargest(NAMED).index
    low, high = (data[end][widest] - data["rank"][widest] for end in ("all_low", "all_high"))
    ends = np.where(high > -low, high, low).astype(float)
    label_points(axes, at[widest], ends, list(data["label"][widest]))
    return figure


def draw_choices(data: pd.DataFrame, words: Words) -> Figure:
    """What moves the ranks: first-order share and total of each choice.

    Parameters
    ----------
    data : DataFrame
        factor, first, total, 0 to 1; empty where no rank ever moves.
    """
    if data.empty:
        return nothing(words)
    figure, axes = rows_figure(len(data), extra=1.2)
    rows = np.arange(len(data))
    axes.barh(rows, 100 * data["total"], color=PALE, height=0.62, label=words("total"))
    axes.barh(rows, 100 * data["first"].clip(lower=0), color=MAIN, height=0.36, label=words("first"))
    write_values(axes, 100 * data["total"], [f"{100 * share:.0f}" for share in data["first"]])
    label_rows(axes, [words(factor) for factor in data["factor"]])
    axes.set_xlim(0, 105)
    axes.set_xlabel(words("x"))
    legend_above(figure, axes)
    return figure


def draw_effective(data: pd.DataFrame, words: Words) -> Figure:
    """Weights of the indicators as meant and as they work; data as `robustness.draw_indicators`."""
    return draw_indicators(data, words, "given")


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
