"""What is held against satisfaction, and what the worth of it is computed from."""

from typing import TYPE_CHECKING

from pydantic import Field, FiniteFloat, model_validator

from evalcore.edition.text import Frozen, Name, Text

if TYPE_CHECKING:
    from evalcore.edition.edition import Edition


class Driver(Frozen):
    """A question that may go with satisfaction; `better: lower` where yes, or more, is bad."""

    column: Name
    name: Text
    better: str = Field(default="higher", pattern="^(higher|lower)$")


class Drivers(Frozen):
    """Which questions, and what is held fixed.

    `adjust`: columns whose main effects are taken out of outcome and drivers (entity by category always are);
    `spread`: standard deviation of the prior of a coefficient per standard deviation of its driver, logit scale;
    `groups` of respondents drawn at random are resampled `replicates` times.
    """

    source: Name
    outcome: Name
    items: tuple[Driver, ...] = Field(min_length=2, max_length=12)
    adjust: tuple[Name, ...] = ()
    spread: float = Field(default=0.5, gt=0)
    groups: int = Field(default=400, ge=20)
    replicates: int = Field(default=400, ge=50)


class Input(Frozen):
    """One input of the scenarios, with its range; `told` names a published figure, or says whose assumption it is."""

    id: Name
    name: Text
    unit: str = Field(pattern="^(percent|points|yuan|count)$")
    low: FiniteFloat
    usual: FiniteFloat
    high: FiniteFloat
    told: Text

    @model_validator(mode="after")
    def _in_order(self) -> "Input":
        if not self.low <= self.usual <= self.high or self.low == self.high:
            raise ValueError(f"input {self.id}: low {self.low:g}, usual {self.usual:g}, high {self.high:g} must rise")
        return self


INPUTS = (
    "gain_points",
    "repurchase_per_ten",
    "repeat_share",
    "margin",
    "added_cost",
    "contacts",
    "bot_share",
    "cost_human",
    "cost_bot",
    "returns",
    "cost_return",
    "cost_return_shared",
    "compensation",
    "points_share",
    "points_saving",
)
"""What the scenarios of `evalcore.drivers.worth` need."""


class Scenarios(Frozen):
    """Inputs of the return on service investment; each replicate draws every input from a triangle over its range."""

    inputs: tuple[Input, ...]
    replicates: int = Field(default=10_000, ge=1000)

    @model_validator(mode="after")
    def _complete(self) -> "Scenarios":
        given = [item.id for item in self.inputs]
        if sorted(given) != sorted(INPUTS):
            wrong = sorted(set(given) ^ set(INPUTS)) or sorted({i for i in given if given.count(i) > 1})
            raise ValueError(f"scenarios.inputs: {', '.join(wrong)}: each of {', '.join(INPUTS)} stands there once")
        return self


def check_drivers(edition: "Edition") -> None:
    """Columns named are those of the source."""
    if not (own := edition.drivers):
        return
    if own.source not in edition.sources:
        raise ValueError(f"drivers.source: no source '{own.source}'; known: {', '.join(edition.sources)}")
    columns = edition.sources[own.source].columns
    unknown = [c for c in (own.outcome, *(item.column for item in own.items), *own.adjust) if c not in columns]
    if unknown:
        raise ValueError(f"drivers: {', '.join(unknown)} is no column of '{own.source}'; known: {', '.join(columns)}")
