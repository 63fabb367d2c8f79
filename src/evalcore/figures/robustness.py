"""How robust the ranking is: ranges of ranks, what moves them, and what each indicator really weighs."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from evalcore.figures.layout import (
    ROW,
    WIDTH,
    entity_names,
    indicator_names,
    label_rows,
    legend_above,
    nothing,
    rank_axis,
    rows_figure,
    write_values,
)
from evalcore.figures.style import ACCENT, INK, MAIN, PALE, QUIET, SEQUENCE, WARM
from evalcore.robust.design import FACTORS
from evalcore.words import Words

SHADES = dict(zip((*FACTORS, "interaction"), (*SEQUENCE, PALE), strict=True))
"""Colour of each factor."""


def draw_ranges(data: pd.DataFrame, words: Words) -> Figure:
    """Rank of each entity, its interval from the data alone, and two sensitivity ranges around it.

    Parameters
    ----------
    data : DataFrame
        entity, rank, data_low, data_high, weights_low, weights_high, all_low, all_high; best first.
    """
    if data.empty:
        return nothing(words)
    figure, axes = rows_figure(len(data), extra=1.2)
    rows = np.arange(len(data))
    for name, colour, width, reach in (("all", PALE, 11, 0.3), ("weights", WARM, 6.5, 0.3), ("data", MAIN, 2.5, 0.3)):
        axes.hlines(
            rows,
            data[f"{name}_low"] - reach,
            data[f"{name}_high"] + reach,
            color=colour,
            linewidth=width,
            label=words(name),
        )
    axes.plot(data["rank"], rows, "o", color=MAIN, markeredgecolor="white", markersize=7.5, label=words("rank"))
    label_rows(axes, entity_names(data["entity"], words))
    rank_axis(axes, len(data), words)
    legend_above(figure, axes)
    return figure


def draw_shares(data: pd.DataFrame, words: Words) -> Figure:
    """First-order Sobol shares of the variance of each entity's rank, and the rest, stacked.

    Parameters
    ----------
    data : DataFrame
        entity (in order), factor ("interaction" for the rest), first. Missing: the rank never moves. Estimates
        below 0, which only chance makes, are drawn as 0, and what then exceeds 100 is cut.
    """
    if data.empty:
        return nothing(words)
    entities = list(dict.fromkeys(data["entity"]))
    table = data.pivot(index="entity", columns="factor", values="first").loc[entities]
    figure, axes = rows_figure(len(entities), extra=1.2)
    left = np.zeros(len(entities))
    for factor in dict.fromkeys(data["factor"]):
        share = 100 * np.clip(np.nan_to_num(table[factor].to_numpy(float)), 0, None)
        share = np.minimum(share, 100 - left)
        axes.barh(range(len(entities)), share, left=left, color=SHADES[factor], height=0.62, label=words(factor))
        left = left + share
    still = table.isna().all(axis=1).to_numpy()
    write_values(axes, np.where(still, 0.0, np.nan), [words("never")] * len(entities))
    label_rows(axes, entity_names(entities, words))
    axes.set_xlim(0, 100)
    axes.set_xlabel(words("x"))
    legend_above(figure, axes)
    return figure


def draw_indicators(data: pd.DataFrame, words: Words, kind: str = "indicators") -> Figure:
    """Nominal weight beside the share of the differences each indicator makes, and who moves without it.

    Parameters
    ----------
    data : DataFrame
        indicator ("experts" for the panel), nominal, effective, main (percent), moved (entities; missing where nothing
        would be left, or for the panel).
    kind : {"indicators", "given"}
        Whose names they have: those of a framework, or of an index of given values.
    """
    figure, (weights, moved) = plt.subplots(
        1, 2, figsize=(WIDTH, ROW * len(data) + 1.2), sharey=True, width_ratios=(3, 1.2), layout="constrained"
    )
    weights.set_ylim(len(data) - 0.4, -0.6)
    rows = np.arange(len(data))
    weights.axvline(0, color=QUIET, linewidth=0.8)
    weights.hlines(rows, data["nominal"], data["effective"], color=PALE, linewidth=3, zorder=1)
    weights.plot(data["nominal"], rows, "|", color=INK, markersize=11, markeredgewidth=2, label=words("nominal"))
    weights.plot(data["main"], rows, "o", color=WARM, markersize=6, markerfacecolor="none", label=words("main"))
    weights.plot(data["effective"], rows, "o", color=MAIN, markersize=6, label=words("effective"))
    moved.barh(rows, data["moved"].fillna(0), color=ACCENT, height=0.5)
    write_values(moved, data["moved"], [f"{count:.0f}" for count in data["moved"]])
    own = [words("experts") if i == "experts" else indicator_names([i], words, kind)[0] for i in data["indicator"]]
    label_rows(weights, own, columns=40)
    moved.grid(axis="y", visible=False)
    moved.set_xlim(0, max(1.0, 1.25 * data["moved"].max()))
    moved.xaxis.set_major_locator(MaxNLocator(nbins=4, integer=True, min_n_ticks=1))
    weights.set_xlabel(words("x"))
    moved.set_xlabel(words("x_moved"))
    legend_above(figure, weights)
    return figure
