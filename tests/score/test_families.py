"""The families of scoring steps: each function by hand, and the properties that every member keeps."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pydantic import ValidationError
from scipy import stats

from evalcore.edition.index import Node
from evalcore.errors import EvalcoreError
from evalcore.score import impute, normalise, transform, treat, weight
from evalcore.score.aggregate import AGGREGATIONS
from evalcore.score.normalise import NORMALISATIONS
from evalcore.score.rank import ranks
from evalcore.score.weight import node_weights

NAN = np.nan
RELATIVE = ["minmax", "zscore", "rank", "percentile_rank", "borda"]
values = arrays(float, st.integers(2, 12), elements=st.floats(-1e6, 1e6)).filter(lambda x: np.ptp(x) > 1e-3)
scores = arrays(float, (6, 3), elements=st.floats(0.01, 100))


def test_log_keeps_missing_values():
    """The logarithm of e is 1 and a missing value stays missing."""
    assert np.array_equal(transform.log(np.array([np.e, NAN])), [1, NAN], equal_nan=True)


def test_log_refuses_zero_by_its_value():
    """A value of 0 has no logarithm; the message says which value was found."""
    with pytest.raises(EvalcoreError, match="value 0"):
        transform.log(np.array([1.0, 0.0]))


def test_denominate_divides_and_scales():
    """6 by 3 per hundred is 200."""
    assert transform.denominate(np.array([6.0]), np.array([3.0]), 100).tolist() == [200]


def test_denominate_refuses_zero():
    """A denominator of 0 is an error, not an infinite value."""
    with pytest.raises(EvalcoreError, match="denominator of 0"):
        transform.denominate(np.array([6.0]), np.array([0.0]))


def test_group_mean_uses_the_own_group():
    """The missing value of group a becomes the mean of 1 and 3, whatever group b holds."""
    filled = impute.group_mean(np.array([1.0, NAN, 3.0, 100.0]), np.array(["a", "a", "a", "b"]))
    assert filled.tolist() == [1, 2, 3, 100]


def test_group_median_is_not_moved_by_one_large_value():
    """The median of 1, 2, 90 is 2."""
    filled = impute.group_median(np.array([1.0, 2.0, 90.0, NAN]), np.full(4, "a"))
    assert filled[-1] == 2


def test_imputation_leaves_its_input_alone():
    """Imputing returns a new array."""
    raw = np.array([1.0, NAN])
    impute.group_mean(raw, np.full(2, "a"))
    assert np.isnan(raw[1])


def test_imputation_refuses_a_group_without_values():
    """A group nobody measured cannot be imputed; the message names it."""
    with pytest.raises(EvalcoreError, match="group 'b'"):
        impute.group_mean(np.array([1.0, NAN]), np.array(["a", "b"]))


def test_skewness_and_kurtosis_are_the_unbiased_ones():
    """Both agree with scipy's bias-corrected statistics."""
    sample = np.random.default_rng(1).gamma(2, size=50)
    assert treat.skewness(sample) == pytest.approx(stats.skew(sample, bias=False))
    assert treat.kurtosis(sample) == pytest.approx(stats.kurtosis(sample, bias=False))


def test_winsorise_moves_one_wild_point_to_the_next():
    """One value of a thousand among twenty small ones takes the largest of the others."""
    value = np.append(np.arange(20.0), 1000.0)
    treated = treat.winsorise(value)
    assert (treated.low, treated.high) == (0, 1)
    assert treated.value[-1] == 19


def test_winsorise_gives_up_after_the_limit():
    """With at most no point to move, a wild indicator stays as it was."""
    value = np.append(np.arange(20.0), 1000.0)
    assert treat.winsorise(value, most=0).value.tolist() == value.tolist()


def test_winsorise_leaves_a_constant_alone():
    """An indicator without a range is not treated."""
    assert treat.winsorise(np.full(9, 5.0)) == treat.Treated(pytest.approx(np.full(9, 5.0)), 0, 0)


def test_minmax_by_hand():
    """2 of 1..5 scores 25, and 75 where less is better."""
    value = np.array([1.0, 2.0, 5.0])
    assert normalise.minmax(value, 1).tolist() == [0, 25, 100]
    assert normalise.minmax(value, -1).tolist() == [100, 75, 0]


def test_ranks_share_ties_and_keep_missing():
    """Two equal values share ranks 1 and 2; a missing one has no rank."""
    assert np.array_equal(normalise.rank(np.array([3.0, 3.0, 7.0, NAN]), 1), [1.5, 1.5, 3, NAN], equal_nan=True)


