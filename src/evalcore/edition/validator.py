"""What real framework files get wrong beyond a single key: codes that look alike, orphans, impossible goalposts."""

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from evalcore.errors import EvalcoreError, say

if TYPE_CHECKING:
    from evalcore.edition.edition import Category, Edition
    from evalcore.edition.framework import Indicator

SLACK = 1e-9
"""What floating point may add to a share of 100 %."""


def check_alike(edition: "Edition") -> None:
    """No two codes of a list differ by case or spaces only: people and other programs take them for one."""
    kinds = ("types", "sizes", "categories", "periods", "segments")
    lists = {kind: [item.id for item in getattr(edition, kind)] for kind in kinds}
    lists["dimensions and indicators"] = [*edition.dimensions, *edition.indicators]
    if edition.framework:
        lists["framework.levels"] = [level.id for level in edition.framework.levels]
    for name, source in edition.sources.items():
        lists[f"sources.{name}.columns"] = list(source.types)
        columns = source.columns.items()
        lists |= {f"sources.{name}.columns.{key}.allowed": list(column.allowed) for key, column in columns}
    for key, codes in lists.items():
        _apart(key, codes)


def check_orphans(edition: "Edition") -> None:
    """What a category weighs or leaves out is scored there; codes of types and sizes have a name."""
    framework = [i.id for i in edition.framework.indicators] if edition.framework else []
    for category in edition.categories:
        scored = {*framework, *(i.id for added in category.adds.values() for i in added)}
        _scored(category, "multiply", category.multiply, scored)
        _scored(category, "inapplicable", category.inapplicable, scored)
        both = sorted(set(category.multiply) & set(category.inapplicable))
        if both:
            raise ValueError(
                f"categories.{category.id}: {', '.join(both)} stands under multiply and under inapplicable; keep one"
            )
    for entity in edition.entities:
        gone = set(framework) and set(framework) <= set(entity.inapplicable)
        if gone:
            raise ValueError(f"entities.{entity.id}.inapplicable: no indicator is left to score; take the entity out")


def check_possible(edition: "Edition") -> None:
    """Goalposts lie where a value can lie: a share within 0 and 100 %, a mean of ratings on its scale."""
    for indicator in edition.indicators.values():
        low, high = possible(indicator, edition)
        for post in ("floor", "baseline", "stretch"):
            value = getattr(indicator.goalposts, post)
            if value is not None and not low - SLACK <= value <= high + SLACK:
                raise ValueError(
                    f"indicator {indicator.id}: {post} {value:g} can never be reached: the values lie between "
                    f"{low:g} and {high:g}; correct the goalpost or the unit"
                )


FRAMEWORK_CHECKS = (check_alike, check_orphans, check_possible)
"""Every check of this file on the edition alone; each raises ValueError with key, value and remedy."""


def possible(indicator: "Indicator", edition: "Edition") -> tuple[float, float]:
    """The smallest and the largest value the indicator's measure can have, in its unit; infinite where unknown."""
    measure = indicator.measure
    if measure.statistic == "share":
        return 0.0, indicator.factor
    if measure.statistic == "ratio":
        return -math.inf, 100.0 if indicator.unit == "percent" else math.inf
    column = edition.sources[measure.source].columns.get(measure.column)
    if column is None:
        return -math.inf, math.inf
    low, high = (1, column.levels) if column.levels else (column.least, column.most)
    factor = indicator.factor
    return -math.inf if low is None else low * factor, math.inf if high is None else high * factor


def check_values(values: Iterable[tuple[str, str, float]], edition: "Edition") -> None:
    """Refuse values that no correct data can have.

    Parameters
    ----------
    values : iterable of (entity, indicator, value)
        Values in the unit of the indicator; NaN is skipped.

    Raises
    ------
    EvalcoreError
        A share above 100 %, a mean beyond its rating scale: with entity, indicator, value and what is possible.
    """
    found = []
    for entity, id_, value in values:
        indicator = edition.indicators[id_]
        low, high = possible(indicator, edition)
        if not math.isnan(value) and not low - SLACK <= value <= high + SLACK:
            found.append(
                say(
                    f"source {indicator.measure.source}: indicator {id_} of {entity}",
                    f"the value {value:.10g} cannot be",
                    f"{low:g} to {high:g}",
                    "correct the rows it is computed from (numerator, denominator, scale), or the unit in the edition",
                )
            )
    if found:
        raise EvalcoreError("\n".join(found))


def beyond_cap(values: pd.DataFrame, edition: "Edition") -> pd.Series:
    """Whether each value (columns `indicator`, `value`) lies past the last goalpost: stretch, or baseline without one.

    Points end there, so that differences beyond are lost: a cap below the data says that it was set too low.
    """
    own = [edition.indicators[id_] for id_ in values["indicator"]]
    beyond = [(value - _cap(i)) * i.goalposts.direction for value, i in zip(values["value"], own, strict=True)]
    return pd.Series(beyond, index=values.index, dtype=float) > SLACK


def _cap(indicator: "Indicator") -> float:
    posts = indicator.goalposts
    return posts.baseline if posts.stretch is None else posts.stretch


def _scored(category: "Category", key: str, used: Iterable[str], scored: set[str]) -> None:
    orphans = sorted(set(used) - scored)
    if orphans:
        raise ValueError(
            f"categories.{category.id}.{key}: {', '.join(orphans)} is scored nowhere in this category; "
            f"known: {', '.join(sorted(scored))}; remove it or add the indicator"
        )


def _apart(key: str, codes: list[str]) -> None:
    seen: dict[str, str] = {}
    for code in codes:
        other = seen.setdefault("".join(code.split()).casefold(), code)
        if other != code:
            raise ValueError(
                f"{key}: {other!r} and {code!r} differ by case or spaces only; write one of them everywhere"
            )
