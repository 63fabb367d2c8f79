"""What the robustness analysis varies, and how far."""

from typing import Literal

from pydantic import Field, model_validator

from evalcore.edition.text import Frozen, Percent

Normalisation = Literal["own", "baseline_bonus", "goalposts", "minmax", "zscore", "percentile_rank"]
Aggregation = Literal["own", "arithmetic", "geometric", "harmonic", "copeland"]
Treatment = Literal["none", "winsorise"]

USUAL = {
    "normalisations": ("baseline_bonus", "goalposts", "minmax"),
    "aggregations": ("arithmetic", "geometric"),
    "treatments": ("none", "winsorise"),
}
"""What varies for a framework that names nothing."""

RELATIVE = ("own", "minmax", "zscore", "percentile_rank")
"""Normalisations that an index may vary: its indicators need not have goalposts."""


class Robustness(Frozen):
    """Alternatives to the edition's own choices; each replicate draws one of each.

    `weight_concentration` c: weights of the items of a node are Dirichlet(c x the edition's shares), so that a
    share w has standard deviation sqrt(w (1 - w) / (c + 1)). Methods left out are `USUAL` for a framework, and do
    not vary for an index, whose "own" normalisation and aggregation are each indicator's and each node's.
    `expert_share`: uniform between the two percents; left out, the edition's share stays. `chunk`: replicates
    computed at a time, which bounds the memory.
    """

    replicates: int = Field(default=4000, ge=100)
    weight_concentration: float = Field(default=50, gt=0)
    normalisations: tuple[Normalisation, ...] | None = Field(default=None, min_length=1)
    aggregations: tuple[Aggregation, ...] | None = Field(default=None, min_length=1)
    treatments: tuple[Treatment, ...] | None = Field(default=None, min_length=1)
    expert_share: tuple[Percent, Percent] | None = None
    chunk: int = Field(default=256, ge=1)

    @model_validator(mode="after")
    def _sensible(self) -> "Robustness":
        for name in USUAL:
            given = getattr(self, name) or ()
            if len(set(given)) < len(given):
                raise ValueError(f"{name} are named twice: {', '.join(given)}; name each once")
        if self.expert_share and self.expert_share[0] > self.expert_share[1]:
            raise ValueError(f"expert_share {list(self.expert_share)} must rise, as in [10, 30]")
        return self

    def options(self, of_index: bool) -> tuple[tuple[str, ...], ...]:
        """Normalisations, aggregations and treatments to draw from; () where one does not vary."""
        return tuple(getattr(self, name) or (() if of_index else usual) for name, usual in USUAL.items())
