"""Shapley values of a score's distance from the mean, by hand and by every order of arrival."""

from itertools import permutations

import numpy as np
import pandas as pd
import pytest

from evalcore.chapters.decomposition import dimension_pulls, part_pulls, pull_numbers
from evalcore.chapters.shapley import enumerated, shapley
from evalcore.edition import Edition


def test_additive_index_gives_weight_times_distance() -> None:
    """Weights 3 and 1, means 70 and 50: (80 - 70) x 3/4 and (40 - 50) x 1/4."""
    scores = np.array([[80.0, 40.0], [60.0, 60.0]])
    assert shapley(scores, np.array([3.0, 1.0])).tolist() == [[7.5, -2.5], [-7.5, 2.5]]


def test_enumeration_agrees_with_the_closed_form() -> None:
    """Where everything applies both are the same number."""
    rng = np.random.default_rng(1)
    scores, weights = rng.uniform(0, 100, (5, 4)), rng.uniform(1, 9, 4)

    def worth(joined: np.ndarray) -> np.ndarray:
        return (np.where(joined, scores[:, None], scores[None]) @ weights / weights.sum()).mean(axis=1)

    assert np.allclose(enumerated(worth, 4), shapley(scores, weights), rtol=0, atol=1e-12)


def test_inapplicable_item_leaves_the_denominator_for_its_entity_only() -> None:
    """Two entities, two items, the second inapplicable to the first: averages over both orders of arrival.

    Equal weights; X: 80, -; Y: 60, 20. Scores 80 and 40, mean 60, so X is 20 above. Against itself X gains nothing.
    Against Y: nobody joined 40; item 1 joined (80, 20) 50; item 2 joined (60, -) 60; both 80. Item 1 adds
    (50 - 40 + 80 - 60) / 2 = 15, item 2 (60 - 40 + 80 - 50) / 2 = 25; averaged with the zeros: 7.5 and 12.5.
    """
    found = shapley(np.array([[80.0, np.nan], [60.0, 20.0]]), np.array([1.0, 1.0]))
    assert np.allclose(found[0], [7.5, 12.5], rtol=0, atol=1e-12)
    assert np.allclose(found.sum(axis=1), [20, -20], rtol=0, atol=1e-12)


def test_enumeration_is_the_mean_over_all_orders_of_arrival() -> None:
    """The definition of Shapley, spelt out on three items of which some do not apply."""
    scores = np.array([[90.0, np.nan, 50.0], [70.0, 30.0, np.nan], [20.0, 60.0, 80.0]])
    weights = np.array([2.0, 1.0, 1.0])

    def composite(row: np.ndarray) -> float:
        known = ~np.isnan(row)
        return float(row[known] @ weights[known] / weights[known].sum())

    def worth(entity: int, joined: set[int]) -> float:
        mixed = [[scores[entity if k in joined else other, k] for k in range(3)] for other in range(3)]
        return float(np.mean([composite(np.array(row)) for row in mixed]))

    wanted = np.zeros((3, 3))
    for order in permutations(range(3)):
        for place, item in enumerate(order):
            before = set(order[:place])
            wanted[:, item] += [(worth(e, before | {item}) - worth(e, before)) / 6 for e in range(3)]
    assert np.allclose(shapley(scores, weights), wanted, rtol=0, atol=1e-12)


def test_mixture_in_which_nothing_applies_is_worth_the_mean() -> None:
    """Each has what the other lacks: contributions still add up to the distance, and none is missing."""
    found = shapley(np.array([[80.0, np.nan], [np.nan, 40.0]]), np.array([1.0, 1.0]))
    assert np.allclose(found.sum(axis=1), [20, -20], rtol=0, atol=1e-12)


def test_too_many_items_of_which_some_do_not_apply_are_refused() -> None:
    """Thirteen items would be 8,192 coalitions: refused before they are counted."""
    scores = np.full((2, 13), 50.0)
    scores[0, 0] = np.nan
    with pytest.raises(ValueError, match="at most 12"):
        shapley(scores, np.ones(13))


@pytest.fixture
def edition(tiny: dict, edition_of: object) -> Edition:
    """Dimension R (60) with R1 (75) and R2 (25), dimension E (40) with E1; a fifth of each is the experts'."""
    r1 = tiny["framework"]["dimensions"][0]["indicators"][0]
    second = {**r1, "id": "R2", "name": {"en": "followed up", "zh": "跟进"}, "weight": 25}
    tiny["framework"]["dimensions"][0]["indicators"] = [{**r1, "weight": 75}, second]
    tiny["framework"]["expert_share"] = 20
    return edition_of(tiny)


