"""What an edition asks of its ordinal fits."""

import pandas as pd
from ibis.expr.types import Table

from evalcore.edition import Edition
from evalcore.edition.model import Fit
from evalcore.indicators.cells import MICRO
from evalcore.model.ordinal_fitting import Request
from evalcore.model.priors import Priors
from evalcore.model.responses import ordinal_counts
from evalcore.streams import stream


def answers_of(answers: Table, fit: Fit, edition: Edition) -> pd.DataFrame:
    """Respondents per cell and level of one fit.

    Parameters
    ----------
    answers : Ibis table
        The model's survey; without `weight_micro` all weigh the same.

    Returns
    -------
    DataFrame
        item, entity, the segments, category, period, level, `n` respondents, `weight` (of the survey, millionths).
    """
    keys = ["entity", *fit.segments, "category", "period"]
    counts = ordinal_counts(answers, fit.item, keys, _levels(fit, edition))
    return counts if "weight" in counts else counts.assign(weight=counts["n"] * MICRO)


def _levels(fit: Fit, edition: Edition) -> tuple[int, ...]:
    return tuple(range(1, edition.sources[edition.model.source].columns[fit.item].levels + 1))


def request(counts: pd.DataFrame, fit: Fit, edition: Edition) -> Request:
    """What an edition asks of one fit; its seed follows from the edition's and the name of the fit."""
    model = edition.model
    unequal = "entity" if model.variances == "unequal" else None
    return Request(
        counts=counts,
        levels=_levels(fit, edition),
        segments=fit.segments,
        priors=Priors(link=model.link, cut_points=model.cut_points, effects=model.effects, unequal=unequal),
        draws=model.draws,
        taken=model.taken,
        tune=model.tune,
        chains=model.chains,
        target_accept=model.target_accept,
        seed=int(stream(edition.seed, "ordinal", fit.id).integers(2**31)),
    )
