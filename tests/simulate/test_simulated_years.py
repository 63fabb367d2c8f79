"""The year before: the same platforms, of which three really change."""

import pandas as pd
import pytest

from evalcore.edition import load_drawn, load_edition
from evalcore.simulate import simulate
from evalcore.simulate.truth import draw_truth
from evalcore.streams import stream

WEIGHTS = [0.2, 0.5, 0.2, 0.1]


@pytest.fixture(scope="module")
def changes(root):
    """Composite of 2025 less that of 2024, and what the truth of 2024 says will change."""
    before, after = (draw_truth(load_drawn(f"demo-{year}", root)) for year in (2024, 2025))
    return (after.dimensions - before.dimensions) @ WEIGHTS, before.changes


def test_two_platforms_drop_and_one_rises(changes):
    """The three named ones move by four points or more in their direction."""
    difference, planted = changes
    assert sorted(planted.values()) == ["drop", "drop", "rise"]
    for platform, kind in planted.items():
        assert difference[platform] * {"drop": -1, "rise": 1}[kind] > 4


def test_the_others_stay(changes):
    """What did not really change differs by less than one point."""
    difference, planted = changes
    assert difference.drop(list(planted)).abs().max() < 1


def test_both_years_have_their_own_days(root):
    """Sources, promotions and dirt of 2024 lie in 2024; it is drawn with the framework of 2025."""
    before, after = (load_edition(f"demo-{year}", root) for year in (2024, 2025))
    assert {p.first.year for p in (*before.periods, *before.promotions)} == {2024}
    assert load_drawn("demo-2024", root).framework == after.framework
    assert before.simulation.platforms == after.simulation.seed


def test_an_edition_without_a_following_year_changes_nothing(demo):
    """Dimension scores are those drawn for the platforms."""
    truth = draw_truth(demo)
    assert truth.changes == {}
    assert isinstance(truth.dimensions, pd.DataFrame)
    assert stream(1, "a", "b").random() == stream(1, "a/b").random()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["demo-2024", "demo-2025"])
def test_a_year_has_its_full_volume(root, name):
    """A million tickets and 60,000 answers a quarter; `python -m benchmarks.simulation` says how long they take."""
    frames = simulate(load_drawn(name, root)).frames
    assert len(frames["tickets"]) == 1_000_000
    assert len(frames["survey"]) == 240_000
