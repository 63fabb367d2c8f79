"""How service is monitored and its process looked at: averages, frequent problems, deadlines, stages."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from evalcore.edition.measure import Condition, Measure
from evalcore.edition.text import Frozen, Name, Percent, Text


class Service(Frozen):
    """The monitoring of service.

    `average`: a year is the mean of its days, each counted once however busy it was, or of its contacts.
    `problems`: yes or no questions of the monitoring survey; one is frequent if more than `frequent` percent say yes.
    `replicates`: how often days are drawn anew for intervals.
    """

    average: Literal["days", "contacts"] = "days"
    frequent: Percent = 30
    problems: tuple[Name, ...] = ()
    replicates: int = Field(default=1000, ge=100)


class Deadline(Frozen):
    """Something that has to happen in time: its tier, the limit as it is said, and the share of cases that keep it."""

    id: Name
    name: Text
    limit: Text
    measure: Measure


class Stage(Frozen):
    """A stretch of a case between two times; what has not ended by the cut-off is open, not left out."""

    id: Name
    name: Text
    source: Name
    start: str
    end: str
    among: tuple[Condition, ...] = ()
    limit_h: Annotated[float, Field(gt=0)]

    @property
    def columns(self) -> frozenset[str]:
        """Every column of the source that the stage reads."""
        return frozenset({self.start, self.end, *(c.column for c in self.among)})


class Process(Frozen):
    """Deadlines, stages, and the last day of which anything is known of a case (none: the last of the edition)."""

    cut_off: date | None = None
    deadlines: tuple[Deadline, ...] = ()
    stages: tuple[Stage, ...] = Field(min_length=1)
