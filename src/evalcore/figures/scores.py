"""Scores of the entities: ordered with intervals, in parts, by level, against each other."""

from itertools import cycle

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure

from evalcore.figures.heat import heat_map
from evalcore.figures.labels import fold, label_points
from evalcore.figures.layout import (
    NAME,
    ROW,
    WIDTH,
    entity_names,
    hide_rest,
    label_rows,
    nothing,
    percent_rows,
    rows_figure,
    write_values,
)
from evalcore.figures.style import ACCENT, CALM, MAIN, PALE, QUIET, SEQUENCE, WARM, ink_on
from evalcore.words import Words


def draw_ranking(data: pd.DataFrame, words: Words) -> Figure:
    """Composite scores in order, each with its interval and, where something is unreported, its upper bound.

    Parameters
    ----------
    data : DataFrame
        entity, low, high, lower, upper, best first; points of 100.
    """
    figure, axes = rows_figure(len(data))
    rows = np.arange(len(data))
    axes.hlines(rows, data["lower"], data["upper"], color=MAIN, alpha=0.35, linewidth=6)
    open_ = (data["high"] - data["low"] > 0.05).to_numpy()
    axes.hlines(rows[open_], data["low"][open_], data["high"][open_], color=WARM, linewidth=1.5)
    axes.plot(data["high"][open_], rows[open_], "|", color=WARM, markersize=9)
    axes.plot(data["low"], rows, "o", color=MAIN, markersize=6)
    write_values(axes, data[["low", "upper", "high"]].max(axis=1), [f"{score:.1f}" for score in data["low"]])
    label_rows(axes, entity_names(data["entity"], words))
    axes.set_xlabel(words("x"))
    axes.margins(x=0.08)
    return figure


def draw_parts(data: pd.DataFrame, words: Words) -> Figure:
    """Composite scores as sums: base points, bonus points, experts' share.

    Parameters
    ----------
    data : DataFrame
        entity, base, bonus, expert, low; they add up to low.
    """
    figure, axes = rows_figure(len(data), extra=1.2)
    left = np.zeros(len(data))
    for part, colour in (("base", MAIN), ("bonus", WARM), ("expert", CALM)):
        if data[part].any():
            axes.barh(range(len(data)), data[part], left=left, color=colour, height=0.62, label=words(part))
        left = left + data[part].to_numpy()
    write_values(axes, data["low"], [f"{score:.1f}" for score in data["low"]])
    return percent_rows(figure, axes, data["entity"], words)


def draw_levels(data: pd.DataFrame, words: Words) -> Figure:
    """Probability of each level, one bar per entity; the lowest level is warm, the others darken as they rise.

    Parameters
    ----------
    data : DataFrame
        entity, and one column per level id in rising order with probabilities that add up to one.
    """
    levels = [name for name in data.columns if name != "entity"]
    shades = [*sns.light_palette(ACCENT, 5)[2:3], *sns.light_palette(MAIN, len(levels) + 1)[2:]]
    figure, axes = rows_figure(len(data), extra=1.2)
    left = np.zeros(len(data))
    for level, shade in zip(levels, shades, strict=True):
        share = 100 * data[level].fillna(0).to_numpy()
        if share.any():
            bars = axes.barh(range(len(data)), share, left=left, color=shade, height=0.62, label=words.level(level))
            written = [f"{percent:.0f}" if percent >= 5 else "" for percent in share]
            axes.bar_label(bars, written, label_type="center", fontsize=8.5, color=ink_on(shade))
        left = left + share
    return percent_rows(figure, axes, data["entity"], words)


def draw_ahead(data: pd.DataFrame, words: Words) -> Figure:
    """Probability that the row's entity scores above the column's, in percent.

    Parameters
    ----------
    data : DataFrame
        entity, other, probability; entities in order of the ranking. Empty where only one is rated.
    """
    if data.empty:
        return nothing(words)
    order = list(dict.fromkeys(data["entity"]))
    wide = data.pivot(index="entity", columns="other", values="probability")
    names = entity_names(order, words)
    palette = sns.diverging_palette(22, 236, s=75, l=45, as_cmap=True)
    return heat_map(100 * wide.reindex(index=order, columns=order), names, names, palette, 0)


