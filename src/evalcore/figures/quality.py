"""What became of the raw rows, and how the framework's weight is spread."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from evalcore.figures.scores import ROW, WIDTH
from evalcore.figures.style import MAIN, SEQUENCE, WARM
from evalcore.words import Words


def draw_waterfall(data: pd.DataFrame, words: Words) -> Figure:
    """Rows removed by each rule, in percent of the source's raw rows.

    Parameters
    ----------
    data : DataFrame
        source, step (rule id), removed, raw; one row per rule in the order of application.
    """
    sources = list(dict.fromkeys(data["source"]))
    counts = [int((data["source"] == source).sum()) for source in sources]
    figure, panels = plt.subplots(len(sources), 1, figsize=(WIDTH, ROW * len(data) + 0.75 * len(sources) + 0.3), squeeze=False,
                                  sharex=True, height_ratios=[count + 0.6 for count in counts], layout="constrained")
    for axes, source in zip(panels.flat, sources, strict=True):
        own = data[data["source"] == source]
        share = 100 * own["removed"] / own["raw"]
        axes.barh(range(len(own)), share, color=WARM, height=0.6)
        for row, (percent, removed) in enumerate(zip(share, own["removed"], strict=True)):
            axes.annotate(f"{removed:,}", (percent, row), xytext=(4, 0), textcoords="offset points", va="center", fontsize=8.5)
        axes.set_yticks(range(len(own)), [words.rule(source, rule) for rule in own["step"]], fontsize=9)
        axes.set_ylim(len(own) - 0.4, -0.6)
        axes.grid(axis="y", visible=False)
        axes.set_title(words.source(source), loc="left", fontsize=9.5)
        axes.margins(x=0.12)
    panels.flat[-1].set_xlabel(words("x"))
    return figure


def draw_weights(data: pd.DataFrame, words: Words) -> Figure:
    """Weight of every indicator in the composite, percent, coloured by dimension.

    Parameters
    ----------
    data : DataFrame
        dimension, indicator (both in order), effective: percent of the whole.
    """
    figure, axes = plt.subplots(figsize=(WIDTH, 0.27 * len(data) + 0.9), layout="constrained")
    dimensions = list(dict.fromkeys(data["dimension"]))
    colours = dict(zip(dimensions, SEQUENCE * (1 + len(dimensions) // len(SEQUENCE)), strict=False))
    axes.barh(np.arange(len(data)), data["effective"], color=[colours.get(d, MAIN) for d in data["dimension"]], height=0.66)
    for row, weight in enumerate(data["effective"]):
        axes.annotate(f"{weight:.1f}", (weight, row), xytext=(4, 0), textcoords="offset points", va="center", fontsize=8.5)
    axes.set_yticks(range(len(data)), [f"{words.name('indicators', i)}  {i}" for i in data["indicator"]], fontsize=9)
    axes.set_ylim(len(data) - 0.4, -0.6)
    axes.grid(axis="y", visible=False)
    axes.set_xlabel(words("x"))
    for dimension in dimensions:
        axes.barh([0], [0], color=colours[dimension], label=words.name("dimensions", dimension))
    axes.legend(loc="lower right")
    return figure
