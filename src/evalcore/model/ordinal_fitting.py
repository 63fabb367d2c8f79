"""The making of ordinal fits, from a request that says all of it.

Nothing here knows an edition: a posterior that was kept (`evalcore.io.kept`) is not lost where only its words change.
"""

from dataclasses import asdict, dataclass
from itertools import chain

import pandas as pd
import xarray as xr

from evalcore.model.design import ordinal_design
from evalcore.model.priors import Priors

ROLES = ("segment_one", "segment_two")
"""What the segments are called while a fit is made, so that fits of equal size share one compile."""


@dataclass(frozen=True)
class Request:
    """Everything that shapes one fit.

    Attributes
    ----------
    counts : DataFrame
        As `evalcore.model.responses.ordinal_counts` returns them.
    levels : tuple of int
        The item's scale.
    segments : tuple of str
        At most two columns of the counts.
    """

    counts: pd.DataFrame
    levels: tuple[int, ...]
    segments: tuple[str, ...]
    priors: Priors
    draws: int
    taken: int
    tune: int
    chains: int
    target_accept: float | None
    seed: int

    @property
    def facts(self) -> dict[str, object]:
        """All of it as JSON-able values."""
        return asdict(self) | {"counts": self.counts.to_dict("list")}


def fit_ordinal(asked: Request) -> xr.DataTree:
    """Sample one posterior, as `evalcore.model.sample.sample` returns it, with the segments under their own names.

    Effects: entity, the segments, category and period; each segment and the category by entity.
    """
    from evalcore.model.sample import Settings, sample  # PyMC is heavy, and a fit that was kept needs none

    roles = dict(zip(asked.segments, ROLES, strict=False))
    factors = dict.fromkeys(["entity", *roles.values(), "category", "period"])
    interactions = [("entity", name) for name in (*roles.values(), "category")]
    design = ordinal_design(asked.counts.rename(columns=roles), asked.levels, factors, interactions)
    settings = Settings(asked.draws, asked.tune, asked.chains, asked.target_accept, asked.taken)
    return _renamed(sample(design, asked.priors, settings, asked.seed), {role: name for name, role in roles.items()})


def fit_groups(asked: Request) -> xr.DataTree:
    """Sample the posterior: main effects of the factors, each pooled; as `evalcore.model.sample.sample` returns it."""
    from evalcore.model.sample import Settings, sample  # PyMC is heavy, and a fit that was kept needs none

    design = ordinal_design(asked.counts, asked.levels, dict.fromkeys(asked.segments))
    settings = Settings(asked.draws, asked.tune, asked.chains, asked.target_accept, asked.taken)
    return sample(design, asked.priors, settings, asked.seed)


def _renamed(tree: xr.DataTree, names: dict[str, str]) -> xr.DataTree:
    """The tree with other names of factors in variables, dimensions and lists of terms."""

    def called(text: str) -> str:
        for old, new in names.items():
            text = text.replace(old, new)
        return text

    def relabelled(data: xr.Dataset) -> xr.Dataset:
        present = dict.fromkeys(map(str, chain(data.variables, data.dims)))
        data = data.rename({name: called(name) for name in present if called(name) != name})
        lists = [name for name in map(str, data.coords) if name.endswith("term")]
        return data.assign_coords({name: [called(str(term)) for term in data[name].to_numpy()] for name in lists})

    return tree.map_over_datasets(relabelled)
