"""What an edition asks of its rates.

A rate is a share of cases that a source counted one by one: not a reported ratio, not a census (those stay as they
are), not a rating that the ordinal model reads.
"""

import numpy as np
import pandas as pd

from evalcore.edition import Edition
from evalcore.indicators.estimate import effective_n, point
from evalcore.model.rate_draws import FACTORS, Members
from evalcore.model.rate_fitting import RatesRequest
from evalcore.streams import stream

LONGEST_TUNE = 500
"""Warm-up draws that suffice; an edition may ask for fewer."""


def rates_request(cells: pd.DataFrame, edition: Edition) -> RatesRequest:
    """What an edition asks of its rates; those without a case in any cell are left out.

    Parameters
    ----------
    cells : DataFrame
        As `evalcore.indicators.cells` makes them.
    """
    counts = {}
    for indicator, part in edition.rates:
        own = cells[(cells["indicator"] == indicator) & (cells["part"] == part)]
        if len(own):
            counts[f"{indicator}-{part}"] = rate_counts(own)
    seeds = {name: int(stream(edition.seed, "model", "rates", name).integers(2**31)) for name in counts}
    model = edition.model
    tune = min(model.tune, LONGEST_TUNE)
    return RatesRequest(counts, members(edition), model.draws, model.taken, tune, model.chains, seeds)


def members(edition: Edition) -> Members:
    """Entities, categories and periods of an edition; an edition without categories has the one, "all"."""
    categories = [category.id for category in edition.categories] or ["all"]
    periods = [period.id for period in edition.periods]
    return {"entity": [e.id for e in edition.entities], "category": categories, "period": periods}


def rate_counts(cells: pd.DataFrame) -> pd.DataFrame:
    """Integer counts of one part of an indicator.

    Unweighted cases are counted as they are. Of weighted answers a cell has as many as are worth the same unweighted
    (Kish's effective number, rounded), hits in the weighted share: the effective sample size approach of Chen,
    Wakefield and Lumley (2014, Spatial and Spatio-temporal Epidemiology 11).

    Parameters
    ----------
    cells : DataFrame
        As `evalcore.schema.CELLS`, of one indicator and part.

    Returns
    -------
    DataFrame
        entity, category, period, hits, n.
    """
    n = np.maximum(effective_n(cells).round(), 1).astype("int64")
    hits = (point(cells) * n).round().astype("int64")
    return cells[[*FACTORS]].assign(hits=hits, n=n).reset_index(drop=True)
