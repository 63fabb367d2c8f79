"""The expert panel: fair scores beside plain means, severities, ranks without each expert in turn."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from evalcore.figures.layout import (
    ROW,
    WIDTH,
    entity_names,
    hide_rest,
    label_rows,
    legend_above,
    nothing,
    rows_figure,
    write_values,
)
from evalcore.figures.style import ACCENT, MAIN, QUIET, WARM
from evalcore.words import Words


def draw_scores(data: pd.DataFrame, words: Words) -> Figure:
    """Severity-adjusted scores with intervals and plain means, a panel per dimension, entities in one order.

    Parameters
    ----------
    data : DataFrame
        entity (in order), dimension, value, low, high, raw; points of 100.
    """
    known = data.dropna(subset="value")
    if known.empty:
        return nothing(words)
    entities, dimensions = list(dict.fromkeys(known["entity"])), list(dict.fromkeys(known["dimension"]))
    rows = (len(dimensions) + 1) // 2
    figure, panels = plt.subplots(
        rows, 2, figsize=(WIDTH, rows * (max(0.8 * ROW * len(entities), 0.8) + 0.7) + 0.4), layout="constrained",
        sharex=True, sharey=True, squeeze=False,
    )  # fmt: skip
    for axes, dimension in zip(panels.flat, dimensions, strict=False):
        own = known[known["dimension"] == dimension].set_index("entity").reindex(entities)
        at = np.arange(len(entities))
        axes.hlines(at, own["low"], own["high"], color=MAIN, alpha=0.35, linewidth=5)
        axes.plot(own["value"], at, "o", color=MAIN, markersize=5, label=words("fair"))
        axes.plot(own["raw"], at, "o", markersize=8, markerfacecolor="none", markeredgecolor=WARM, label=words("raw"))
        axes.set_title(words.name("dimensions", dimension), loc="left")
        axes.set_ylim(len(entities) - 0.4, -0.6)
    for axes in panels[:, 0]:
        label_rows(axes, entity_names(entities, words))
    for axes in panels[:, 1]:
        axes.grid(axis="y", visible=False)
    hide_rest(panels, len(dimensions))
    for axes in panels[-1]:
        axes.set_xlabel(words("x"))
    legend_above(figure, panels[0, 0])
    return figure


def draw_severity(data: pd.DataFrame, words: Words) -> Figure:
    """Points that each expert gives less than the panel, with interval; who is outstanding in another colour.

    Parameters
    ----------
    data : DataFrame
        expert, severity, low, high, outstanding ("severe", "lenient" or ""), the severest first.
    """
    figure, axes = rows_figure(len(data))
    rows = np.arange(len(data))
    axes.axvline(0, color=QUIET, linewidth=0.8)
    for mask, colour in ((data["outstanding"] != "", ACCENT), (data["outstanding"] == "", MAIN)):
        own = data[mask]
        axes.hlines(rows[mask], own["low"], own["high"], color=colour, alpha=0.35, linewidth=6)
        axes.plot(own["severity"], rows[mask], "o", color=colour, markersize=6)
    told = [words(name) if name else "" for name in data["outstanding"]]
    write_values(axes, data["high"], told)
    label_rows(axes, list(data["expert"]))
    axes.set_xlabel(words("x"))
    axes.margins(x=0.15)
    return figure


def draw_ranges(data: pd.DataFrame, words: Words) -> Figure:
    """Rank with everybody, and the ranks it takes when any one expert is left out.

    Parameters
    ----------
    data : DataFrame
        entity, rank, best, worst, mover (missing where none moves it); best first.
    """
    if data.empty:
        return nothing(words)
    figure, axes = rows_figure(len(data))
    rows = np.arange(len(data))
    axes.hlines(rows, data["best"], data["worst"], color=WARM, linewidth=6)
    axes.plot(data["rank"], rows, "o", color=MAIN, markersize=6)
    told = [words("without", expert=name) if isinstance(name, str) else "" for name in data["mover"]]
    write_values(axes, data["worst"], told)
    label_rows(axes, entity_names(data["entity"], words))
    axes.set_xlim(0.5, len(data) + 2.5)
    axes.set_xticks(range(1, len(data) + 1))
    axes.set_xlabel(words("x"))
    return figure
