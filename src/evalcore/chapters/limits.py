"""Limitations: what applies and was not reported."""

import pandas as pd

from evalcore.edition import Edition
from evalcore.indicators.values import UNREPORTED


def unreported_frame(indicators: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """entity, indicator, weight (percent of the composite's indicator weight): applicable and not reported."""
    weight = {i.id: d.weight * i.weight / 100 for d in edition.framework.dimensions for i in d.indicators}
    missing = indicators[indicators["status"] == UNREPORTED]
    weighed = missing.assign(weight=missing["indicator"].map(weight))
    return weighed[["entity", "indicator", "weight"]].reset_index(drop=True)
