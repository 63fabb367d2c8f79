"""What is lost: one bar per indicator, over all entities."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from evalcore.figures.layout import indicator_names, label_rows, rows_figure, write_values
from evalcore.figures.style import CALM, MAIN
from evalcore.words import Words, format_value


def draw_industry(data: pd.DataFrame, words: Words) -> Figure:
    """Points of the composite that each indicator costs the mean entity, the costliest first.

    Parameters
    ----------
    data : DataFrame
        indicator, loss, most, entities.
    """
    figure, axes = rows_figure(len(data))
    rows = np.arange(len(data))
    axes.barh(rows, data["loss"], color=np.where(data["most"] > 0, MAIN, CALM), height=0.62)
    texts = [
        words("bar", loss=format_value(r.loss, 1), most=r.most) if r.most else format_value(r.loss, 1)
        for r in data.itertuples()
    ]
    write_values(axes, data["loss"], texts)
    label_rows(axes, indicator_names(data["indicator"], words), columns=40)
    axes.margins(x=0.25)
    axes.set_xlabel(words("x"))
    return figure