def test_borda_counts_the_beaten():
    """The best of four beats three."""
    assert normalise.borda(np.array([1.0, 2.0, 3.0, 4.0]), 1).tolist() == [0, 1, 2, 3]


def test_percentile_rank_of_the_middle_is_fifty():
    """The second of three has as many below as above."""
    assert normalise.percentile_rank(np.array([1.0, 2.0, 3.0]), 1)[1] == 50


def test_distance_to_the_best():
    """Half the best value scores a half; where less is better, twice the best does."""
    assert normalise.distance_to_reference(np.array([2.0, 4.0]), 1).tolist() == [0.5, 1]
    assert normalise.distance_to_reference(np.array([2.0, 4.0]), -1).tolist() == [1, 0.5]


def test_goalposts_clip_beyond_the_ends():
    """Values beyond fixed goalposts score 0 and 1, mirrored where less is better."""
    value = np.array([10.0, 52.5, 90.0])
    assert normalise.goalposts(value, 1, 20, 85).tolist() == [0, 0.5, 1]
    assert normalise.goalposts(value, -1, 20, 85).tolist() == [1, 0.5, 0]


@pytest.mark.parametrize("method", RELATIVE[:2])
def test_an_indicator_without_a_range_is_refused(method):
    """All equal, or all missing: no silent NaN."""
    for value in (np.full(3, 5.0), np.full(3, NAN)):
        with pytest.raises(EvalcoreError, match="without a range"):
            NORMALISATIONS[method](value, 1)


@given(values)
@pytest.mark.parametrize("method", RELATIVE)
def test_normalisations_keep_the_order(method, value):
    """A larger value never scores less, and never more where less is better."""
    order = np.argsort(value, kind="stable")
    tolerance = 1e-9 * (1 + np.abs(value).max())
    assert (np.diff(NORMALISATIONS[method](value, 1)[order]) >= -tolerance).all()
    assert (np.diff(NORMALISATIONS[method](value, -1)[order]) <= tolerance).all()


@pytest.mark.parametrize("method", RELATIVE)
def test_leading_dimensions_are_independent(method):
    """Draws along a leading axis are normalised one by one."""
    draws = np.random.default_rng(2).normal(size=(4, 7))
    together = NORMALISATIONS[method](draws, 1)
    assert np.allclose(together, [NORMALISATIONS[method](draw, 1) for draw in draws])


def test_given_weights_add_up_to_one():
    """Weights 1 and 3 become a quarter and three quarters."""
    assert weight.given(np.array([1, 3])).tolist() == [0.25, 0.75]


@pytest.mark.parametrize("weights", [[0, 0], [-1, 2]])
def test_impossible_weights_are_refused(weights):
    """All zero, or one negative: refused with the weights in the message."""
    with pytest.raises(EvalcoreError, match="none negative, not all zero"):
        weight.given(np.array(weights))


def test_budget_allocation_is_the_mean_share():
    """An expert with 10 points and one with 100 count the same."""
    assert weight.budget_allocation(np.array([[10, 0], [50, 50]])).tolist() == [0.75, 0.25]


def test_consistent_comparisons_give_back_their_weights():
    """A matrix of exact ratios has its weights as priorities and no inconsistency."""
    truth = np.array([0.5, 0.3, 0.2])
    found = weight.analytic_hierarchy(truth[:, None] / truth[None, :])
    assert found.weights == pytest.approx(truth)
    assert found.consistency_ratio == pytest.approx(0, abs=1e-9)


def test_circular_comparisons_are_inconsistent():
    """a over b over c over a by nine each is as inconsistent as chance, or worse."""
    circular = np.array([[1, 9, 1 / 9], [1 / 9, 1, 9], [9, 1 / 9, 1]])
    assert weight.analytic_hierarchy(circular).consistency_ratio > 1


def test_means_by_hand():
    """Of 2 and 8 with equal weights: 5, 4 and 3.2."""
    pair, equal = np.array([[2.0, 8.0]]), np.array([1.0, 1.0])
    found = {name: AGGREGATIONS[name](pair, equal)[0] for name in ("arithmetic", "geometric", "harmonic")}
    assert found == pytest.approx({"arithmetic": 5, "geometric": 4, "harmonic": 3.2})


def test_geometric_mean_with_a_zero_is_zero():
    """A unit with a zero score gets 0, not NaN."""
    assert AGGREGATIONS["geometric"](np.array([[0.0, 8.0]]), np.array([1.0, 1.0])).tolist() == [0]


