"""The making of the fits of a panel, from a request that says all of it.

Nothing here knows an edition, see `evalcore.model.ordinal_fitting`.
"""

from dataclasses import asdict, dataclass

import pandas as pd
import xarray as xr

LEFT_OUT = 1_000
"""Draws of a fit without one expert, of which only means are used."""


@dataclass(frozen=True)
class PanelRequest:
    """Everything that shapes the fits of a panel; `reviews` as `evalcore.model.experts.expert_data` takes them."""

    reviews: pd.DataFrame
    draws: int
    taken: int
    tune: int
    chains: int
    seed: int

    @property
    def facts(self) -> dict[str, object]:
        """All of it as JSON-able values."""
        return asdict(self) | {"reviews": self.reviews.to_dict("list")}


def fit_panel(asked: PanelRequest) -> xr.DataTree:
    """The posterior of the whole panel, as `evalcore.model.experts.fit_experts`: what enters the score."""
    from evalcore.model.experts import fit_experts  # PyMC is heavy, and a fit that was kept needs none
    from evalcore.model.sampler import Settings

    settings = Settings(asked.draws, asked.tune, asked.chains, taken=asked.taken)
    return fit_experts(asked.reviews, settings, asked.seed)


def panel_left_out(asked: PanelRequest) -> xr.DataTree:
    """Adjusted scores without each expert in turn, see `evalcore.model.experts.left_out`, as `scores`."""
    from evalcore.model.experts import left_out
    from evalcore.model.sampler import Settings

    scores = left_out(asked.reviews, Settings(LEFT_OUT, asked.tune, asked.chains), asked.seed)
    return xr.DataTree(scores.to_dataset(name="scores"))