def draw_periods(data: pd.DataFrame, words: Words) -> Figure:
    """Composite per period, one small panel per entity against the mean of all.

    Parameters
    ----------
    data : DataFrame
        entity, group (period, in order), low, lower, upper.
    """
    entities, periods = list(dict.fromkeys(data["entity"])), list(dict.fromkeys(data["group"]))
    columns = min(5, len(entities))
    rows = -(-len(entities) // columns)
    figure, panels = plt.subplots(
        rows, columns, figsize=(WIDTH, 1.55 * rows + 0.5), sharex=True, sharey=True, squeeze=False, layout="constrained"
    )
    mean = data.groupby("group")["low"].mean().reindex(periods)
    x = np.arange(len(periods))
    for axes, entity in zip(panels.flat, entities, strict=False):
        own = data[data["entity"] == entity].set_index("group").reindex(periods)
        axes.plot(x, mean, color=CALM, linewidth=1.5)
        axes.fill_between(x, own["lower"], own["upper"], color=MAIN, alpha=0.2, linewidth=0)
        axes.plot(x, own["low"], color=MAIN, marker="o", markersize=3)
        axes.set_title(fold(words.name("entities", entity), 90 // columns, 1), loc="left", fontsize=9)
        axes.tick_params(labelsize=8)
    step = max(1, len(periods) // 4)
    panels.flat[0].set_xticks(x[::step], periods[::step])  # shared by all
    hide_rest(panels, len(entities))
    figure.supylabel(words("y"), fontsize=9, color=QUIET)
    return figure


def draw_dimensions(data: pd.DataFrame, words: Words) -> Figure:
    """One panel per dimension on one scale, at most five beside each other, entities in the order of the ranking.

    Parameters
    ----------
    data : DataFrame
        entity (in order), dimension (in order), low, lower, upper.
    """
    entities, dimensions = list(dict.fromkeys(data["entity"])), list(dict.fromkeys(data["dimension"]))
    lines = -(-len(dimensions) // 5)
    columns = -(-len(dimensions) // lines)
    figure, panels = plt.subplots(
        lines, columns, figsize=(WIDTH, lines * (max(ROW * len(entities), 0.6) + 0.7) + 0.3), sharex=True, sharey=True,
        squeeze=False, layout="constrained",
    )  # fmt: skip
    rows = np.arange(len(entities))
    for axes, dimension, colour in zip(panels.flat, dimensions, cycle(SEQUENCE), strict=False):
        own = data[data["dimension"] == dimension].set_index("entity").reindex(entities)
        axes.axvline(own["low"].mean(), color=PALE, linewidth=1.5, zorder=0)
        axes.hlines(rows, own["lower"], own["upper"], color=colour, alpha=0.35, linewidth=5)
        axes.plot(own["low"], rows, "o", color=colour, markersize=5)
        axes.set_title(fold(words.name("dimensions", dimension), 76 // columns), loc="left", fontsize=9)
        axes.locator_params(axis="x", nbins=4)
        axes.tick_params(axis="x", labelsize=8)
    panels.flat[0].set_ylim(len(entities) - 0.4, -0.6)
    for axes in panels.flat:
        label_rows(axes, entity_names(entities, words), NAME)
    hide_rest(panels, len(dimensions))
    figure.supxlabel(words("x"), fontsize=9, color=QUIET)
    return figure


def draw_speed(data: pd.DataFrame, words: Words) -> Figure:
    """Response score against first-contact resolution: fast is not solved.

    Parameters
    ----------
    data : DataFrame
        entity, response (points), resolution (percent).
    """
    figure, axes = plt.subplots(figsize=(WIDTH, 4.8), layout="constrained")
    axes.axhline(data["resolution"].mean(), color=PALE, zorder=0)
    axes.axvline(data["response"].mean(), color=PALE, zorder=0)
    axes.plot(data["response"], data["resolution"], "o", color=ACCENT)
    axes.set(xlabel=words("x"), ylabel=words("y"))
    axes.margins(0.12)
    room = 20 if len(data) <= 30 else 14
    names = [fold(name, room, 1) for name in entity_names(data["entity"], words)]
    label_points(axes, data["response"].to_numpy(), data["resolution"].to_numpy(), names)
    return figure
