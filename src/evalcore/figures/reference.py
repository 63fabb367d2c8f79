"""How far this edition lies from what was published."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from evalcore.figures.layout import LONG_NAME, label_rows, nothing, rows_figure
from evalcore.figures.style import ACCENT, MAIN, PALE
from evalcore.words import Words

FURTHEST = 6.0
"""Sampling errors; what lies beyond is drawn at the edge with an arrow."""
NEAR = 2.0


def draw_reference(data: pd.DataFrame, words: Words) -> Figure:
    """Sampling errors between this edition and each published figure, beyond its rounding.

    Parameters
    ----------
    data : DataFrame
        id, metric, scope, z (known), in order.
    """
    if data.empty:
        return nothing(words)
    figure, axes = rows_figure(len(data))
    z, rows = data["z"].to_numpy(), np.arange(len(data))
    shown, far = np.clip(z, -FURTHEST, FURTHEST), np.abs(z) > FURTHEST
    axes.axvspan(-NEAR, NEAR, color=PALE, alpha=0.5)
    axes.axvline(0, color=PALE)
    axes.plot(shown[~far], rows[~far], "o", color=MAIN)
    for side, marker in ((1, ">"), (-1, "<")):
        own = far & (np.sign(z) == side)
        axes.plot(shown[own], rows[own], marker, color=ACCENT)
    label_rows(axes, [f"{r.metric}, {r.scope}  {r.id}" for r in data.itertuples()], LONG_NAME + 14)
    axes.set_xlim(-FURTHEST - 0.5, FURTHEST + 0.5)
    axes.set_xlabel(words("x"))
    return figure
