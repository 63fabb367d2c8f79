"""Chapter 9, the five links of a process: how much of the checklist mystery visits met."""

import numpy as np
import pandas as pd

from evalcore.chapters.visits import LINKS
from evalcore.edition import Edition
from evalcore.survey.interval import mean_estimate
from evalcore.words import Number

HALF = 50.0
"""Percent of a link's items: above it the link is there more often than not."""


def links_frame(visits: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """link, entity ("all" first), n, value, lower, upper (percent of items met), above, below, open.

    A visit counts with the share of the link's items that it could judge. `above` and `below` count the entities
    whose whole interval lies above or below half, `open` the others; of "all" only.
    """
    rows = []
    for link, items in LINKS.items():
        met = visits[list(items)].astype("Float64").mean(axis=1)
        of = {
            e.id: mean_estimate(met[visits["entity"] == e.id], edition.model.interval, 100)
            for e in edition.entities
            if not e.pooled
        }
        of = {entity: found for entity, found in of.items() if found.n > 1}
        above = sum(found.lower > HALF for found in of.values())
        below = sum(found.upper < HALF for found in of.values())
        overall = mean_estimate(met, edition.model.interval, 100)
        rows.append((link, "all", overall, above, below, len(of) - above - below))
        rows += [(link, entity, found, 0, 0, 0) for entity, found in of.items()]
    told = [(link, entity, e.n, e.value, e.lower, e.upper, *counts) for link, entity, e, *counts in rows]
    names = ["link", "entity", "n", "value", "lower", "upper", "above", "below", "open"]
    return pd.DataFrame(told, columns=names)


def link_numbers(links: pd.DataFrame) -> dict[str, Number]:
    """`process.link.<link>` in percent, with `.above` and `.below`."""
    found: dict[str, Number] = {}
    for row in links[links["entity"] == "all"].itertuples():
        name = f"process.link.{row.link}"
        found[name] = Number(None if np.isnan(row.value) else float(row.value), "percent", 0)
        found |= {f"{name}.above": Number(int(row.above)), f"{name}.below": Number(int(row.below))}
    return found
