"""The making of the fits of rates, from a request that says all of it; one compiled model serves all of them.

Nothing here asks an edition, see `evalcore.model.ordinal_fitting`.
"""

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import xarray as xr

from evalcore.model.rate_draws import FACTORS, Members

if TYPE_CHECKING:
    from evalcore.model.sampler import Settings

ACCEPT = ((10_000, 0.95), (np.inf, 0.8))
"""Cases below which steps are kept so short: few cases leave the geometry to the priors."""


@dataclass(frozen=True)
class RatesRequest:
    """Everything that shapes the rates of an edition.

    Attributes
    ----------
    counts : dict of str to DataFrame
        By name (`R1-0`: indicator and part), as `rate_counts` returns them.
    known : mapping
        As `members`.
    seeds : dict of str to int
        By name.
    """

    counts: dict[str, pd.DataFrame]
    known: Members
    draws: int
    taken: int
    tune: int
    chains: int
    seeds: dict[str, int]

    @property
    def facts(self) -> dict[str, object]:
        """All of it as JSON-able values."""
        own = {field.name: getattr(self, field.name) for field in fields(self)}
        return own | {"counts": {name: counts.to_dict("list") for name, counts in self.counts.items()}}


def fit_rate(counts: pd.DataFrame, known: Members, settings: "Settings", seed: int, name: str = "rate") -> xr.DataTree:
    """Posterior of one rate.

    Parameters
    ----------
    counts : DataFrame
        entity, category, period, hits, n; see `evalcore.model.rates.rate_data`.
    known : mapping
        "entity", "category", "period" -> all members; every cell's is among them.

    Returns
    -------
    DataTree
        `posterior` (chain, draw, ...): `base`, `effect_<factor>`, `sd_entity` and `spread`, all on the logit scale,
        exactly 0 for the effects of members without cases; `sample_stats`; `observed_data` with `hits` and `n`
        (cell,) and the entity, category and period of each cell along `cell`.
    """
    from evalcore.model.rates import build_rates, checked_counts, rate_data
    from evalcore.model.sampler import finite, nuts

    used, data = checked_counts(counts), rate_data(counts, known)
    sizes = tuple(len(known[factor]) for factor in FACTORS)
    accept = settings.target_accept or next(value for most, value in ACCEPT if data["n"].sum() < most)
    tree = nuts(("rates", sizes), lambda: build_rates(data, known), data, settings, accept, seed)
    posterior = tree["posterior"].to_dataset()
    kept = posterior[[key for key in posterior.data_vars if not key.startswith("z_")]]
    kept = kept.drop_vars([key for key in kept.coords if key not in kept.dims])
    kept = kept.assign_coords({factor: list(known[factor]) for factor in FACTORS if factor in kept.dims})
    finite(kept, name)
    places = {factor: ("cell", used[factor].to_numpy(str)) for factor in FACTORS}
    observed = {key: ("cell", data[key]) for key in ("hits", "n")}
    held = xr.DataTree.from_dict(
        {
            "posterior": kept,
            "sample_stats": tree["sample_stats"].to_dataset(),
            "observed_data": xr.Dataset(observed, places),
        }
    )
    held.attrs = tree.attrs | {"item": name}
    return held


def fit_rates(asked: RatesRequest) -> xr.DataTree:
    """The posteriors of all rates asked for.

    Returns
    -------
    DataTree
        A child per rate, as `fit_rate` returns it; attributes `indicator` and `part` beside its own.
    """
    from evalcore.model.sampler import Settings  # PyMC is heavy, and a fit that was kept needs none

    settings = Settings(asked.draws, asked.tune, asked.chains, taken=asked.taken)
    fits = {}
    for name, counts in asked.counts.items():
        fits[name] = fit_rate(counts, asked.known, settings, asked.seeds[name], name)
        indicator, part = name.rsplit("-", 1)
        fits[name].attrs |= {"indicator": indicator, "part": int(part)}
    return xr.DataTree(children=fits)
