"""The framework: dimensions, indicators, goalposts and levels (evaluation-system.md, section 2)."""

from typing import Literal

from pydantic import Field, FiniteFloat, PrivateAttr, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from evalcore.edition.measure import Combination, Measure
from evalcore.edition.text import Frozen, Name, Percent, Text
from evalcore.edition.weights import rescaled

WEIGHT_TOLERANCE = 1e-9


class Goalposts(Frozen):
    """Fixed points of the baseline-and-bonus scale, in the unit of the indicator.

    `base` points are reached at `baseline`; up to `bonus` more between `baseline` and `stretch`.
    Where the baseline is the best possible value there is no stretch and `base` is 100.
    """

    floor: FiniteFloat
    baseline: FiniteFloat
    stretch: FiniteFloat | None = None
    base: float = Field(default=90, gt=0, le=100)
    bonus: float = Field(default=10, ge=0, le=100)

    @model_validator(mode="before")
    @classmethod
    def _no_bonus_without_stretch(cls, data: dict) -> dict:
        if isinstance(data, dict) and data.get("stretch") is None:
            return {"base": 100, "bonus": 0, **data}
        return data

    @model_validator(mode="after")
    def _in_order(self) -> "Goalposts":
        if self.floor == self.baseline:
            raise ValueError(f"floor and baseline are both {self.floor:g}; the scale has no length")
        if self.stretch is not None and (self.stretch - self.baseline) * self.direction <= 0:
            raise ValueError(
                f"stretch {self.stretch:g} must lie beyond the baseline {self.baseline:g}, away from the floor"
            )
        if abs(self.base + self.bonus - 100) > WEIGHT_TOLERANCE:
            raise ValueError(f"base {self.base:g} + bonus {self.bonus:g} must add up to 100")
        return self

    @property
    def direction(self) -> int:
        """+1 where more is better, -1 where less is better."""
        return 1 if self.baseline > self.floor else -1


class Indicator(Frozen):
    """One indicator: what is counted, its goalposts, its weight inside the dimension (percent)."""

    id: Name
    name: Text
    definition: Text
    unit: Literal["percent", "points", "count"]
    better: Literal["higher", "lower"]
    weight: float = Field(gt=0, le=100)
    goalposts: Goalposts
    measure: Measure
    combine: tuple[Combination, ...] = ()
    clause: str = "none"
    digits: int = Field(default=1, ge=0, le=4)
    _printed_weight: float | None = PrivateAttr(None)

    @model_validator(mode="before")
    @classmethod
    def _direction_given(cls, data: object) -> object:
        if isinstance(data, dict) and data.get("better") is None:
            message = "the direction is missing: add `better: higher` or `better: lower`"
            raise PydanticCustomError("value_error", message)
        return data

    @model_validator(mode="after")
    def _floor_side(self) -> "Indicator":
        if (self.goalposts.direction == 1) != (self.better == "higher"):
            side = "below" if self.better == "higher" else "above"
            raise ValueError(
                f"floor {self.goalposts.floor:g} is on the wrong side of the baseline {self.goalposts.baseline:g}: "
                f"where {self.better} is better the floor lies {side} it"
            )
        return self

    @property
    def printed_weight(self) -> float:
        """The weight as the edition file prints it; `weight` may be rescaled, see `Framework.rescaled`."""
        return self.weight if self._printed_weight is None else self._printed_weight

    @property
    def factor(self) -> float:
        """What turns a ratio into the indicator's unit."""
        return 100.0 if self.unit == "percent" else 1.0

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The main measure, then those of the combination rules."""
        return (self.measure, *(rule.measure for rule in self.combine))


class Dimension(Frozen):
    """A dimension and its indicators; the weights of both are percents that add up to 100."""

    id: Name
    name: Text
    weight: Percent
    indicators: tuple[Indicator, ...] = Field(min_length=1)
    _printed_weight: float | None = PrivateAttr(None)

    @field_validator("indicators")
    @classmethod
    def _weights(cls, indicators: tuple[Indicator, ...], info: ValidationInfo) -> tuple[Indicator, ...]:
        return _adding_up(f"indicators of dimension {info.data.get('id', '')}", indicators)

    @property
    def printed_weight(self) -> float:
        """The weight as the edition file prints it; `weight` may be rescaled, see `Framework.rescaled`."""
        return self.weight if self._printed_weight is None else self._printed_weight


class Level(Frozen):
    """A level for the reader, from `at_least` points on."""

    id: Name
    name: Text
    at_least: Percent


class Framework(Frozen):
    """What is evaluated and how it is added up; `expert_share` is the experts' percent of a dimension's score."""

    dimensions: tuple[Dimension, ...] = Field(min_length=1)
    levels: tuple[Level, ...] = Field(min_length=1)
    expert_share: Percent = 0
    unreported_limit: Percent = 20

    @field_validator("dimensions")
    @classmethod
    def _weights(cls, dimensions: tuple[Dimension, ...]) -> tuple[Dimension, ...]:
        return _adding_up("dimensions", dimensions)

    @model_validator(mode="after")
    def _consistent(self) -> "Framework":
        ids = [d.id for d in self.dimensions] + [i.id for i in self.indicators]
        doubled = sorted({i for i in ids if ids.count(i) > 1})
        if doubled:
            raise ValueError(f"ids used twice: {', '.join(doubled)}")
        bounds = [level.at_least for level in self.levels]
        if bounds != sorted(set(bounds)):
            raise ValueError(f"levels must rise: {bounds}")
        return self

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """All indicators in the order of the framework."""
        return tuple(i for d in self.dimensions for i in d.indicators)

    @property
    def qualified(self) -> Level:
        """The level that counts as reached: the second from below, or the only one."""
        return self.levels[:2][-1]

    @property
    def rescaled(self) -> dict[str, float]:
        """Nodes whose printed weights do not add up to 100 for rounding alone, and the sum as printed.

        The key is the id of a dimension, "" for the dimensions themselves; their weights were rescaled to 100.
        """
        nodes = {"": self.dimensions, **{d.id: d.indicators for d in self.dimensions}}
        printed = {key: [item.printed_weight for item in items] for key, items in nodes.items()}
        changed = [key for key, items in nodes.items() if any(item.printed_weight != item.weight for item in items)]
        return {key: round(sum(printed[key]), 6) for key in changed}


def _adding_up[T: (Indicator, Dimension)](what: str, items: tuple[T, ...]) -> tuple[T, ...]:
    """The items with weights of exactly 100; those that were rescaled remember what was printed."""
    weights = rescaled(what, {item.id: item.weight for item in items})
    return tuple(_reweighted(item, weight) for item, weight in zip(items, weights, strict=True))


def _reweighted[T: (Indicator, Dimension)](item: T, weight: float) -> T:
    if weight == item.weight:
        return item
    changed = item.model_copy(update={"weight": weight})
    changed._printed_weight = item.weight
    return changed
