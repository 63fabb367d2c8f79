"""Year on year: what a change is made of, and which indicators moved."""

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from evalcore.figures.heat import heat_map
from evalcore.figures.layout import entity_names, indicator_names, label_rows, legend_above, nothing, rows_figure
from evalcore.figures.style import INK, QUIET, SEQUENCE
from evalcore.words import Words

PARTS = dict(zip(("real", "method", "mix", "noise"), (SEQUENCE[0], SEQUENCE[1], SEQUENCE[3], SEQUENCE[5]), strict=True))
REACH = 10.0
"""Points of a change from which on the shade is the darkest."""


def draw_split(data: pd.DataFrame, words: Words) -> Figure:
    """Bars of the parts of each change, negative ones to the left; the whole change as a mark.

    Data: as `compare.years.Years.split`, in order.
    """
    if data.empty:
        return nothing(words)
    figure, axes = rows_figure(len(data), extra=1.2)
    rows = np.arange(len(data))
    ends = {1: np.zeros(len(data)), -1: np.zeros(len(data))}
    for part, colour in PARTS.items():
        value = data[part].to_numpy(float)
        for sign in (1, -1):
            length = np.where(np.sign(value) == sign, value, 0.0)
            label = words(part) if sign == 1 else None
            axes.barh(rows, length, left=ends[sign], color=colour, height=0.62, label=label)
            ends[sign] = ends[sign] + length
    axes.hlines(rows, data["lower"].astype(float), data["upper"].astype(float), color=INK, linewidth=1.1, zorder=3)
    axes.plot(
        data["change"].astype(float), rows, "D", color="white", markeredgecolor=INK, markersize=5, label=words("change")
    )
    axes.axvline(0, color=QUIET, linewidth=0.8)
    label_rows(axes, entity_names(data["entity"], words))
    axes.set_xlabel(words("x"))
    legend_above(figure, axes)
    return figure


def draw_indicators(data: pd.DataFrame, words: Words) -> Figure:
    """Changes of scores that can be stated, by entity and indicator; a blank cell means that none can.

    Data: entity, indicator, shown (points of 100, missing where open); entities in order.
    """
    if data.empty:
        return nothing(words)
    order = list(dict.fromkeys(data["entity"])), list(dict.fromkeys(data["indicator"]))
    table = data.pivot(index="entity", columns="indicator", values="shown").reindex(index=order[0], columns=order[1])
    names = entity_names(order[0], words), [name.split("  ")[-1] for name in indicator_names(order[1], words)]
    shade = mpl.colormaps["RdBu"]
    return heat_map(table, *names, shade, low=-REACH, high=REACH)
