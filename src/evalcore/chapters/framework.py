"""Chapter 2: the framework as the edition states it."""

import pandas as pd

from evalcore.edition import Edition
from evalcore.words import Number


def framework_frame(edition: Edition) -> pd.DataFrame:
    """dimension, indicator, weight (as printed), effective (percent of the whole), goalposts, source, clause."""
    rows = [
        {
            "dimension": dimension.id,
            "indicator": indicator.id,
            "weight": indicator.printed_weight,
            "effective": dimension.weight * indicator.weight / 100 * (1 - edition.framework.expert_share / 100),
            "floor": indicator.goalposts.floor,
            "baseline": indicator.goalposts.baseline,
            "stretch": indicator.goalposts.stretch,
            "source": indicator.measure.source,
            "clause": indicator.clause,
        }
        for dimension in edition.framework.dimensions
        for indicator in dimension.indicators
    ]
    return pd.DataFrame(rows).astype({"stretch": float})


def framework_numbers(edition: Edition) -> dict[str, Number]:
    """Counts and shares that the chapter mentions."""
    return {
        "framework.dimensions": Number(len(edition.framework.dimensions)),
        "framework.indicators": Number(len(edition.framework.indicators)),
        "framework.expert_share": Number(edition.framework.expert_share, "percent", 0),
        "framework.unreported_limit": Number(edition.framework.unreported_limit, "percent", 0),
        "framework.minimum_cell": Number(edition.minimum_cell),
        "framework.interval": Number(100 * edition.model.interval, "percent", 0),
        "framework.draws": Number(edition.model.draws),
    }
