"""How an indicator is counted: a share, a mean or a reported ratio of the rows of one source."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from evalcore.edition.text import Frozen, Percent

Scalar = bool | int | float | str


class Condition(Frozen):
    """One test on one column; a missing value never passes it (and is `known: false`)."""

    column: str
    is_: Scalar | None = Field(default=None, alias="is")
    in_: tuple[Scalar, ...] | None = Field(default=None, alias="in")
    at_least: float | None = None
    at_most: float | None = None
    known: bool | None = None

    @model_validator(mode="after")
    def _one_test(self) -> "Condition":
        tests = [self.is_, self.in_, self.at_least, self.at_most, self.known]
        if sum(test is not None for test in tests) != 1:
            raise ValueError("give exactly one of is, in, at_least, at_most, known")
        return self


class Measure(Frozen):
    """What is counted among which rows of which source.

    `share`: rows that meet all of `count` / rows that meet all of `among`.
    `mean`: sum of `column` / number of its known values, among the rows that meet `among`.
    `ratio`: sum of `numerator` / sum of `denominator` (columns of a report), times `per`.
    """

    source: str
    statistic: Literal["share", "mean", "ratio"]
    among: tuple[Condition, ...] = ()
    count: tuple[Condition, ...] = ()
    column: str | None = None
    numerator: str | None = None
    denominator: str | None = None
    per: float = Field(default=1, gt=0)

    @model_validator(mode="after")
    def _complete(self) -> "Measure":
        needed = {"share": ["count"], "mean": ["column"], "ratio": ["numerator", "denominator"]}
        for statistic, keys in needed.items():
            for key in keys:
                if bool(getattr(self, key)) != (statistic == self.statistic):
                    verb = "needs" if statistic == self.statistic else "does not take"
                    raise ValueError(f"statistic '{self.statistic}' {verb} '{key}'")
        return self

    @property
    def columns(self) -> frozenset[str]:
        """Every column of the source that the measure reads."""
        named = {self.column, self.numerator, self.denominator} - {None}
        return frozenset(named | {c.column for c in (*self.among, *self.count)})


class Blend(Frozen):
    """A second source takes `share` percent of the value where it has one."""

    rule: Literal["blend"]
    measure: Measure
    share: Percent


class LowerTo(Frozen):
    """The value is lowered to a second source's where that lies significantly below (one-sided)."""

    rule: Literal["lower_to"]
    measure: Measure
    confidence: Percent = 95


class Deduct(Frozen):
    """`points` are taken off for each `each` of a second measure, `at_most` in all."""

    rule: Literal["deduct"]
    measure: Measure
    points: float = Field(gt=0)
    each: float = Field(gt=0)
    at_most: float = Field(gt=0)


Combination = Annotated[Blend | LowerTo | Deduct, Field(discriminator="rule")]
