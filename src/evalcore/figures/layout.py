"""What figures share: the width of the column, rows of names, values beside marks, a legend above."""

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from evalcore.figures.labels import columns_of, fold
from evalcore.words import Words

WIDTH, ROW = 7.2, 0.34
"""Inches: the width of every figure (a column of text), and the height of a row."""
NAME, LONG_NAME = 26, 40
"""Columns of text: a name of an entity, and of an indicator or rule, before it is folded."""


def nothing(words: Words) -> Figure:
    """A figure that says that there is nothing to show."""
    figure = plt.figure(figsize=(WIDTH, 1.2))
    figure.text(0.5, 0.5, words("none"), ha="center")
    return figure


def rows_figure(count: int, extra: float = 0.9) -> tuple[Figure, plt.Axes]:
    """A figure with one row per entity; the first row is on top."""
    figure, axes = plt.subplots(figsize=(WIDTH, max(ROW * count, 0.8) + extra), layout="constrained")
    axes.set_ylim(count - 0.4, -0.6)
    return figure, axes


def panel_rows(counts: Sequence[int]) -> tuple[Figure, list[plt.Axes]]:
    """A figure of panels below each other with so many rows each and one horizontal axis; first rows are on top."""
    figure, panels = plt.subplots(
        len(counts), 1, figsize=(WIDTH, ROW * sum(counts) + 0.75 * len(counts) + 0.3), squeeze=False, sharex=True,
        height_ratios=[count + 0.6 for count in counts], layout="constrained",
    )  # fmt: skip
    for axes, count in zip(panels.flat, counts, strict=True):
        axes.set_ylim(count - 0.4, -0.6)
    return figure, list(panels.flat)


def label_rows(axes: plt.Axes, names: Sequence[str], columns: int = NAME, lines: int = 2, at: float = 0.0) -> None:
    """Names on the vertical axis, folded where they are long, row k at k + `at`; horizontal grid off."""
    folded = [fold(name, columns, lines) for name in names]
    small = any("\n" in name for name in folded)
    places = [k + at for k in range(len(folded))]
    axes.set_yticks(places, folded, fontsize=8.5 if small else 10 if columns == NAME else 9, rotation=0)
    axes.grid(axis="y", visible=False)


def rank_axis(axes: plt.Axes, count: int, words: Words) -> None:
    """The horizontal axis of ranks from 1 to `count`, with whole numbers and its name."""
    axes.set_xlim(0.4, count + 0.6)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=16, integer=True, min_n_ticks=1))
    axes.set_xlabel(words("x"))


def percent_rows(figure: Figure, axes: plt.Axes, entities: Sequence[str], words: Words) -> Figure:
    """Finish a figure of percent by entity: names of rows, an axis from 0 to 100 with its name, the legend above."""
    label_rows(axes, entity_names(entities, words))
    axes.set_xlim(0, 100)
    axes.set_xlabel(words("x"))
    legend_above(figure, axes)
    return figure


def entity_names(entities: Sequence[str], words: Words) -> list[str]:
    """Names of entities."""
    return [words.name("entities", entity) for entity in entities]


def indicator_names(indicators: Sequence[str], words: Words, kind: str = "indicators") -> list[str]:
    """Names of indicators, each with its code; a long name is cut, never the code."""
    room = LONG_NAME - 2
    return [f"{fold(words.name(kind, i), room - columns_of(i), 1)}  {i}" for i in indicators]


def write_values(axes: plt.Axes, x: Sequence[float], texts: Sequence[str]) -> None:
    """A text to the right of position x in each row; rows without a position stay empty."""
    for row, (edge, text) in enumerate(zip(x, texts, strict=True)):
        if np.isfinite(edge):
            axes.annotate(text, (edge, row), xytext=(5, 0), textcoords="offset points", va="center", fontsize=8.5)


def hide_rest(panels: np.ndarray, shown: int) -> None:
    """Hide the panels of a grid after the first ones; those above a hidden one write their own axis."""
    columns = panels.shape[1]
    for k, axes in enumerate(panels.flat):
        axes.set_visible(k < shown)
        axes.xaxis.set_tick_params(labelbottom=k + columns >= shown)


def legend_above(figure: Figure, axes: plt.Axes) -> None:
    """The legend of some axes above the figure, in as many columns as fit."""
    handles, labels = axes.get_legend_handles_labels()
    if handles:
        folded = [fold(label, LONG_NAME, 1) for label in labels]
        fitting = 108 // (max(map(columns_of, folded)) + 9)
        columns = max(1, min(len(folded), fitting))
        figure.legend(handles, folded, loc="outside upper left", ncols=columns, fontsize=9)
