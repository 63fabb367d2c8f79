"""Columns computed from others, and the type each of them has."""

from typing import Annotated, Literal

from pydantic import Field

from evalcore.edition.text import Frozen

Types = dict[str, str]
"""Column -> its type."""


class Duration(Frozen):
    """Time from one column to another, in `unit`; missing where either is."""

    kind: Literal["duration"]
    start: str
    end: str
    unit: Literal["seconds", "minutes", "hours", "days"]

    @property
    def uses(self) -> set[str]:
        """Columns it is computed from."""
        return {self.start, self.end}

    def type_from(self, types: Types) -> str:
        """Its own type, after the types of those columns were found right."""
        _require_times(self.uses, types)
        return "number"


class FirstKnown(Frozen):
    """The first of several columns of one type that is not missing."""

    kind: Literal["first_known"]
    columns: tuple[str, ...] = Field(min_length=2)

    @property
    def uses(self) -> set[str]:
        """Columns it is computed from."""
        return set(self.columns)

    def type_from(self, types: Types) -> str:
        """Its own type, after the types of those columns were found right."""
        found = {name: types[name] for name in self.columns}
        if len(set(found.values())) > 1:
            raise ValueError(f"columns of one type are wanted, not {found}")
        return types[self.columns[0]]


class HourBand(Frozen):
    """Whether a time of day lies in [start, end) hours; a band may cross midnight."""

    kind: Literal["hour_band"]
    column: str
    start: int = Field(ge=0, le=23)
    end: int = Field(ge=0, le=23)

    @property
    def uses(self) -> set[str]:
        """Columns it is computed from."""
        return {self.column}

    def type_from(self, types: Types) -> str:
        """Its own type, after the types of those columns were found right."""
        _require_times(self.uses, types)
        return "flag"


Derived = Annotated[Duration | FirstKnown | HourBand, Field(discriminator="kind")]


def _require_times(names: set[str], types: Types) -> None:
    other = [f"{name} ({types[name]})" for name in sorted(names) if types[name] != "timestamp"]
    if other:
        raise ValueError(f"timestamps are wanted, not {', '.join(other)}")
