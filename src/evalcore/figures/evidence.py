"""Figures of chapter 3: items of scales, margins, specifications, reported against told, closing times."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from evalcore.figures.labels import fold
from evalcore.figures.layout import (
    LONG_NAME,
    ROW,
    WIDTH,
    entity_names,
    label_rows,
    legend_above,
    nothing,
    panel_rows,
    rows_figure,
    write_values,
)
from evalcore.figures.style import ACCENT, CALM, INK, MAIN, PALE, QUIET
from evalcore.words import Words


def draw_items(data: pd.DataFrame, words: Words) -> Figure:
    """Item-rest correlations, one panel of dots per scale; data: scale, item, rest. May be empty."""
    if data.empty:
        return nothing(words)
    scales = list(dict.fromkeys(data["scale"]))
    figure, panels = panel_rows([int((data["scale"] == scale).sum()) for scale in scales])
    for axes, scale in zip(panels, scales, strict=True):
        own = data[data["scale"] == scale]
        axes.scatter(own["rest"], range(len(own)), color=MAIN, s=24, zorder=3)
        axes.hlines(range(len(own)), 0, own["rest"], color=CALM, linewidth=1.2)
        write_values(axes, own["rest"], [f"{rest:.2f}" for rest in own["rest"]])
        label_rows(axes, [words.item(scale, item) for item in own["item"]], LONG_NAME)
        axes.set_title(fold(words.scale(scale), 70, 1), loc="left", fontsize=9.5)
        axes.set_xlim(min(0, float(data["rest"].min()) - 0.1), 1.05)
    panels[-1].set_xlabel(words("x"))
    return figure


def draw_margins(data: pd.DataFrame, words: Words) -> Figure:
    """Percent of the sample, weighted, and of the population; data as `chapters.weighting.margins_frame`."""
    if data.empty:
        return nothing(words)
    figure, axes = rows_figure(len(data))
    rows = np.arange(len(data))
    axes.hlines(rows, data["sample"], data["weighted"], color=PALE, linewidth=3)
    axes.scatter(data["population"], rows, marker="|", s=160, color=INK, label=words("population"), zorder=3)
    axes.scatter(
        data["sample"], rows, s=34, facecolor="white", edgecolor=ACCENT, linewidth=1.3, label=words("sample"), zorder=4
    )
    axes.scatter(data["weighted"], rows, s=20, color=MAIN, label=words("weighted"), zorder=5)
    names = [
        words("value_of", segment=words.segment(r.margin), value=words.value(r.margin, r.value))
        for r in data.itertuples()
    ]
    label_rows(axes, names, LONG_NAME, 1)
    axes.set_xlim(left=0)
    axes.set_xlabel(words("x"))
    legend_above(figure, axes)
    return figure


def draw_curve(data: pd.DataFrame, words: Words) -> Figure:
    """The headline under every specification, in order of value, and below which rules are off.

    Parameters
    ----------
    data : DataFrame
        As `chapters.specifications.curve_frame`; the first row is the edition's own choice.
    """
    source = words.edition.model.source
    rules = [rule.id for rule in words.edition.sources[source].rules]
    own = data.reset_index(drop=True).rename_axis("spec").reset_index().sort_values(["value", "spec"])
    figure, (above, below) = plt.subplots(
        2, 1, figsize=(WIDTH, 2.6 + ROW * max(len(rules), 1)), sharex=True, layout="constrained",
        height_ratios=[2.0, ROW * max(len(rules), 1)],
    )  # fmt: skip
    x, usual = np.arange(len(own)), (own["spec"] == 0).to_numpy()
    colours = np.where(usual, ACCENT, MAIN)
    above.vlines(x, own["lower"], own["upper"], color=colours, linewidth=1.2)
    above.scatter(x, own["value"], color=colours, s=18, zorder=3)
    above.set_ylabel(words("y"))
    for row, rule in enumerate(rules):
        off = own["off"].str.split("+", regex=False).map(lambda ids, rule=rule: rule in ids).to_numpy(dtype=bool)
        below.scatter(x, np.full(len(x), row), s=10, color=PALE)
        below.scatter(x[off], np.full(off.sum(), row), s=22, color=MAIN)
    label_rows(below, [words.rule(source, rule) for rule in rules], NAME_OF_RULE, 1)
    below.set_ylim(max(len(rules), 1) - 0.4, -0.6)
    below.set_xticks([])
    below.set_xlabel(words("x"))
    return figure


NAME_OF_RULE = 34
"""Columns of text for a rule beside a curve."""


def draw_bias(data: pd.DataFrame, words: Words) -> Figure:
    """How reports flatter against what users say, one panel per measure; data as `chapters.cross.bias_frame`."""
    if data.empty:
        return nothing(words)
    measures = list(dict.fromkeys(data["measure"]))
    count = max(int((data["measure"] == m).sum()) for m in measures)
    figure, panels = plt.subplots(
        1, len(measures), figsize=(WIDTH, ROW * count + 1.1), squeeze=False, sharey=True, layout="constrained"
    )
    entities = sorted(set(data["entity"]))
    for axes, measure in zip(panels.flat, measures, strict=True):
        own = data[data["measure"] == measure].set_index("entity").reindex(entities)
        asked = (own["verdict"] == "resubmit").to_numpy()
        colours, rows = np.where(asked, ACCENT, MAIN), np.arange(len(own))
        axes.axvline(0, color=QUIET, linewidth=0.8)
        axes.hlines(rows, own["lower"], own["upper"], color=colours)
        axes.scatter(own["flattery"], rows, color=colours, s=20, zorder=3)
        axes.set_title(fold(words(f"measure.{measure}"), 40, 2), loc="left", fontsize=9)
        axes.set_xlabel(fold(words(f"x.{measure}"), 44, 2))
    label_rows(panels[0, 0], entity_names(entities, words))
    panels[0, 0].set_ylim(len(entities) - 0.4, -0.6)
    return figure


def draw_closing(data: pd.DataFrame, words: Words) -> Figure:
    """Closing times around the deadline; data as `chapters.gaming.closing_frame`."""
    if data.empty or data["share"].notna().sum() == 0:
        return nothing(words)
    figure, axes = plt.subplots(figsize=(WIDTH, 2.8), layout="constrained")
    for (entity, own), colour in zip(data.groupby("entity", sort=False), (ACCENT, MAIN), strict=False):
        label = words("others") if entity == "all" else words.name("entities", entity)
        axes.step(own["hour"], own["share"], where="post", color=colour, label=fold(label, LONG_NAME, 1))
    axes.set_ylim(bottom=0)
    axes.set_xlabel(words("x"))
    axes.set_ylabel(words("y"))
    legend_above(figure, axes)
    return figure
