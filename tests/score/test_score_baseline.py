"""Baseline and bonus: by hand for every kind of goalposts; continuous, monotone and within its range."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalcore.edition import Goalposts
from evalcore.score.normalise import attained, baseline_bonus

HIGHER = Goalposts(floor=20, baseline=90, stretch=100)
LOWER = Goalposts(floor=40, baseline=10, stretch=0)
BEST = Goalposts(floor=60, baseline=100)
R4 = Goalposts(floor=30, baseline=80, stretch=90, base=95, bonus=5)
NAN = float("nan")
number = st.floats(-1e6, 1e6)


@st.composite
def posts(draw: st.DrawFn) -> Goalposts:
    """Any goalposts of either direction, with and without a stretch."""
    floor, direction = draw(st.floats(-100, 100)), draw(st.sampled_from([1, -1]))
    baseline = floor + direction * draw(st.floats(0.1, 100))
    if draw(st.booleans()):
        return Goalposts(floor=floor, baseline=baseline)
    base = draw(st.floats(1, 99))
    stretch = baseline + direction * draw(st.floats(0.1, 100))
    return Goalposts(floor=floor, baseline=baseline, stretch=stretch, base=base, bonus=100 - base)


@pytest.mark.parametrize(
    ("goalposts", "value", "base", "bonus"),
    [
        (HIGHER, 0, 0, 0),
        (HIGHER, 20, 0, 0),
        (HIGHER, 55, 45, 0),
        (HIGHER, 90, 90, 0),
        (HIGHER, 95, 90, 5),
        (HIGHER, 100, 90, 10),
        (LOWER, 55, 0, 0),
        (LOWER, 25, 45, 0),
        (LOWER, 10, 90, 0),
        (LOWER, 5, 90, 5),
        (LOWER, 0, 90, 10),
        (BEST, 60, 0, 0),
        (BEST, 80, 50, 0),
        (BEST, 100, 100, 0),
        (R4, 55, 47.5, 0),
        (R4, 80, 95, 0),
        (R4, 85, 95, 2.5),
        (R4, 90, 95, 5),
        (R4, 100, 95, 5),
    ],
)
def test_points_by_hand(goalposts: Goalposts, value: float, base: float, bonus: float) -> None:
    """B clip((x - f) / (b - f), 0, 1) and K clip((x - b) / (t - b), 0, 1), mirrored where less is better."""
    found = [float(part) for part in baseline_bonus(np.array(value, dtype=float), goalposts)]
    assert found == pytest.approx([base, bonus])


@pytest.mark.parametrize("goalposts", [HIGHER, LOWER, BEST, R4])
def test_a_missing_value_has_no_points(goalposts: Goalposts) -> None:
    """Missing is not zero, neither in the base nor in the bonus."""
    assert np.isnan(baseline_bonus(np.array([NAN]), goalposts)).all()


@given(posts(), number)
def test_points_stay_between_0_and_100(goalposts: Goalposts, value: float) -> None:
    """Base in [0, B], bonus in [0, K], together at most 100."""
    base, bonus = baseline_bonus(np.array([value]), goalposts)
    assert 0 <= base[0] <= goalposts.base + 1e-9
    assert 0 <= bonus[0] <= goalposts.bonus + 1e-9
    assert base[0] + bonus[0] <= 100 + 1e-9


@given(posts(), st.lists(number, min_size=2, max_size=2))
def test_a_better_value_never_scores_less(goalposts: Goalposts, values: list[float]) -> None:
    """Monotone in the direction of the indicator."""
    worse, better = sorted(values, key=lambda value: value * goalposts.direction)
    points = np.sum(baseline_bonus(np.array([worse, better]), goalposts), axis=0)
    assert points[1] >= points[0] - 1e-9


@given(posts(), st.floats(-200, 200), st.floats(0, 1e-3))
def test_a_small_step_changes_points_little(goalposts: Goalposts, value: float, step: float) -> None:
    """Continuous: no step moves more points than the steepest of the two slopes allows."""
    slopes = [goalposts.base / abs(goalposts.baseline - goalposts.floor)]
    if goalposts.stretch is not None:
        slopes.append(goalposts.bonus / abs(goalposts.stretch - goalposts.baseline))
    points = np.sum(baseline_bonus(np.array([value, value + step]), goalposts), axis=0)
    assert abs(points[1] - points[0]) <= max(slopes) * step + 1e-9


@given(posts())
def test_goalposts_earn_their_points(goalposts: Goalposts) -> None:
    """0 at the floor, B at the baseline, 100 at the stretch."""
    marks = [
        goalposts.floor,
        goalposts.baseline,
        goalposts.baseline if goalposts.stretch is None else goalposts.stretch,
    ]
    points = np.sum(baseline_bonus(np.array(marks), goalposts), axis=0)
    assert points == pytest.approx([0, goalposts.base, 100])


def test_attained_is_at_or_beyond_the_baseline() -> None:
    """The baseline itself counts; less is more where less is better; missing attains nothing."""
    assert attained(np.array([89.9, 90, 95, NAN]), HIGHER).tolist() == [False, True, True, False]
    assert attained(np.array([10.1, 10, 5, NAN]), LOWER).tolist() == [False, True, True, False]
