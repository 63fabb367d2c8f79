"""What the robustness analysis varies, and how far."""

from typing import Literal

from pydantic import Field, model_validator

from evalcore.edition.text import Frozen, Percent

Normalisation = Literal["baseline_bonus", "goalposts", "minmax", "zscore", "percentile_rank"]
Aggregation = Literal["arithmetic", "geometric", "harmonic", "copeland"]
Treatment = Literal["none", "winsorise"]


class Robustness(Frozen):
    """Alternatives to the edition's own choices; each replicate draws one of each.

    `weight_concentration` c: weights of the items of a node are Dirichlet(c x the edition's shares), so that a
    share w has standard deviation sqrt(w (1 - w) / (c + 1)). `expert_share`: uniform between the two percents;
    left out, the edition's share stays. `chunk`: replicates computed at a time, which bounds the memory.
    """

    replicates: int = Field(default=4000, ge=100)
    weight_concentration: float = Field(default=50, gt=0)
    normalisations: tuple[Normalisation, ...] = Field(default=("baseline_bonus", "goalposts", "minmax"), min_length=1)
    aggregations: tuple[Aggregation, ...] = Field(default=("arithmetic", "geometric"), min_length=1)
    treatments: tuple[Treatment, ...] = Field(default=("none", "winsorise"), min_length=1)
    expert_share: tuple[Percent, Percent] | None = None
    chunk: int = Field(default=256, ge=1)

    @model_validator(mode="after")
    def _sensible(self) -> "Robustness":
        for name in ("normalisations", "aggregations", "treatments"):
            if len(set(getattr(self, name))) < len(getattr(self, name)):
                raise ValueError(f"{name} are named twice: {', '.join(getattr(self, name))}; name each once")
        if self.expert_share and self.expert_share[0] > self.expert_share[1]:
            raise ValueError(f"expert_share {list(self.expert_share)} must rise, as in [10, 30]")
        return self
