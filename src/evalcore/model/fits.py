"""The ordinal fits of an edition: what each is made from, and the making."""

from dataclasses import asdict, dataclass
from itertools import chain

import pandas as pd
import xarray as xr
from ibis.expr.types import Table

from evalcore.edition import Edition
from evalcore.edition.model import Fit
from evalcore.indicators.cells import MICRO
from evalcore.model.design import ordinal_design
from evalcore.model.priors import Priors
from evalcore.model.responses import ordinal_counts
from evalcore.streams import stream

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
