"""Heat maps of scores: entities against indicators or categories."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure

from evalcore.figures.scores import ROW, WIDTH
from evalcore.figures.style import MAIN
from evalcore.words import Words


def draw_indicators(data: pd.DataFrame, words: Words) -> Figure:
    """Score of every indicator, entities in the order of the ranking; blank where nothing is shown.

    Parameters
    ----------
    data : DataFrame
        entity (in order), indicator (in order), score.
    """
    return _grid(data, "indicator", "score", list, words)


def draw_categories(data: pd.DataFrame, words: Words) -> Figure:
    """Composite per category; blank where the entity does not sell it or the cell is too small.

    Parameters
    ----------
    data : DataFrame
        entity (in order), group (category, in order), low.
    """
    return _grid(data, "group", "low", lambda ids: [words.name("categories", id_) for id_ in ids], words)


def _grid(data: pd.DataFrame, column: str, value: str, name: object, words: Words) -> Figure:
    entities, columns = list(dict.fromkeys(data["entity"])), list(dict.fromkeys(data[column]))
    table = data.pivot(index="entity", columns=column, values=value).reindex(index=entities, columns=columns).astype(float)
    figure, axes = plt.subplots(figsize=(WIDTH, ROW * len(entities) + 1.3), layout="constrained")
    shade = sns.light_palette(MAIN, as_cmap=True)
    sns.heatmap(table, cmap=shade, vmin=40, vmax=100, annot=True, fmt=".0f", annot_kws={"size": 8}, linewidths=0.8,
                cbar=False, mask=table.isna(), ax=axes)
    axes.set(xlabel="", ylabel="")
    axes.xaxis.tick_top()
    long_names = column == "group"
    axes.set_xticks(np.arange(len(columns)) + 0.5, name(columns), rotation=20 if long_names else 0,
                    ha="left" if long_names else "center", fontsize=8.5)
    axes.set_yticks(np.arange(len(entities)) + 0.5, [words.name("entities", e) for e in entities], rotation=0)
    axes.grid(visible=False)
    return figure
