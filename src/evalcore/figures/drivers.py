"""Drivers and value: shares, a map of importance against performance, the assumptions, and a tornado."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch

from evalcore.figures.labels import fold, label_points
from evalcore.figures.layout import LONG_NAME, WIDTH, label_rows, legend_above, rows_figure, write_values
from evalcore.figures.style import ACCENT, CALM, INK, MAIN, PALE, QUIET
from evalcore.words import Words, format_value

PLACES = {"held": (0.13, 0.2), "drivers": (0.42, 0.62), "outcome": (0.82, 0.2), "unknown": (0.82, 0.86)}
STYLES = {"adjusted": (QUIET, "-"), "asked": (MAIN, "-"), "assumed_away": (ACCENT, (0, (4, 3)))}


def driver_names(drivers: pd.Series, words: Words) -> list[str]:
    """Names of drivers as the edition has them."""
    names = {item.column: item.name[words.lang] for item in words.edition.drivers.items}
    return [names[driver] for driver in drivers]


def draw_shares(data: pd.DataFrame, words: Words) -> Figure:
    """Share of the variance of satisfaction per driver, the largest first, with intervals.

    Parameters
    ----------
    data : DataFrame
        driver, share, lower, upper (percent).
    """
    ordered = data.sort_values("share", ascending=False, kind="stable")
    figure, axes = rows_figure(len(ordered))
    rows = np.arange(len(ordered))
    axes.barh(rows, ordered["share"], color=MAIN, height=0.6)
    axes.hlines(rows, ordered["lower"], ordered["upper"], color=INK, linewidth=2)
    write_values(axes, ordered["upper"], [format_value(share, 1) for share in ordered["share"]])
    label_rows(axes, driver_names(ordered["driver"], words))
    axes.margins(x=0.1)
    axes.set_xlim(left=0)
    axes.set_xlabel(words("x"))
    return figure


def draw_map(data: pd.DataFrame, words: Words) -> Figure:
    """Importance against performance; lines at the means part four fields.

    Parameters
    ----------
    data : DataFrame
        driver, good (percent), share (percent).
    """
    figure, axes = plt.subplots(figsize=(WIDTH, 5.2), layout="constrained")
    axes.axvline(data["good"].mean(), color=PALE, linewidth=1.5, zorder=0)
    axes.axhline(data["share"].mean(), color=PALE, linewidth=1.5, zorder=0)
    mend = (data["good"] < data["good"].mean()) & (data["share"] > data["share"].mean())
    axes.scatter(data["good"], data["share"], color=np.where(mend, ACCENT, MAIN), s=36)
    axes.margins(0.16)
    axes.set_xlabel(words("x"))
    axes.set_ylabel(words("y"))
    axes.autoscale_view()
    axes.autoscale(enable=False)
    label_points(axes, data["good"].to_numpy(), data["share"].to_numpy(), driver_names(data["driver"], words))
    return figure


def draw_graph(data: pd.DataFrame, words: Words) -> Figure:
    """The assumptions as a graph; a dashed arrow is assumed away.

    Parameters
    ----------
    data : DataFrame
        from, to, kind.
    """
    figure, axes = plt.subplots(figsize=(WIDTH, 3.4), layout="constrained")
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.axis("off")
    for row in data.to_dict("records"):
        colour, line = STYLES[row["kind"]]
        arrow = FancyArrowPatch(
            PLACES[row["from"]], PLACES[row["to"]], arrowstyle="-|>", mutation_scale=14, shrinkA=46, shrinkB=46,
            color=colour, linestyle=line, linewidth=1.4,
        )  # fmt: skip
        axes.add_patch(arrow)
    for node, (x, y) in PLACES.items():
        edge = ACCENT if node == "unknown" else MAIN
        box = {"boxstyle": "round,pad=0.5", "facecolor": "white", "edgecolor": edge, "linewidth": 1.2}
        axes.text(x, y, fold(words(node), 22, 3), ha="center", va="center", fontsize=9, color=INK, bbox=box)
    return figure


def draw_tornado(data: pd.DataFrame, words: Words) -> Figure:
    """The return with one input at an end of its range; the input that moves it most is on top.

    Parameters
    ----------
    data : DataFrame
        input, at_low, at_high, usual.
    """
    names = {item.id: item.name[words.lang] for item in words.edition.scenarios.inputs}
    figure, axes = rows_figure(len(data), extra=1.3)
    rows, usual = np.arange(len(data)), data["usual"].iloc[0]
    for column, colour in (("at_low", CALM), ("at_high", MAIN)):
        axes.barh(rows, data[column] - usual, left=usual, color=colour, height=0.6, label=words(column))
    axes.axvline(usual, color=INK, linewidth=1)
    axes.axvline(1, color=ACCENT, linewidth=1, linestyle=(0, (4, 3)), label=words("even"))
    label_rows(axes, [names[input_] for input_ in data["input"]], columns=LONG_NAME)
    axes.set_xlabel(words("x"))
    legend_above(figure, axes)
    return figure
