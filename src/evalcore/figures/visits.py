"""Mystery visits: shares by entity beside the users', day beside night, the checklist as a map."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure

from evalcore.figures.heat import heat_map
from evalcore.figures.layout import entity_names, label_rows, legend_above, nothing, rows_figure
from evalcore.figures.style import ACCENT, MAIN, WARM
from evalcore.words import Words

APART = 0.17
"""Rows by which the marks of two sources stand apart."""


def draw_shares(data: pd.DataFrame, words: Words) -> Figure:
    """Shares by entity with intervals: what visitors met and what users say, the worst by visits on top.

    Parameters
    ----------
    data : DataFrame
        entity, source ("visits", "users"), value, lower, upper; percent.
    """
    return _two(
        data.rename(columns={"source": "kind"}), ("visits", "users"), (MAIN, WARM), ascending=False, words=words
    )


def draw_night(data: pd.DataFrame, words: Words) -> Figure:
    """Shares by entity with intervals by day and by night, the fewest at night on top.

    Parameters
    ----------
    data : DataFrame
        entity, kind ("night", "day"), value, lower, upper; percent.
    """
    return _two(data, ("night", "day"), (ACCENT, MAIN), ascending=True, words=words)


def _two(data: pd.DataFrame, kinds: tuple[str, str], colours: tuple, ascending: bool, words: Words) -> Figure:
    if data.empty:
        return nothing(words)
    first = data[data["kind"] == kinds[0]].sort_values("value", ascending=ascending, kind="stable")
    order = [*first["entity"], *(e for e in dict.fromkeys(data["entity"]) if e not in set(first["entity"]))]
    figure, axes = rows_figure(len(order), extra=1.2)
    for kind, colour, mark, shift in zip(kinds, colours, ("o", "s"), (-APART, APART), strict=True):
        _marks(axes, data[data["kind"] == kind], order, colour, mark, shift, words(kind))
    label_rows(axes, entity_names(order, words))
    axes.set_xlim(0, 102)
    axes.set_xlabel(words("x"))
    legend_above(figure, axes)
    return figure


def _marks(
    axes: plt.Axes, own: pd.DataFrame, order: list[str], colour: str, mark: str, shift: float, label: str
) -> None:
    if own.empty:
        return
    rows = np.array([order.index(entity) for entity in own["entity"]]) + shift
    axes.hlines(rows, own["lower"], own["upper"], color=colour, alpha=0.35, linewidth=4)
    axes.plot(own["value"], rows, mark, color=colour, markersize=5, label=label)


def draw_checks(data: pd.DataFrame, words: Words) -> Figure:
    """Percent of visits in which each item of the checklist was met; items by link, all entities first.

    Parameters
    ----------
    data : DataFrame
        item (in order), entity ("all" first), value.
    """
    items, entities = list(dict.fromkeys(data["item"])), list(dict.fromkeys(data["entity"]))
    table = data.pivot(index="item", columns="entity", values="value").reindex(index=items, columns=entities)
    names = [words("visits.item." + item) for item in items]
    shade = sns.light_palette(MAIN, as_cmap=True)
    return heat_map(table, names, entity_names(entities, words), shade, 0)
