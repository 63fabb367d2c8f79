"""What an edition asks of the fits of its expert panel."""

import pandas as pd

from evalcore.edition import Edition
from evalcore.model.panel_fitting import PanelRequest
from evalcore.streams import stream

LONGEST_TUNE = 500
"""Warm-up draws that suffice; an edition may ask for fewer."""


def panel_request(reviews: pd.DataFrame, edition: Edition) -> PanelRequest:
    """What an edition asks of its panel.

    Parameters
    ----------
    reviews : DataFrame
        Cleaned reviews of all rounds: expert, entity, dimension, round, score, conflict. The round after the
        discussion counts; blind scores show agreement and do not enter.
    """
    used = reviews[reviews["round"] == "discussed"].astype({"score": float, "conflict": bool})
    columns = ["expert", "entity", "dimension", "score", "conflict"]
    order = used[columns].sort_values(columns[:3]).reset_index(drop=True)
    seed = int(stream(edition.seed, "model", "experts").integers(2**31))
    model = edition.model
    return PanelRequest(order, model.draws, model.taken, min(model.tune, LONGEST_TUNE), model.chains, seed)
