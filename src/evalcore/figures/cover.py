"""The cover: one hill of draws per entity, as wide as its score is unsure."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from evalcore.figures.labels import fold
from evalcore.figures.layout import WIDTH, nothing
from evalcore.figures.style import MAIN
from evalcore.words import Words

OVERLAP = 2.2
"""Rows that the highest hill may reach over."""
LABEL = 14


def draw_cover(data: pd.DataFrame, words: Words) -> Figure:
    """Ridges over a common axis, best on top.

    Parameters
    ----------
    data : DataFrame
        entity, score, share; in the order from best to last, scores rising within each.
    """
    entities = list(dict.fromkeys(data["entity"]))
    if not entities:
        return nothing(words)
    figure, axes = plt.subplots(figsize=(WIDTH, 1.1 + 0.22 * max(len(entities), 6)), layout="constrained")
    step = len(entities) / max(len(entities), 6)
    scale = OVERLAP * step / data["share"].max()
    for place, (id_, hill) in enumerate(data.groupby("entity", sort=False)):
        base = -place * step
        top = base + scale * hill["share"].to_numpy()
        axes.fill_between(hill["score"], base, top, color=MAIN, alpha=0.75, linewidth=0, zorder=place)
        axes.plot(hill["score"], top, color="white", linewidth=0.8, zorder=place)
        _name(axes, fold(words.name("entities", id_), LABEL), base)
    axes.set_yticks([])
    axes.set_xlim(_ends(data))
    axes.set_xlabel(words("x"))
    axes.spines[["left", "top", "right"]].set_visible(False)
    axes.grid(visible=False)
    return figure


def _name(axes: plt.Axes, name: str, base: float) -> None:
    axes.text(-0.01, base, name, transform=axes.get_yaxis_transform(), ha="right", va="bottom", fontsize=8)


def _ends(data: pd.DataFrame) -> tuple[float, float]:
    there = data.loc[data["share"] > 0, "score"]
    return float(np.floor(there.min())), float(np.ceil(there.max()))
