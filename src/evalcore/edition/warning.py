"""Early warning: the series that are watched, levels, dated rules and the statistical baseline."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, model_validator

from evalcore.edition.text import Frozen, Name, Text

if TYPE_CHECKING:
    from evalcore.edition.edition import Edition

Limit = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Chance = Annotated[float, Field(gt=0, lt=0.5)]
ALL = "all"
"""The topic of all cases together."""


class Urgency(Frozen):
    """How urgent an alarm is, and the hours within which somebody has to react."""

    id: Name
    name: Text
    react_h: Limit


class Topic(Frozen):
    """A value of the topic column whose cases are counted by day."""

    id: Name
    name: Text


class Duration(Frozen):
    """Hours of cases by the day on which they were recorded, as a mean of the last `days` days.

    `witness` holds another record of the same hours: late in both, the service is late; late in one, its records are.
    """

    hours: Name
    recorded: Name
    witness: Name
    days: int = Field(default=7, ge=1)


class Rule(Frozen):
    """A rule in force from one day to another: cases of topics, or a duration, against limits.

    `against`: limits hold for the value itself ("nothing"), or for its ratio to the day before or to the usual value.
    `limits`: level -> from which value on it alarms. `promotion` multiplies the limits on days of a promotion.
    """

    id: Name
    name: Text
    topics: tuple[Name, ...] = ()
    duration: Duration | None = None
    against: Literal["nothing", "day_before", "usual"]
    limits: dict[Name, Limit] = Field(min_length=1)
    promotion: float = Field(default=1, ge=1)
    since: date
    until: date | None = None
    told: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _one_quantity(self) -> "Rule":
        if bool(self.topics) == (self.duration is not None):
            raise ValueError(f"rule {self.id}: give either `topics` or `duration`")
        if self.until is not None and self.until < self.since:
            raise ValueError(f"rule {self.id} ends on {self.until} before it begins on {self.since}")
        return self


class Promotion(Frozen):
    """How many times an ordinary day a day of a promotion is planned to bring, and the planned log load's spread.

    From `learn_days` days of promotions of its own on, a series is held against these instead.
    """

    load: float = Field(ge=1)
    spread: float = Field(gt=0, le=1)
    learn_days: int = Field(default=7, ge=3)


class Baseline(Frozen):
    """What is expected of a day: a regression on the `window_days` before it, at least `least_days` of them.

    `chance`: level -> probability under which a count so high alarms; `interval`: probability of the intervals shown.
    """

    window_days: int = Field(default=84, ge=28)
    least_days: int = Field(default=28, ge=21)
    chance: dict[Name, Chance] = Field(min_length=1)
    interval: float = Field(default=0.95, gt=0, lt=1)
    promotion: Promotion


class Watch(Frozen):
    """Choices of early warning.

    `topic` is a code column of the source; `levels` go from the most urgent one on. Fewer than `fewest_cases` never
    alarm. `usual_days`: over how many days the usual value of a rule is taken; alarms with at most `gap_days` calm
    days between them are one.
    """

    source: Name
    topic: Name
    topics: tuple[Topic, ...] = Field(min_length=1)
    levels: tuple[Urgency, ...] = Field(min_length=1)
    rules: tuple[Rule, ...] = ()
    baseline: Baseline
    fewest_cases: int = Field(default=30, ge=1)
    usual_days: int = Field(default=56, ge=14)
    gap_days: int = Field(default=2, ge=0)

    @model_validator(mode="after")
    def _agrees(self) -> "Watch":
        for kind in ("topics", "levels", "rules"):
            ids = [item.id for item in getattr(self, kind)]
            if twice := sorted({id_ for id_ in ids if ids.count(id_) > 1}):
                raise ValueError(f"warning.{kind}: {', '.join(twice)} stands there twice; keep one")
        self._ordered("warning.baseline.chance", self.baseline.chance, rising=True)
        for rule in self.rules:
            self._ordered(f"warning.rules.{rule.id}.limits", rule.limits, rising=False)
            unknown = sorted({*rule.topics} - {ALL, *(topic.id for topic in self.topics)})
            if unknown:
                raise ValueError(f"warning.rules.{rule.id}.topics: unknown {', '.join(unknown)}")
        return self

    def _ordered(self, key: str, by_level: dict[str, float], rising: bool) -> None:
        """Levels are known, and a more urgent one needs more."""
        known = [level.id for level in self.levels]
        if unknown := sorted({*by_level} - {*known}):
            raise ValueError(f"{key}: unknown {', '.join(unknown)}; levels: {', '.join(known)}")
        values = [by_level[id_] for id_ in known if id_ in by_level]
        if values != sorted(values, reverse=not rising) or len({*values}) < len(values):
            raise ValueError(f"{key}: {values} for {', '.join(known)}: the more urgent a level, the more it needs")


def check_warning(edition: "Edition") -> None:
    """The source has the columns that are named, of the types they need, and the topics are its codes."""
    own = edition.warning
    if own is None:
        return
    if own.source not in edition.sources:
        raise ValueError(f"warning.source: no source '{own.source}'; known: {', '.join(edition.sources)}")
    source = edition.sources[own.source]
    durations = [(r.id, r.duration) for r in own.rules if r.duration is not None]
    wanted = [("warning.topic", own.topic, {"code"}), ("warning.source.when", source.when, {"timestamp"})]
    wanted += [(f"warning.rules.{id_}.recorded", d.recorded, {"timestamp"}) for id_, d in durations]
    wanted += [(f"warning.rules.{id_}", c, {"number"}) for id_, d in durations for c in (d.hours, d.witness)]
    for key, column, types in wanted:
        _typed(key, column, types, source.types)
    unknown = sorted({topic.id for topic in own.topics} - {*source.columns[own.topic].allowed})
    if unknown:
        raise ValueError(f"warning.topics: {', '.join(unknown)} is no code of {own.topic}")


def _typed(key: str, column: str | None, wanted: set[str], types: dict[str, str]) -> None:
    if types.get(column) not in wanted:
        known = sorted(name for name, kind in types.items() if kind in wanted)
        raise ValueError(f"{key}: '{column}' is no {'/'.join(sorted(wanted))}; known: {', '.join(known) or 'none'}")
