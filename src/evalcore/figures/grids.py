"""Heat maps of scores: entities against indicators or categories."""

import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure

from evalcore.figures.heat import heat_map
from evalcore.figures.layout import entity_names
from evalcore.figures.style import MAIN
from evalcore.words import Words

LOWEST = 40
"""Points that get the palest shade; what lies below is rare, and its number is written in the cell."""


def draw_indicators(data: pd.DataFrame, words: Words) -> Figure:
    """Score of every indicator, entities in the order of the ranking; blank where nothing is shown.

    Parameters
    ----------
    data : DataFrame
        entity (in order), indicator (in order), score.
    """
    table = _table(data, "indicator", "score")
    return heat_map(table, entity_names(table.index, words), list(table.columns), _shade(), LOWEST)


def draw_categories(data: pd.DataFrame, words: Words) -> Figure:
    """Composite per category; blank where the entity does not sell it or the cell is too small.

    Parameters
    ----------
    data : DataFrame
        entity (in order), group (category, in order), low.
    """
    table = _table(data, "group", "low")
    names = [words.name("categories", id_) for id_ in table.columns]
    return heat_map(table, entity_names(table.index, words), names, _shade(), LOWEST, digits=1)


def _shade() -> object:
    return sns.light_palette(MAIN, as_cmap=True)


def _table(data: pd.DataFrame, column: str, value: str) -> pd.DataFrame:
    entities, columns = list(dict.fromkeys(data["entity"])), list(dict.fromkeys(data[column]))
    return data.pivot(index="entity", columns=column, values=value).reindex(index=entities, columns=columns)