@pytest.mark.parametrize(("method", "score"), [("geometric", -1.0), ("harmonic", 0.0)])
def test_means_refuse_scores_they_cannot_take(method, score):
    """Negatives under a geometric and zeros under a harmonic mean are errors that name the score."""
    with pytest.raises(EvalcoreError, match=f"score of {score:g}"):
        AGGREGATIONS[method](np.array([[score, 8.0]]), np.array([1.0, 1.0]))


def test_copeland_by_hand():
    """a beats b and c, b beats c on the weightier items: 2, 0, -2."""
    items = np.array([[3.0, 3.0, 1.0], [2.0, 2.0, 2.0], [1.0, 1.0, 3.0]])
    assert AGGREGATIONS["copeland"](items, np.ones(3)).tolist() == [2, 0, -2]


@given(scores, st.integers(0, 5), st.integers(0, 2))
@pytest.mark.parametrize("method", ["arithmetic", "geometric", "harmonic"])
def test_means_are_monotone(method, table, unit, item):
    """Raising one score of a unit never lowers it and moves no other."""
    weights = np.array([0.5, 0.3, 0.2])
    raised = table.copy()
    raised[unit, item] += 1
    before, after = AGGREGATIONS[method](table, weights), AGGREGATIONS[method](raised, weights)
    assert after[unit] >= before[unit]
    assert np.array_equal(np.delete(after, unit), np.delete(before, unit))


@given(scores)
@pytest.mark.parametrize("method", ["arithmetic", "geometric", "harmonic"])
def test_a_missing_part_makes_the_node_missing(method, table):
    """A mean of a missing score is missing, never computed from the rest in silence."""
    table[0, 0] = NAN
    found = AGGREGATIONS[method](table, np.ones(3))
    assert np.isnan(found[0])
    assert not np.isnan(found[1:]).any()


def test_a_cap_moves_what_lies_beyond():
    """Values beyond a cap become the cap."""
    assert transform.cap(np.array([1.0, 5.0, 9.0]), 2, 8).tolist() == [2, 5, 8]


def test_a_cap_below_all_data_is_refused():
    """A cap under every value would make all equal: refused with the cap."""
    with pytest.raises(EvalcoreError, match="all values lie above 2"):
        transform.cap(np.array([3.0, 5.0]), None, 2)


@pytest.mark.parametrize(
    ("ties", "expected"), [("best", [1, 2, 2, 4]), ("worst", [1, 3, 3, 4]), ("mean", [1, 2.5, 2.5, 4])]
)
def test_ties_share_the_rank_the_index_names(ties, expected):
    """Two equals behind the first take up ranks 2 and 3 and share one of them, or their mean."""
    assert ranks(np.array([9.0, 7.0, 7.0, 1.0]), ties=ties).tolist() == expected


def test_rounding_before_ranking_makes_ties():
    """0.1234 and 0.1231 are equal at three decimals."""
    assert ranks(np.array([0.1234, 0.1231, 0.5]), digits=3).tolist() == [2, 2, 1]


def node(**weights):
    """A node of two indicators with own weights 1 and 3."""
    leaves = [{"indicator": "a", "weight": 1}, {"indicator": "b", "weight": 3}]
    return Node(id="n", name={"en": "n", "zh": "n"}, indicators=leaves, weights=weights)


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ({}, [0.25, 0.75]),
        ({"method": "equal"}, [0.5, 0.5]),
        ({"method": "budget", "points": [[90, 10], [70, 30]]}, [0.8, 0.2]),
        ({"method": "ahp", "comparisons": [[1, 4], [0.25, 1]]}, [0.8, 0.2]),
    ],
)
def test_a_node_weighs_its_parts_as_the_edition_says(weights, expected):
    """Own weights, equal ones, a panel's budget, or pairwise comparisons."""
    assert node_weights(node(**weights)) == pytest.approx(np.array(expected))


def test_inconsistent_comparisons_are_refused():
    """Circular judgements over the edition's limit are an error that gives the ratio."""
    circular = [[1, 9, 1 / 9], [1 / 9, 1, 9], [9, 1 / 9, 1]]
    leaves = [{"indicator": name} for name in "abc"]
    bad = Node(
        id="n", name={"en": "n", "zh": "n"}, indicators=leaves, weights={"method": "ahp", "comparisons": circular}
    )
    with pytest.raises(EvalcoreError, match="consistency ratio"):
        node_weights(bad)


def test_weights_that_judge_another_number_of_parts_are_refused():
    """Three points for two parts: refused at load with the node's id."""
    with pytest.raises(ValidationError, match="node 'n' has 2 parts"):
        node(method="budget", points=[[1, 2, 3]])
