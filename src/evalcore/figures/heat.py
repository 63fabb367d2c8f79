"""Heat maps: numbers where they can be read, a colour bar where they cannot."""

from collections.abc import Sequence

import matplotlib.pyplot as plt
import pandas as pd
import seaborn as sns
from matplotlib.colors import Colormap
from matplotlib.figure import Figure

from evalcore.figures.labels import fold, longest_word
from evalcore.figures.layout import NAME, ROW, WIDTH, label_rows
from evalcore.figures.style import ink_on

READABLE, NAMES = 0.24, 1.3
"""Inches: the narrowest cell that can hold a number, and the width of the names beside the cells."""


def heat_map(
    table: pd.DataFrame,
    rows: Sequence[str],
    columns: Sequence[str],
    shade: Colormap,
    low: float,
    digits: int = 0,
    high: float = 100,
) -> Figure:
    """Shaded cells from `low` (and below) to `high`; missing ones stay blank.

    Parameters
    ----------
    table : DataFrame
        Numbers, in the order of `rows` and `columns`, the names written beside and above.
    """
    cell = (WIDTH - NAMES) / len(columns)
    readable = cell >= READABLE
    height = (ROW if readable else 0.15) * len(rows) + 1.6
    figure, axes = plt.subplots(figsize=(WIDTH, height), layout="constrained")
    axes.grid(visible=False)
    text = {"annot": True, "fmt": f".{digits}f", "annot_kws": {"size": 8 if cell >= 0.29 else 7}} if readable else {}
    bar = {"shrink": 0.4, "aspect": 30, "extend": "min" if low else "neither"}
    sns.heatmap(
        table.to_numpy(dtype=float), mask=table.isna().to_numpy(), cmap=shade, vmin=low, vmax=high, ax=axes, **text,
        linewidths=0.8 if readable else 0, cbar=not readable, cbar_kws=bar,
    )  # fmt: skip
    shades = axes.collections[0].get_facecolors()[table.notna().to_numpy().ravel()]
    for number, shade in zip(axes.texts, shades, strict=False):  # none where they cannot be read
        number.set_color(ink_on(shade))
    label_rows(axes, rows, lines=2 if readable else 1, at=0.5)
    if not readable:
        axes.tick_params(axis="y", labelsize=7)
    _label_columns(axes, columns, cell)
    return figure


def _label_columns(axes: plt.Axes, columns: Sequence[str], cell: float) -> None:
    """Names above the columns: across where the cells are wide enough, else upright."""
    room = int(cell / 0.07)
    across = max(map(longest_word, columns)) <= room
    folded = [fold(name, room if across else NAME, 3 if across else 1) for name in columns]
    size = 8.5 if across else max(min(8.5, 60 * cell), 4)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.set_xticks([k + 0.5 for k in range(len(columns))], folded, rotation=0 if across else 90, fontsize=size)
