"""Combining sources: blend, lower and deduct, by hand."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from evalcore.edition import Edition
from evalcore.edition.measure import Blend, Deduct, LowerTo
from evalcore.indicators import indicator_values, lowered
from evalcore.indicators.combine import blend, deduct, lower_to, significantly_below

SHARE = {"statistic": "share", "count": [{"column": "solved", "is": True}]}
MEASURE = {"source": "survey", **SHARE}
NO = np.array([False])


def array(*values: float) -> np.ndarray:
    """Values as a float array."""
    return np.array(values, dtype=float)


def value_of(main: tuple, other: tuple | None, rule: dict, edition_with: Callable, cells_of: Callable) -> float:
    """Value of an indicator of 100 percent scale after one rule; counts are (hits, n)."""
    edition = edition_with({"X": SHARE}, {"X": [rule | {"measure": MEASURE}]})
    rows = [("X", 0, "A", "all", "Q1", *main)]
    rows += [("X", 1, "A", "all", "Q1", *other)] if other else []
    return indicator_values(cells_of(rows), edition)["value"].sel(entity="A", group="all", indicator="X").item()


def test_a_blend_gives_the_second_source_its_share() -> None:
    """80 % of 70 and 20 % of 90 are 74."""
    rule = Blend(rule="blend", measure=MEASURE, share=20)
    assert blend(array(70), array(90), rule, NO) == pytest.approx(74)


def test_a_blend_without_a_second_value_is_the_first() -> None:
    """Nobody loses points because no visit took place."""
    rule = Blend(rule="blend", measure=MEASURE, share=20)
    assert blend(array(70), array(np.nan), rule, NO) == 70


def test_a_value_is_lowered_only_where_the_second_lies_significantly_below() -> None:
    """Lowered where the test says so; a second source above never raises it; a missing one changes nothing."""
    rule = LowerTo(rule="lower_to", measure=MEASURE)
    lowered = lower_to(array(70, 70, 70, 70), array(50, 50, 90, np.nan), rule, np.array([True, False, True, True]))
    assert lowered.tolist() == [50, 70, 70, 70]


@pytest.mark.parametrize(
    ("upheld", "value"), [(0, 100), (73, 92.7), (200, 80), (5000, 80)], ids=["none", "some", "at the cap", "beyond"]
)
def test_points_are_deducted_up_to_the_cap(upheld: float, value: float) -> None:
    """1 point per 10 upheld complaints per million, 20 points at most."""
    rule = Deduct(rule="deduct", measure=MEASURE, points=1, each=10, at_most=20)
    assert deduct(array(100), array(upheld), rule, NO) == pytest.approx(value)


def test_a_deduction_never_goes_below_zero_and_needs_a_value() -> None:
    """5 less 20 is 0; without complaints data nothing is deducted."""
    rule = Deduct(rule="deduct", measure=MEASURE, points=1, each=10, at_most=20)
    assert deduct(array(5, 5), array(900, np.nan), rule, NO).tolist() == [0, 5]


@pytest.mark.parametrize(("confidence", "below"), [(95, True), (97.5, False)])
def test_significance_is_the_one_sided_z_test_of_two_shares(confidence: float, below: bool) -> None:
    """0.8 of 1,000 against 0.7 of 50: z = 0.1 / 0.058477 = 1.710, between 1.645 and 1.960."""
    found = significantly_below((array(0.7), array(50)), (array(0.8), array(1000)), confidence)
    assert found.tolist() == [below]


@pytest.mark.parametrize(
    ("other", "main"),
    [((0.9, 50), (0.8, 1000)), ((np.nan, 0), (0.8, 1000)), ((1.0, 50), (1.0, 1000)), ((0.0, 5), (0.0, 5))],
    ids=["above", "no visit", "both perfect", "both zero"],
)
def test_nothing_is_significant_without_a_difference_downwards(other: tuple, main: tuple) -> None:
    """Neither a better second source, nor none, nor two equal shares without any spread."""
    assert not significantly_below(tuple(map(array, other)), tuple(map(array, main)), 95).any()


@pytest.mark.parametrize(
    ("rule", "other", "value"),
    [
        ({"rule": "blend", "share": 20}, (45, 50), 0.8 * 80 + 0.2 * 90),
        ({"rule": "blend", "share": 20}, None, 80),
        ({"rule": "lower_to", "confidence": 95}, (35, 50), 70),
        ({"rule": "lower_to", "confidence": 97.5}, (35, 50), 80),
        ({"rule": "lower_to", "confidence": 95}, None, 80),
        ({"rule": "deduct", "points": 10, "each": 0.1, "at_most": 20}, (5, 50), 70),
    ],
    ids=["blend", "blend without", "lower", "not significant", "lower without", "deduct"],
)
def test_rules_work_on_counts_in_the_unit_of_the_indicator(
    rule: dict, other: tuple | None, value: float, edition_with: Callable, cells_of: Callable
) -> None:
    """800 of 1,000 in the main source; percents are blended and lowered as percents."""
    assert value_of((800, 1000), other, rule, edition_with, cells_of) == pytest.approx(value, abs=1e-12)


def test_rules_apply_to_every_draw(edition_with: Callable[..., Edition], cells_of: Callable) -> None:
    """The mean of the draws of 0.8 main + 0.2 other is that of the blended shares, within Monte Carlo error."""
    edition = edition_with({"X": SHARE}, {"X": [{"rule": "blend", "share": 20, "measure": MEASURE}]})
    cells = cells_of([("X", 0, "A", "all", "Q1", 800, 1000), ("X", 1, "A", "all", "Q1", 35, 50)])
    draws = indicator_values(cells, edition)["draws"].sel(entity="A", group="all", indicator="X").to_numpy()
    variance = 1e4 * (0.8**2 * 0.8 * 0.2 / 1001 + 0.2**2 * 0.7 * 0.3 / 51)
    assert draws.mean() == pytest.approx(80 * 0.8 + 70 * 0.2, abs=4 * np.sqrt(variance / len(draws)))
    # the variance of a sample variance of near-normal draws is 2 variance^2 / n
    assert draws.var() == pytest.approx(variance, rel=4 * np.sqrt(2 / len(draws)))


def test_a_second_source_alone_is_no_report(edition_with: Callable[..., Edition], cells_of: Callable) -> None:
    """Mystery visits stand beside the main source, never for it."""
    edition = edition_with({"X": SHARE}, {"X": [{"rule": "blend", "share": 20, "measure": MEASURE}]})
    values = indicator_values(cells_of([("X", 1, "A", "all", "Q1", 35, 50)]), edition)
    assert values["status"].sel(entity="A", indicator="X").item() == "unreported"


def test_ratios_are_scaled_before_they_are_deducted(edition_with: Callable[..., Edition], cells_of: Callable) -> None:
    """2 upheld of 100,000 orders are 20 per million: 2 points off."""
    measure = {"source": "survey", "statistic": "ratio", "numerator": "seconds", "denominator": "satisfaction"}
    rule = {"rule": "deduct", "points": 1, "each": 10, "at_most": 20, "measure": measure | {"per": 1_000_000}}
    cells = cells_of([("X", 0, "A", "all", "Q1", 1, 1), ("X", 1, "A", "all", "Q1", 2, 100_000)])
    values = indicator_values(pd.DataFrame(cells), edition_with({"X": SHARE}, {"X": [rule]}))
    assert values["value"].sel(entity="A", indicator="X").item() == pytest.approx(98)


@pytest.mark.parametrize(("confidence", "expected"), [(95, [("X", "A")]), (97.5, [])])
def test_lowered_values_are_named(
    confidence: float, expected: list, edition_with: Callable[..., Edition], cells_of: Callable
) -> None:
    """A's visits lie 1.71 errors below over two categories, B's above; C has none."""
    rule = {"rule": "lower_to", "confidence": confidence, "measure": MEASURE}
    rows = [
        ("X", 0, "A", "all", "Q1", 400, 500),
        ("X", 0, "A", "all", "Q2", 400, 500),
        ("X", 1, "A", "all", "Q1", 35, 50),
    ]
    rows += [
        ("X", 0, "B", "all", "Q1", 800, 1000),
        ("X", 1, "B", "all", "Q1", 45, 50),
        ("X", 0, "C", "all", "Q1", 8, 10),
    ]
    found = lowered(cells_of(rows), edition_with({"X": SHARE}, {"X": [rule]}))
    assert list(found.itertuples(index=False, name=None)) == expected
