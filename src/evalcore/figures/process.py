"""The process: problems by their causes, and stages as curves of what is still open."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from evalcore.figures.labels import fold
from evalcore.figures.layout import LONG_NAME, ROW, WIDTH, hide_rest, label_rows, nothing, rows_figure, write_values
from evalcore.figures.style import ACCENT, CALM, MAIN, QUIET
from evalcore.words import Words

MOST = 80
"""Percent: causes that begin before so many are reached stand out."""


def draw_causes(data: pd.DataFrame, words: Words) -> Figure:
    """Above, causes by both axes as told, the most common first (Pareto); below, each class corrected for errors.

    Parameters
    ----------
    data : DataFrame
        kind ("cause" or "class"), first (responsibility, or axis), second (nature, or class), told, cumulated (of
        causes), share, lower, upper (of classes).
    """
    causes, classes = (data[data["kind"] == kind].reset_index(drop=True) for kind in ("cause", "class"))
    if causes.empty or classes.empty:
        return nothing(words)
    heights = [len(causes), len(classes) + 1.5]
    figure, (above, below) = plt.subplots(
        2, 1, figsize=(WIDTH, ROW * sum(heights) + 1.6), height_ratios=heights, layout="constrained"
    )
    _causes(above, causes, words)
    _classes(below, classes, words)
    return figure


def _causes(axes: plt.Axes, data: pd.DataFrame, words: Words) -> None:
    before = data["cumulated"] - data["told"]
    axes.barh(range(len(data)), data["told"], color=np.where(before < MOST, MAIN, CALM))
    texts = [words("together", share=f"{r.told:.1f}", cumulated=f"{r.cumulated:.1f}") for r in data.itertuples()]
    write_values(axes, data["told"], texts)
    label_rows(axes, [words("cause", who=words(r.first), what=words(r.second)) for r in data.itertuples()])
    axes.set_ylim(len(data) - 0.4, -0.6)
    axes.set_xlim(0, 1.5 * data["told"].max())
    axes.set_title(words("causes"), loc="left")


def _classes(axes: plt.Axes, data: pd.DataFrame, words: Words) -> None:
    rows, ring = range(len(data)), {"markersize": 9, "markerfacecolor": "none", "markeredgecolor": ACCENT}
    axes.hlines(rows, data["lower"], data["upper"], color=MAIN, alpha=0.35, linewidth=6)
    axes.plot(data["share"], rows, "o", color=MAIN, label=words("corrected"))
    axes.plot(data["told"], rows, "o", label=words("told"), **ring)
    label_rows(axes, [words("class", axis=words(r.first), what=words(r.second)) for r in data.itertuples()])
    axes.set_ylim(len(data) - 0.4, -0.6)
    axes.set_xlim(0, 100)
    axes.set_title(words("classes"), loc="left")
    axes.legend(loc="lower right", fontsize=8.5)


def draw_links(data: pd.DataFrame, words: Words) -> Figure:
    """Each link of the process: share of its checklist that visits met, over all and (small) for each entity.

    Parameters
    ----------
    data : DataFrame
        link, entity ("all" first), value, lower, upper, above, below, open (numbers of entities, of "all").
    """
    if data.empty:
        return nothing(words)
    links = list(dict.fromkeys(data["link"]))
    figure, axes = rows_figure(len(links))
    axes.axvline(50, color=QUIET, linewidth=1, linestyle=":")
    each = data[data["entity"] != "all"]
    axes.plot(each["value"], each["link"].map(links.index), "|", color=CALM, markersize=14, markeredgewidth=1.5)
    overall = data[data["entity"] == "all"]
    axes.hlines(range(len(links)), overall["lower"], overall["upper"], color=MAIN, alpha=0.35, linewidth=6)
    axes.plot(overall["value"], range(len(links)), "o", color=MAIN)
    edge = each.groupby("link", sort=False)["value"].max().reindex(links).fillna(0)
    texts = [words("standing", value=f"{r.value:.0f}", above=r.above, below=r.below) for r in overall.itertuples()]
    write_values(axes, np.maximum(np.fmax(edge.to_numpy(), overall["upper"].to_numpy()), 51), texts)
    label_rows(axes, [words(f"link.{link}") for link in links])
    axes.set_xlim(0, 150)
    axes.set_xticks([0, 25, 50, 75, 100])
    axes.set_xlabel(words("x"))
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
