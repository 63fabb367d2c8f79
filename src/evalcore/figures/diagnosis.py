"""Where the misalignments show."""

import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure

from evalcore.figures.heat import heat_map
from evalcore.figures.layout import entity_names, nothing
from evalcore.figures.style import ACCENT
from evalcore.words import Words


def draw_shows(data: pd.DataFrame, words: Words) -> Figure:
    """Probability in percent that most signs of a misalignment show, entities below each other.

    Parameters
    ----------
    data : DataFrame
        misalignment, entity, signs, probability.
    """
    if data.empty:
        return nothing(words)
    order = list(dict.fromkeys(data["misalignment"]))
    wide = 100 * data.pivot(index="entity", columns="misalignment", values="probability").reindex(columns=order)
    shade = sns.light_palette(ACCENT, as_cmap=True)
    return heat_map(wide, entity_names(list(wide.index), words), [words(name) for name in order], shade, 0)
