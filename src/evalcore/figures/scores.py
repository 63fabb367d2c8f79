"""Scores of the entities: ordered with intervals, in parts, by level, against each other."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure

from evalcore.figures.style import ACCENT, INK, MAIN, PALE, QUIET, SEQUENCE, WARM
from evalcore.words import Words

WIDTH, ROW = 7.2, 0.34
"""Inches: the width of a column of text, and the height of a row in a chart of entities."""


def rows_figure(count: int, extra: float = 0.9, width: float = WIDTH) -> tuple[Figure, plt.Axes]:
    """A figure with one row per entity; the first row is on top."""
    figure, axes = plt.subplots(figsize=(width, max(ROW * count, 0.8) + extra), layout="constrained")
    axes.set_ylim(count - 0.4, -0.6)
    return figure, axes


def name_rows(axes: plt.Axes, entities: pd.Series, words: Words) -> None:
    """Entity names on the vertical axis, horizontal grid off."""
    axes.set_yticks(range(len(entities)), [words.name("entities", entity) for entity in entities])
    axes.grid(axis="y", visible=False)


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
    right = data[["upper", "high"]].max(axis=1)
    for row, (edge, score) in enumerate(zip(right, data["low"], strict=True)):
        axes.annotate(f"{score:.1f}", (edge, row), xytext=(6, 0), textcoords="offset points", va="center", fontsize=9)
    name_rows(axes, data["entity"], words)
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
    figure, axes = rows_figure(len(data))
    left = np.zeros(len(data))
    for part, colour in (("base", MAIN), ("bonus", WARM), ("expert", "#9fb3c2")):
        axes.barh(range(len(data)), data[part], left=left, color=colour, height=0.62, label=words(part))
        left = left + data[part].to_numpy()
    for row, score in enumerate(data["low"]):
        axes.annotate(f"{score:.1f}", (score, row), xytext=(5, 0), textcoords="offset points", va="center", fontsize=9)
    name_rows(axes, data["entity"], words)
    axes.set_xlim(0, 100)
    axes.set_xlabel(words("x"))
    figure.legend(loc="outside upper left", ncols=3)
    return figure


def draw_levels(data: pd.DataFrame, words: Words) -> Figure:
    """Probability of each level, one bar per entity.

    Parameters
    ----------
    data : DataFrame
        entity, and one column per level id in rising order with probabilities that add up to one.
    """
    levels = [name for name in data.columns if name != "entity"]
    shades = sns.light_palette(MAIN, n_colors=len(levels) + 1)[1:]
    figure, axes = rows_figure(len(data))
    left = np.zeros(len(data))
    for level, shade in zip(levels, shades, strict=True):
        share = 100 * data[level].to_numpy()
        if share.max() > 0:
            axes.barh(range(len(data)), share, left=left, color=shade, height=0.62, label=words.level(level))
        left = left + share
    name_rows(axes, data["entity"], words)
    axes.set_xlim(0, 100)
    axes.set_xlabel(words("x"))
    figure.legend(loc="outside upper left", ncols=len(levels))
    return figure


def draw_ahead(data: pd.DataFrame, words: Words) -> Figure:
    """Probability that the row's entity scores above the column's, in percent.

    Parameters
    ----------
    data : DataFrame
        entity, other, probability; entities in order of the ranking.
    """
    order = list(dict.fromkeys(data["entity"]))
    table = 100 * data.pivot(index="entity", columns="other", values="probability").loc[order, order]
    names = [words.name("entities", entity) for entity in order]
    size = 0.42 * len(order) + 1.8
    figure, axes = plt.subplots(figsize=(min(size + 1, WIDTH + 1), size), layout="constrained")
    palette = sns.diverging_palette(22, 236, s=75, l=45, as_cmap=True)
    sns.heatmap(table, cmap=palette, center=50, vmin=0, vmax=100, annot=True, fmt=".0f", annot_kws={"size": 8},
                linewidths=0.8, cbar=False, ax=axes)
    axes.set(xlabel="", ylabel="")
    axes.set_yticks(np.arange(len(order)) + 0.5, names, rotation=0)
    axes.set_xticks(np.arange(len(order)) + 0.5, names, rotation=60, ha="right")
    return figure


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
    figure, panels = plt.subplots(rows, columns, figsize=(WIDTH, 1.55 * rows + 0.5), sharex=True, sharey=True,
                                  squeeze=False, layout="constrained")
    mean = data.groupby("group")["low"].mean().loc[periods]
    for axes, entity in zip(panels.flat, entities, strict=False):
        own = data[data["entity"] == entity]
        axes.plot(periods, mean, color=PALE, linewidth=2)
        axes.fill_between(own["group"], own["lower"], own["upper"], color=MAIN, alpha=0.2, linewidth=0)
        axes.plot(own["group"], own["low"], color=MAIN, marker="o", markersize=3)
        axes.set_title(words.name("entities", entity), loc="left", fontsize=9)
        axes.tick_params(labelsize=8)
    for axes in list(panels.flat)[len(entities):]:
        axes.set_visible(False)
    figure.supylabel(words("y"), fontsize=9, color=QUIET)
    return figure


def draw_dimensions(data: pd.DataFrame, words: Words) -> Figure:
    """One panel per dimension, entities in the order of the ranking.

    Parameters
    ----------
    data : DataFrame
        entity (in order), dimension, low, lower, upper.
    """
    entities, dimensions = list(dict.fromkeys(data["entity"])), list(dict.fromkeys(data["dimension"]))
    figure, panels = plt.subplots(1, len(dimensions), figsize=(WIDTH, ROW * len(entities) + 1.0), sharey=True,
                                  squeeze=False, layout="constrained")
    for axes, dimension, colour in zip(panels.flat, dimensions, SEQUENCE, strict=False):
        own = data[data["dimension"] == dimension].set_index("entity").reindex(entities)
        rows = np.arange(len(entities))
        axes.axvline(own["low"].mean(), color=PALE, linewidth=1.5, zorder=0)
        axes.hlines(rows, own["lower"], own["upper"], color=colour, alpha=0.35, linewidth=5)
        axes.plot(own["low"], rows, "o", color=colour, markersize=5)
        axes.set_title(words.name("dimensions", dimension), loc="left", fontsize=9)
    panels.flat[0].set_ylim(len(entities) - 0.4, -0.6)
    for axes in panels.flat:
        name_rows(axes, pd.Series(entities), words)
    figure.supxlabel(words("x"), fontsize=9, color=QUIET)
    return figure


def draw_speed(data: pd.DataFrame, words: Words) -> Figure:
    """Response score against first-contact resolution: fast is not solved.

    Parameters
    ----------
    data : DataFrame
        entity, response (points), resolution (percent).
    """
    figure, axes = plt.subplots(figsize=(WIDTH * 0.8, 4.2), layout="constrained")
    axes.axhline(data["resolution"].mean(), color=PALE, zorder=0)
    axes.axvline(data["response"].mean(), color=PALE, zorder=0)
    axes.plot(data["response"], data["resolution"], "o", color=ACCENT)
    for row in data.itertuples():
        label = words.name("entities", row.entity)
        axes.annotate(label, (row.response, row.resolution), xytext=(5, 4), textcoords="offset points", fontsize=8, color=INK)
    axes.set(xlabel=words("x"), ylabel=words("y"))
    axes.margins(0.12)
    return figure
