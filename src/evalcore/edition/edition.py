"""An edition: every choice that shaped the numbers of one year, in one typed and frozen value."""

from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, FiniteFloat, model_validator

from evalcore.edition.checks import CHECKS
from evalcore.edition.disclosure import Disclosure
from evalcore.edition.drivers import Drivers, Scenarios, check_drivers
from evalcore.edition.framework import Dimension, Framework, Indicator
from evalcore.edition.grammar import Grammar
from evalcore.edition.index import Index
from evalcore.edition.model import Model, check_model, counted_rates
from evalcore.edition.previous import Previous, check_previous, check_quarters
from evalcore.edition.quality import Quality, check_quality
from evalcore.edition.remedies import Remedies
from evalcore.edition.review import Review
from evalcore.edition.risks import Risks
from evalcore.edition.robustness import Robustness
from evalcore.edition.service import Process, Service
from evalcore.edition.sources import Source
from evalcore.edition.text import Frozen, Name, Percent, PeriodId, Text
from evalcore.edition.validator import FRAMEWORK_CHECKS
from evalcore.edition.warning import Watch, check_warning

SECTION_CHECKS = (check_model, check_previous, check_quarters, check_drivers, check_quality, check_warning)
"""What sections with a file of their own ask of the others."""


class Noun(Frozen):
    """What the evaluated entities are called, and how a score of one is to be read."""

    one: Text
    many: Text
    reading: Text


class Entity(Frozen):
    """One evaluated platform (or carrier, company ...): what it sells, what cannot apply, where it has no rows."""

    id: Name
    name: Text
    type: str = "all"
    size: str = "all"
    categories: tuple[Name, ...] = ()
    pooled: bool = False
    inapplicable: tuple[Name, ...] = ()
    absent_from: tuple[Name, ...] = ()


class Category(Frozen):
    """A goods category: extra indicators, weight multipliers and what does not apply."""

    id: Name
    name: Text
    adds: dict[Name, tuple[Indicator, ...]] = {}
    multiply: dict[Name, Annotated[FiniteFloat, Field(gt=0)]] = {}
    inapplicable: tuple[Name, ...] = ()


class Period(Frozen):
    """A monitored period; both days belong to it."""

    id: PeriodId
    name: Text
    first: date
    last: date

    @model_validator(mode="after")
    def _forward(self) -> "Period":
        if self.first > self.last:
            raise ValueError(f"period {self.id} ends on {self.last} before it begins on {self.first}")
        return self


class Label(Frozen):
    """A code and its name, for platform types, sizes and segment values."""

    id: str
    name: Text


class Segment(Frozen):
    """A column of a survey whose values divide its respondents."""

    id: Name
    name: Text
    source: Name
    values: tuple[Label, ...] = Field(min_length=2)


class Weighting(Frozen):
    """Raking of one survey to population margins (percent per segment value), trimmed to `trim` times the mean."""

    source: Name
    margins: dict[Name, dict[str, Percent]]
    trim: tuple[float, float] = (0.3, 3.0)

    @model_validator(mode="after")
    def _margins_add_up(self) -> "Weighting":
        for segment, shares in self.margins.items():
            if abs(sum(shares.values()) - 100) > 0.05:
                raise ValueError(f"margin '{segment}' adds up to {sum(shares.values()):g}, not 100")
        return self


class Simulation(Frozen):
    """How the demonstration world was drawn; `volume` is the share of the stated volumes.

    `following` is the seed of the year after: the same platforms a year earlier, except for what really changed.
    `framework` names the edition whose framework the world is drawn with, where this one evaluates otherwise.
    `part_of` names the edition whose world it is: the raw files hold its rows of this edition's periods.
    A `misspecified` world breaks the assumptions of our models: heavy tails, answers whose odds are not
    proportional, respondents who drift.
    """

    seed: int
    volume: float = Field(gt=0, le=1)
    following: int | None = None
    world: Literal["as_modelled", "misspecified"] = "as_modelled"
    framework: Name | None = None
    part_of: Name | None = None

    @property
    def platforms(self) -> int:
        """The seed of what platforms are, whatever the year."""
        return self.seed if self.following is None else self.following


