"""Five dimensions: radar of the kinds of store, weight against performance, perception and expectation together."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure

from evalcore.figures.heat import heat_map
from evalcore.figures.labels import fold, label_points
from evalcore.figures.layout import WIDTH, legend_above, nothing
from evalcore.figures.style import INK, MAIN, QUIET, SEQUENCE
from evalcore.words import Words

MARKS = ("o", "s", "^")
FROM = 40
"""Points of the index at the centre of the radar."""


def draw_radar(data: pd.DataFrame, words: Words) -> Figure:
    """Perceived dimensions of each kind of store, and what everybody expects as a dashed outline.

    Parameters
    ----------
    data : DataFrame
        dimension, store ("all" for everybody), perceived, expected; points of 100.
    """
    if data.empty:
        return nothing(words)
    names = list(dict.fromkeys(data["dimension"]))
    angles = 2 * np.pi * np.arange(len(names) + 1) / len(names)
    figure, axes = plt.subplots(figsize=(WIDTH, 5.6), layout="constrained", subplot_kw={"projection": "polar"})
    axes.set(theta_offset=np.pi / 2, theta_direction=-1, ylim=(FROM, 100), yticks=range(FROM, 101, 20))
    wide = data.set_index(["store", "dimension"])
    _ring(axes, angles, wide.loc["all", "expected"].reindex(names), QUIET, "", words("expected"), "--")
    stores = [store for store in dict.fromkeys(data["store"]) if store != "all"] or ["all"]
    for store, colour, mark in zip(stores, SEQUENCE, MARKS, strict=False):
        label = words("all") if store == "all" else words(f"maternal.store.{store}")
        _ring(axes, angles, wide.loc[store, "perceived"].reindex(names), colour, mark, label, "-")
    axes.set_xticks(angles[:-1], [fold(words(f"maternal.dimension.{name}"), 18, 2) for name in names], fontsize=9)
    axes.tick_params(pad=14)
    axes.set_rlabel_position(180 / len(names))
    axes.tick_params(axis="y", labelsize=7.5, labelcolor=QUIET)
    legend_above(figure, axes)
    return figure


def _ring(axes: plt.Axes, angles: np.ndarray, values: pd.Series, colour: str, mark: str, label: str, line: str) -> None:
    closed = np.append(values.to_numpy(), values.iloc[0])
    axes.plot(angles, closed, line, marker=mark, color=colour, linewidth=1.8, markersize=5, label=label)


def draw_matrix(data: pd.DataFrame, words: Words) -> Figure:
    """Weight of each dimension against how it performs, lines at the means of both.

    Parameters
    ----------
    data : DataFrame
        dimension, weight (percent), performance (points of 100).
    """
    if data.empty:
        return nothing(words)
    figure, axes = plt.subplots(figsize=(WIDTH, 4.4), layout="constrained")
    x, y = data["performance"].to_numpy(float), data["weight"].to_numpy(float)
    axes.margins(0.22)
    axes.plot(x, y, "o", color=MAIN, markersize=8)
    axes.axvline(x.mean(), color=QUIET, linewidth=0.8)
    axes.axhline(y.mean(), color=QUIET, linewidth=0.8)
    axes.set_xlabel(words("x"))
    axes.set_ylabel(words("y"))
    corners = {(0, 1): "act", (1, 1): "keep", (0, 0): "watch", (1, 0): "rest"}
    for (right, top), key in corners.items():
        axes.annotate(
            words(key), (right, top), xycoords="axes fraction", xytext=(-6 if right else 6, -6 if top else 6),
            textcoords="offset points", ha="right" if right else "left", va="top" if top else "bottom",
            fontsize=8.5, color=QUIET, style="italic",
        )  # fmt: skip
    label_points(axes, x, y, [words(f"maternal.dimension.{name}") for name in data["dimension"]])
    return figure


def draw_joint(data: pd.DataFrame, words: Words) -> Figure:
    """Index by what is perceived and expected; too few answers stay blank.

    Parameters
    ----------
    data : DataFrame
        expected, perceived (levels), index (missing where it is not shown).
    """
    if data["index"].isna().all():
        return nothing(words)
    wide = data.pivot(index="expected", columns="perceived", values="index").sort_index(ascending=False)
    wide = wide.dropna(how="all").dropna(how="all", axis=1)
    shade = sns.light_palette(MAIN, as_cmap=True)
    rows = [words("expects", level=level) for level in wide.index]
    columns = [words("perceives", level=level) for level in wide.columns]
    low, high = np.floor(data["index"].min()), np.ceil(data["index"].max())
    figure = heat_map(wide, rows, columns, shade, low - 2, 0, high)
    figure.axes[0].tick_params(axis="x", colors=INK)
    return figure
