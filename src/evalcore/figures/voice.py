"""What people write about: shares with intervals, how it sounds, and which aspects stand together."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from evalcore.figures.layout import WIDTH, label_rows, legend_above, nothing, panel_rows, rows_figure
from evalcore.figures.style import ACCENT, CALM, INK, MAIN
from evalcore.words import Words

RING = {"linestyle": "", "marker": "o", "markersize": 8, "markerfacecolor": "none", "markeredgecolor": ACCENT}
THICKEST = 9.0
"""Points: the line of the most frequent pair."""


def draw_shares(data: pd.DataFrame, words: Words) -> Figure:
    """One panel per corpus: corrected shares with intervals, as told, and as errors on other sentences would correct.

    Parameters
    ----------
    data : DataFrame
        corpus, aspect, told, elsewhere, share, lower, upper (percent).
    """
    parts = [part for _, part in data.groupby("corpus", sort=False) if part["n"].sum()]
    if not parts:
        return nothing(words)
    figure, panels = panel_rows([len(part) for part in parts])
    for axes, part in zip(panels, parts, strict=True):
        own = part.sort_values(["share", "told"], ascending=False, kind="stable")
        _dots(axes, own, words)
        axes.plot(own["elsewhere"], range(len(own)), "x", color=CALM, markersize=6, label=words("elsewhere"))
        axes.set_title(words(f"corpus.{own['corpus'].iloc[0]}"), loc="left")
    panels[-1].set_xlim(0, 1.05 * data[["told", "elsewhere", "upper"]].max().max())
    panels[-1].set_xlabel(words("x"))
    legend_above(figure, panels[0])
    return figure


def draw_sentiment(data: pd.DataFrame, words: Words) -> Figure:
    """Percent negative by aspect, corrected with intervals, and as told.

    Parameters
    ----------
    data : DataFrame
        aspect, told, share, lower, upper (percent).
    """
    if data.empty:
        return nothing(words)
    ordered = data.sort_values("share", ascending=False, kind="stable")
    figure, axes = rows_figure(len(ordered), extra=1.2)
    _dots(axes, ordered, words)
    axes.set_xlim(0, 100)
    axes.set_xlabel(words("x"))
    legend_above(figure, axes)
    return figure


def _dots(axes: plt.Axes, data: pd.DataFrame, words: Words) -> None:
    rows = np.arange(len(data))
    axes.hlines(rows, data["lower"], data["upper"], color=MAIN, alpha=0.35, linewidth=6)
    axes.plot(data["share"], rows, "o", color=MAIN, markersize=6, label=words("corrected"))
    axes.plot(data["told"], rows, label=words("told"), **RING)
    label_rows(axes, [words(f"aspect.{aspect}") for aspect in data["aspect"]])


def draw_network(data: pd.DataFrame, words: Words) -> Figure:
    """Aspects on a circle; lines as thick as texts with both are many, dark where chance brings clearly fewer.

    Parameters
    ----------
    data : DataFrame
        one, other, n, clear.
    """
    if not data["n"].sum():
        return nothing(words)
    names = list(dict.fromkeys([*data["one"], *data["other"]]))
    angle = {name: 2 * np.pi * k / len(names) + np.pi / 2 for k, name in enumerate(names)}
    figure, axes = plt.subplots(figsize=(WIDTH, 5.2), layout="constrained")
    axes.set(xlim=(-1.7, 1.7), ylim=(-1.25, 1.25))
    axes.axis("off")
    for row in data[data["n"] > 0].sort_values("clear", kind="stable").itertuples():
        ends, clear = np.array([angle[row.one], angle[row.other]]), bool(row.clear)
        width = THICKEST * row.n / data["n"].max()
        colour = MAIN if clear else CALM
        axes.plot(np.cos(ends), np.sin(ends), color=colour, linewidth=width, alpha=0.9 if clear else 0.5, zorder=1)
    for name, at in angle.items():
        axes.plot(np.cos(at), np.sin(at), "o", color=MAIN, markersize=9, zorder=2)
        side = "left" if np.cos(at) > 0.1 else "right" if np.cos(at) < -0.1 else "center"
        far = 1.14 if side == "center" else 1.08
        place = (far * np.cos(at), far * np.sin(at))
        axes.text(*place, words(f"aspect.{name}"), ha=side, va="center", fontsize=9, color=INK)
    return figure