class Edition(Frozen):
    """One year's evaluation, as `editions/<name>.yml` states it.

    It has a `framework` (answers and cases become scores of its entities) or an `index` (given values of units
    become a composite; the units are those of the data).
    """

    name: Name
    year: int = Field(ge=1990, le=2100)
    title: Text
    question: Text
    notice: Text | None = None
    entity: Noun
    entities: tuple[Entity, ...] = ()
    types: tuple[Label, ...] = ()
    sizes: tuple[Label, ...] = ()
    categories: tuple[Category, ...] = ()
    periods: tuple[Period, ...] = Field(min_length=1)
    promotions: tuple[Period, ...] = ()
    framework: Framework | None = None
    index: Index | None = None
    sources: dict[Name, Source]
    segments: tuple[Segment, ...] = ()
    weighting: Weighting | None = None
    model: Model = Model()
    quality: Quality = Quality()
    grammar: Grammar = Grammar()
    robustness: Robustness = Robustness()
    service: Service = Service()
    process: Process | None = None
    remedies: Remedies | None = None
    drivers: Drivers | None = None
    scenarios: Scenarios | None = None
    risks: Risks | None = None
    warning: Watch | None = None
    seed: int
    minimum_cell: int = Field(ge=1)
    minimum_valid: int = Field(default=1, ge=1)
    simulation: Simulation | None = None
    disclosure: Disclosure = Disclosure()
    previous: Previous | None = None
    quarters: tuple[Name, ...] = ()
    review: Review = Review()

    @property
    def simulated(self) -> bool:
        """Whether no real person or company is behind the data; every page says so."""
        return self.simulation is not None

    @property
    def collected(self) -> frozenset[str]:
        """What chapters may need and this edition has: sources by name, and sections that are not empty."""
        sections = (
            "framework",
            "index",
            "types",
            "sizes",
            "categories",
            "segments",
            "weighting",
            "promotions",
            "previous",
            "process",
            "remedies",
            "drivers",
            "scenarios",
            "risks",
            "quarters",
            "warning",
        )
        several = {"periods"} if len(self.periods) > 1 else set()
        read = {"ratings": self.model.items, "rates": self.rates}
        modelled = {name for name, own in read.items() if own} | ({"modelled"} if any(read.values()) else set())
        return frozenset({*self.sources, *several, *modelled, *(key for key in sections if getattr(self, key))})

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """Every indicator by id, those that only categories use included."""
        extra = (i for c in self.categories for added in c.adds.values() for i in added)
        scored = self.framework.indicators if self.framework else ()
        return {i.id: i for i in (*scored, *extra)}

    @cached_property
    def rates(self) -> tuple[tuple[str, int], ...]:
        """(indicator, part) of every share of counted cases, which the model of rates fits; part 0 is the main one."""
        return counted_rates(self)

    @cached_property
    def dimensions(self) -> dict[str, Dimension]:
        """Every dimension by id, in the order of the framework."""
        return {d.id: d for d in self.framework.dimensions} if self.framework else {}

    @property
    def pooled(self) -> frozenset[str]:
        """Ids of groups of several: shown, not ranked, and in no mean over entities."""
        return frozenset(entity.id for entity in self.entities if entity.pooled)

    def named(self, kind: str, id_: str) -> Text:
        """The name of an entity, category, period, type, size, dimension, indicator or given indicator of an index."""
        if kind == "given":
            return next(item.name for item in self.index.indicators if item.id == id_)
        if kind in ("dimensions", "indicators"):
            return getattr(self, kind)[id_].name
        return next(item.name for item in getattr(self, kind) if item.id == id_)

    @model_validator(mode="after")
    def _consistent(self) -> "Edition":
        for check in (*CHECKS, *FRAMEWORK_CHECKS, *SECTION_CHECKS):
            check(self)
        return self
