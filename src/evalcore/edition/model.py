"""The models of an edition: which ratings are fitted, by what people are divided, and how is sampled."""

from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from pydantic import Field, model_validator

from evalcore.edition.measure import Condition, Measure
from evalcore.edition.text import Frozen, Name

if TYPE_CHECKING:
    from evalcore.edition.edition import Edition


class Fit(NamedTuple):
    """One fit of the ordinal model: a rating of the survey, by entity and segments; `id` names its files."""

    id: str
    item: str
    segments: tuple[str, ...]


class Reading(NamedTuple):
    """What a measure asks of a rating's levels: their mean, or the share of `at_least` and above."""

    item: str
    at_least: float | None


class Model(Frozen):
    """How uncertainty is expressed, which ratings are modelled and how models are sampled.

    `items` are ratings of the survey `source`; the first is the one the chapter on satisfaction is about. Each is
    fitted with the `segments` (at most two); each of `apart` divides the first item in a fit of its own, beside the
    first of the `segments`. Without `items` there is no ordinal model. `flat` effects are not pooled: each
    is relative to the first level of its factor. `taken` draws are taken and judged by the
    gate, `draws` of them, evenly spaced, go through the whole index. `target_accept` nearer to 1 takes shorter
    steps, which thin data may need; left out, it follows from the number of answers.
    """

    draws: int = Field(default=2000, ge=100)
    taken: int = Field(default=4000, ge=400)
    interval: float = Field(default=0.89, gt=0.5, lt=1)
    source: Name | None = None
    items: tuple[Name, ...] = ()
    segments: tuple[Name, ...] = Field(default=(), max_length=2)
    apart: tuple[Name, ...] = ()
    cut_points: Literal["dirichlet", "student_t"] = "dirichlet"
    link: Literal["logit", "probit"] = "logit"
    variances: Literal["equal", "unequal"] = "equal"
    effects: Literal["pooled", "flat"] = "pooled"
    chains: int = Field(default=4, ge=4)
    tune: int = Field(default=1000, ge=100)
    target_accept: float | None = Field(default=None, ge=0.8, lt=1)

    @model_validator(mode="after")
    def _complete(self) -> "Model":
        if bool(self.items) != (self.source is not None):
            raise ValueError("`items` are ratings of the survey that `source` names: give both or neither")
        if self.apart and not self.items:
            raise ValueError("`apart` divides the first of `items`: there is none")
        for key in ("items", "segments", "apart"):
            named = getattr(self, key)
            if len(set(named)) < len(named):
                raise ValueError(f"{key} are named twice: {', '.join(named)}; name each once")
        both = sorted(set(self.segments) & set(self.apart))
        if both:
            raise ValueError(f"{', '.join(both)}: in `segments` and in `apart`; name each in one of them")
        return self

    @cached_property
    def fits(self) -> dict[str, Fit]:
        """Every fit by id (in lower case): those of `ratings`, then one of the first item per segment of `apart`."""
        first = self.items[0] if self.items else ""
        own = [Fit(f"{first}-{name}".lower(), first, (*self.segments[:1], name)) for name in self.apart]
        return self.ratings | {fit.id: fit for fit in own}

    @cached_property
    def ratings(self) -> dict[str, Fit]:
        """The fits of the items by id, divided by the segments."""
        return {item.lower(): Fit(item.lower(), item, self.segments) for item in self.items}

    def reading(self, measure: Measure) -> Reading | None:
        """What a measure reads from the ordinal model; None where it counts something else."""
        if measure.source != self.source:
            return None
        if measure.statistic == "mean":
            return Reading(measure.column, None) if measure.column in self.items and not measure.among else None
        if measure.statistic != "share" or len(measure.count) != 1:
            return None
        (count,) = measure.count
        plain = count.column in self.items and count.at_least is not None
        return Reading(count.column, count.at_least) if plain and _whoever_rated(measure.among, count.column) else None


def _whoever_rated(among: tuple[Condition, ...], item: str) -> bool:
    """Whether the conditions ask for nothing but an answer to the item itself."""
    return bool(among) and all(condition.column == item and condition.known for condition in among)


def check_model(edition: "Edition") -> None:
    """The model's items are ratings of a survey, its segments divide that survey's respondents."""
    model = edition.model
    if model.source is None:
        return
    if model.source not in edition.sources:
        raise ValueError(f"model.source: unknown {model.source}; known: {', '.join(edition.sources)}")
    types = edition.sources[model.source].types
    ratings = [name for name, kind in types.items() if kind == "rating"]
    own = [segment.id for segment in edition.segments if segment.source == model.source]
    for key, known in (("items", ratings), ("segments", own), ("apart", own)):
        unknown = [name for name in getattr(model, key) if name not in known]
        if unknown:
            what = "ratings" if key == "items" else "segments"
            found = f"model.{key}: unknown {', '.join(unknown)}"
            raise ValueError(f"{found}; {what} of {model.source}: {', '.join(known) or 'none'}")


def counted_rates(edition: "Edition") -> tuple[tuple[str, int], ...]:
    """(indicator, part) of every share of counted cases: no reported ratio, no census, no rating that is modelled."""
    return tuple(
        (indicator.id, part)
        for indicator in edition.indicators.values()
        for part, measure in enumerate(indicator.measures)
        if measure.statistic == "share"
        and not edition.sources[measure.source].census
        and edition.model.reading(measure) is None
    )