RANKING = pd.DataFrame({"entity": ["A", "B"], "rated": [True, True], "low": [66.8, 52.0]})
DIMENSIONS = pd.DataFrame(
    [
        # experts give R 70 to A and 50 to B, E 60 to both: 0.8 x 65 + 0.2 x 70 = 66, and so on
        ("A", "R", 66.0, 65.0), ("B", "R", 46.0, 45.0), ("A", "E", 68.0, 70.0), ("B", "E", 61.0, 61.25),
    ],
    columns=["entity", "dimension", "low", "indicators"],
)  # fmt: skip
INDICATORS = pd.DataFrame(
    [
        ("A", "R1", "R", 80.0, "measured"), ("A", "R2", "R", 20.0, "measured"), ("A", "E1", "E", 70.0, "measured"),
        ("B", "R1", "R", 60.0, "measured"), ("B", "R2", "R", None, "unreported"), ("B", "E1", "E", 61.25, "measured"),
    ],
    columns=["entity", "indicator", "dimension", "score", "status"],
)  # fmt: skip


def test_dimensions_add_up_to_the_distance_from_the_mean(edition: Edition) -> None:
    """A: R (66 - 56) x 0.6 = 6; E (68 - 64.5) x 0.4 = 1.4; together 66.8 - 59.4."""
    found = dimension_pulls(RANKING, DIMENSIONS, edition)
    assert list(zip(found["entity"], found["dimension"], strict=True)) == [
        ("A", "R"),
        ("A", "E"),
        ("B", "R"),
        ("B", "E"),
    ]
    assert np.allclose(found["points"], [6.0, 1.4, -6.0, -1.4], rtol=0, atol=1e-12)


def test_indicators_and_experts_add_up_to_their_dimension(edition: Edition) -> None:
    """A in R: R1 0.6 x 0.8 x 0.75 x 10, R2 the same with 0.25 (B: unreported, 0), experts 0.6 x (14 - 12)."""
    found = part_pulls(RANKING, DIMENSIONS, INDICATORS, edition)
    own = found[(found["entity"] == "A") & (found["dimension"] == "R")].set_index("part")["points"]
    assert own.round(9).to_dict() == {"R1": 3.6, "R2": 1.2, "experts": 1.2}
    whole = dimension_pulls(RANKING, DIMENSIONS, edition).set_index(["entity", "dimension"])["points"]
    assert np.allclose(found.groupby(["entity", "dimension"])["points"].sum(), whole.sort_index(), rtol=0, atol=1e-12)


def test_suppressed_score_keeps_its_dimension_whole(edition: Edition) -> None:
    """From all parts but one the last could be computed back, and with it the small cell."""
    hidden = INDICATORS.assign(status=INDICATORS["status"].mask(INDICATORS["indicator"] == "R2", "suppressed"))
    found = part_pulls(RANKING, DIMENSIONS, hidden, edition)
    assert set(found[found["dimension"] == "R"]["part"]) == {""}
    assert set(found[found["dimension"] == "E"]["part"]) == {"E1", "experts"}


def test_largest_pulls_are_named_with_their_points(edition: Edition) -> None:
    """Up and down, the largest first, in both languages; nothing below a tenth of a point."""
    parts = pd.DataFrame(
        [("A", "R", "R1", 3.6), ("A", "R", "R2", 1.2), ("A", "R", "experts", 0.04), ("A", "E", "", -1.25),
         ("B", "R", "", -2.0), ("B", "E", "experts", 0.3)],
        columns=["entity", "dimension", "part", "points"],
    )  # fmt: skip
    found = pull_numbers(RANKING, parts, edition)
    assert found["a.pulls_up"].text("en") == "solved (+3.6), followed up (+1.2)"
    assert found["a.pulls_up"].text("zh") == "解决（+3.6）、跟进（+1.2）"
    assert found["a.pulls_down"].text("en") == "experience (−1.2)"
    assert found["b.pulls_up"].text("en") == "experts on experience (+0.3)"
    assert found["a.distance"].text("en") == "+7.4"
    assert found["b.distance"].text("zh") == "−7.4"


def test_who_is_not_rated_has_no_pulls(edition: Edition) -> None:
    """Its numbers are there and say "not available"."""
    ranking = RANKING.assign(rated=[True, False])
    parts = part_pulls(ranking, DIMENSIONS, INDICATORS, edition)
    found = pull_numbers(ranking, parts, edition)
    assert found["b.distance"].text("en") == "not available"
    assert found["a.pulls_up"].text("en") == "nothing"


def test_nobody_rated_gives_empty_frames(edition: Edition) -> None:
    """No ranking, no decomposition, no error."""
    nobody = RANKING.assign(rated=False)
    assert dimension_pulls(nobody, DIMENSIONS, edition).empty
    assert part_pulls(nobody, DIMENSIONS, INDICATORS, edition).empty
