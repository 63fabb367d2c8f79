"""The process: problems by their causes, and stages as curves of what is still open."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from evalcore.figures.labels import fold
from evalcore.figures.layout import LONG_NAME, WIDTH, hide_rest, label_rows, legend_above, nothing, rows_figure
from evalcore.figures.style import ACCENT, CALM, MAIN, QUIET
from evalcore.words import Words

MOST = 80
"""Percent: causes that begin before so many are reached stand out."""


def draw_causes(data: pd.DataFrame, words: Words) -> Figure:
    """Causes of problems by both axes, the most common on top, with the share they make up together (Pareto).

    Parameters
    ----------
    data : DataFrame
        responsibility, nature, share, cumulated.
    """
    if data.empty:
        return nothing(words)
    figure, axes = rows_figure(len(data))
    rows = np.arange(len(data))
    before = data["cumulated"] - data["share"]
    axes.barh(rows, data["share"], color=np.where(before < MOST, MAIN, CALM))
    for row in data.itertuples():
        text = words("together", share=f"{row.share:.1f}", cumulated=f"{row.cumulated:.0f}")
        axes.annotate(
            text, (row.share, row.Index), xytext=(5, 0), textcoords="offset points", va="center", fontsize=8.5
        )
    names = [words("cause", who=words(r.responsibility), what=words(r.nature)) for r in data.itertuples()]
    label_rows(axes, names)
    axes.set_xlim(0, 1.5 * data["share"].max())
    axes.set_xlabel(words("x"))
    return figure


def draw_prevalence(data: pd.DataFrame, words: Words) -> Figure:
    """Share of each class as told by the classifier (ring) and corrected for its errors (dot with interval).

    Parameters
    ----------
    data : DataFrame
        axis, class, told, share, lower, upper.
    """
    if data.empty:
        return nothing(words)
    figure, axes = rows_figure(len(data), extra=1.2)
    rows = np.arange(len(data))
    axes.hlines(rows, data["lower"], data["upper"], color=MAIN, alpha=0.35, linewidth=6)
    axes.plot(data["share"], rows, "o", color=MAIN, label=words("corrected"))
    axes.plot(
        data["told"], rows, "o", markersize=9, markerfacecolor="none", markeredgecolor=ACCENT, label=words("told")
    )
    label_rows(axes, [f"{words(row.axis)}: {words(row._2)}" for row in data.itertuples()])
    axes.set_xlim(0, 100)
    axes.set_xlabel(words("x"))
    legend_above(figure, axes)
    return figure


def draw_stages(data: pd.DataFrame, words: Words) -> Figure:
    """One panel per stage: the share of cases still open, with its interval, and the limit as a dotted line.

    Parameters
    ----------
    data : DataFrame
        stage, hours, still_open, lower, upper, limit_h.
    """
    if data.empty:
        return nothing(words)
    stages = list(dict.fromkeys(data["stage"]))
    lines = (len(stages) + 1) // 2
    columns = min(2, len(stages))
    figure, panels = plt.subplots(
        lines, columns, figsize=(WIDTH, 2.1 * lines + 0.3), sharey=True, layout="constrained", squeeze=False
    )
    for axes, stage in zip(panels.flat, stages, strict=False):
        own = data[data["stage"] == stage]
        limit = own["limit_h"].iloc[0]
        scale, unit = (60, "minutes") if limit < 1 else (1, "hours")
        axes.fill_between(scale * own["hours"], own["lower"], own["upper"], color=MAIN, alpha=0.3, linewidth=0)
        axes.plot(scale * own["hours"], own["still_open"], color=MAIN, linewidth=1.8)
        axes.axvline(scale * limit, color=ACCENT, linestyle=":", linewidth=1.2)
        at = own.loc[(own["hours"] - limit).abs().idxmin(), "still_open"]
        axes.annotate(f"{at:.0f} %", (scale * limit, at), xytext=(4, 4), textcoords="offset points", fontsize=9)
        axes.set_title(fold(_stage(words, stage), LONG_NAME, 1), loc="left", fontsize=9.5)
        axes.set_ylim(0, 102)
        axes.set_xlim(0, None)
        axes.set_xlabel(words(unit), fontsize=8.5, color=QUIET)
    hide_rest(panels, len(stages))
    for axes in panels.flat[: len(stages)]:
        axes.xaxis.set_tick_params(labelbottom=True, labelsize=8.5)
    return figure


def _stage(words: Words, id_: str) -> str:
    return next(stage.name[words.lang] for stage in words.edition.process.stages if stage.id == id_)
