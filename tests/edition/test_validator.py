"""What real framework files get wrong, and how the refusal helps to mend it."""

from collections.abc import Callable

import pandas as pd
import pytest

from evalcore.edition import Edition
from evalcore.edition.validator import beyond_cap, check_values
from evalcore.edition.weights import rescaled
from evalcore.errors import EvalcoreError

EditionOf = Callable[[dict], Edition]
Refusal = Callable[[dict], str]


def response(tiny: dict) -> dict:
    """The dimension R."""
    return tiny["framework"]["dimensions"][0]


def with_weights(tiny: dict, *weights: float) -> dict:
    """The tiny edition with as many indicators in R, weighted so."""
    first = response(tiny)["indicators"][0]
    response(tiny)["indicators"] = [{**first, "id": f"R{k}", "weight": w} for k, w in enumerate(weights, start=1)]
    return tiny


def test_thirds_printed_with_one_decimal_are_rescaled(tiny: dict, edition_of: EditionOf) -> None:
    """33.3 + 33.3 + 33.3 = 99.9 misses 100 by rounding alone; each weight becomes a third of 100."""
    framework = edition_of(with_weights(tiny, 33.3, 33.3, 33.3)).framework
    assert [i.weight for i in framework.indicators[:3]] == pytest.approx([100 / 3] * 3, abs=1e-12)
    assert sum(i.weight for i in framework.dimensions[0].indicators) == pytest.approx(100, abs=1e-12)


def test_what_was_rescaled_is_told_with_what_was_printed(tiny: dict, edition_of: EditionOf) -> None:
    """The report can say so; a weight that was right is not mentioned."""
    framework = edition_of(with_weights(tiny, 33.3, 33.3, 33.3)).framework
    assert framework.rescaled == {"R": 99.9}
    assert framework.indicators[0].printed_weight == 33.3
    assert framework.indicators[3].printed_weight == framework.indicators[3].weight == 100


def test_weights_that_add_up_stay_as_they_are(tiny: dict, edition_of: EditionOf) -> None:
    """33.3 + 33.3 + 33.4 is 100, whatever binary fractions make of it."""
    framework = edition_of(with_weights(tiny, 33.3, 33.3, 33.4)).framework
    assert [i.weight for i in framework.indicators[:3]] == [33.3, 33.3, 33.4]
    assert framework.rescaled == {}


def test_dimension_weights_are_rescaled_as_well(tiny: dict, edition_of: EditionOf) -> None:
    """Two thirds and a third with two decimals: 66.67 + 33.34 = 100.01, as far as 2 x 0.005 may take it."""
    tiny["framework"]["dimensions"][0]["weight"], tiny["framework"]["dimensions"][1]["weight"] = 66.67, 33.34
    framework = edition_of(tiny).framework
    assert sum(d.weight for d in framework.dimensions) == pytest.approx(100, abs=1e-12)
    assert framework.rescaled == {"": 100.01}


@pytest.mark.parametrize(
    ("weights", "accepted"),
    [
        ((33.3, 33.3, 33.3), True),  # misses 0.1, rounding explains 3 x 0.05
        ((33.3, 33.3, 33.2), False),  # misses 0.2
        ((33.33, 33.33, 33.33), True),  # misses 0.01, rounding explains 3 x 0.005
        ((33.33, 33.33, 33.3), False),  # misses 0.04: one was typed with a digit less
        ((14.3,) * 7, True),  # 100.1, rounding explains 7 x 0.05
        ((33, 33, 33), False),  # whole numbers are exact
        ((50, 49), False),
    ],
)
def test_rounding_explains_half_a_unit_of_the_last_digit_for_each_weight(weights: tuple, accepted: bool) -> None:
    """No more: the rest is a mistake in the file."""
    named = {f"I{k}": float(w) for k, w in enumerate(weights)}
    if accepted:
        assert sum(rescaled("items", named)) == pytest.approx(100, abs=1e-9)
    else:
        with pytest.raises(ValueError, match="add up to"):
            rescaled("items", named)


def test_indicator_too_much_is_named(tiny: dict, refusal: Refusal) -> None:
    """An indicator that slipped under the wrong dimension takes its weights over 100: without it they add up."""
    message = refusal(with_weights(tiny, 60, 40, 15))
    assert "tiny.yml: framework.dimensions.R.indicators" in message
    assert "weights of the indicators of dimension R add up to 115, not 100 (R1 60, R2 40, R3 15)" in message
    assert "15 too much: without R3 they would add up" in message


def test_weight_that_is_missing_is_told(tiny: dict, refusal: Refusal) -> None:
    """How much is missing saves the reader the sum."""
    assert "add up to 90, not 100 (R1 60, R2 30); 10 is missing" in refusal(with_weights(tiny, 60, 30))


def test_missing_direction_is_told_with_both_choices(tiny: dict, refusal: Refusal) -> None:
    """Nobody guesses whether more is better."""
    del response(tiny)["indicators"][0]["better"]
    message = refusal(tiny)
    assert "tiny.yml: framework.dimensions.R.indicators.R1" in message
    assert "the direction is missing: add `better: higher` or `better: lower`" in message


def test_direction_in_other_words_is_refused_with_its_value(tiny: dict, refusal: Refusal) -> None:
    """The value found stands beside the values allowed."""
    response(tiny)["indicators"][0]["better"] = "up"
    message = refusal(tiny)
    assert "R1.better" in message
    assert "'higher' or 'lower' (value 'up')" in message


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_goalpost_that_is_no_number_is_refused(tiny: dict, refusal: Refusal, value: float) -> None:
    """YAML knows .nan and .inf; a scale does not."""
    response(tiny)["indicators"][0]["goalposts"]["floor"] = value
    assert "R1.goalposts.floor" in refusal(tiny)


def test_indicator_codes_that_differ_in_case_are_refused(tiny: dict, refusal: Refusal) -> None:
    """E1 and e1 are one code to a reader and one file to some systems."""
    response(tiny)["indicators"][0]["id"] = "e1"
    message = refusal(tiny)
    assert "dimensions and indicators: 'e1' and 'E1' differ by case or spaces only; write one of them" in message


def test_answer_codes_that_differ_in_spaces_are_refused(tiny: dict, refusal: Refusal) -> None:
    """A code with a blank behind it divides one group of respondents into two."""
    tiny["sources"]["survey"]["columns"]["age"]["allowed"] = ["young", "old", "old "]
    tiny["segments"][0]["values"].append({"id": "old ", "name": {"en": "old", "zh": "老年"}})
    tiny["weighting"]["margins"]["age"] = {"young": 55, "old": 40, "old ": 5}
    assert "sources.survey.columns.age.allowed: 'old' and 'old ' differ by case or spaces only" in refusal(tiny)


def test_category_that_weighs_an_indicator_it_does_not_score_is_refused(tiny: dict, refusal: Refusal) -> None:
    """X1 belongs to another category; multiplying it here would do nothing."""
    added = {**response(tiny)["indicators"][0], "id": "X1"}
    tiny["categories"] += [{"id": "toys", "name": {"en": "toys", "zh": "玩具"}, "adds": {"R": [added]}}]
    tiny["categories"][0]["multiply"] = {"X1": 2}
    message = refusal(tiny)
    assert "categories.fresh.multiply: X1 is scored nowhere in this category; known: E1, R1" in message
    assert "remove it or add the indicator" in message


def test_indicator_weighed_and_left_out_at_once_is_refused(tiny: dict, refusal: Refusal) -> None:
    """One of the two lines is a mistake."""
    tiny["categories"][0] |= {"multiply": {"R1": 2}, "inapplicable": ["R1"]}
    assert "categories.fresh: R1 stands under multiply and under inapplicable; keep one" in refusal(tiny)


@pytest.mark.parametrize("factor", [0, -1])
def test_factor_that_is_not_positive_is_refused(tiny: dict, refusal: Refusal, factor: float) -> None:
    """A weight of nothing is said by `inapplicable`, a negative one not at all."""
    tiny["categories"][0]["multiply"] = {"R1": factor}
    assert "categories.fresh.multiply.R1" in refusal(tiny)


def test_entity_type_without_a_label_is_refused(tiny: dict, refusal: Refusal) -> None:
    """A type that no label names would have no name on the page."""
    tiny["entities"][0]["type"] = "social"
    assert "entities.A.type: unknown social" in refusal(tiny)


def test_entity_to_which_nothing_applies_is_refused(tiny: dict, refusal: Refusal) -> None:
    """Who cannot be scored at all does not take part."""
    tiny["entities"][0]["inapplicable"] = ["R1", "E1"]
    assert "entities.A.inapplicable: no indicator is left to score" in refusal(tiny)


def test_share_goalpost_above_100_percent_is_refused(tiny: dict, refusal: Refusal) -> None:
    """A stretch of 120 % of all cases is reached by nobody."""
    response(tiny)["indicators"][0]["goalposts"]["stretch"] = 120
    message = refusal(tiny)
    assert "indicator R1: stretch 120 can never be reached: the values lie between 0 and 100" in message


def test_goalpost_beyond_the_rating_scale_is_refused(tiny: dict, refusal: Refusal) -> None:
    """A rating of 1 to 5 has no mean of 0.5."""
    tiny["framework"]["dimensions"][1]["indicators"][0]["goalposts"]["floor"] = 0.5
    assert "indicator E1: floor 0.5 can never be reached: the values lie between 1 and 5" in refusal(tiny)


def test_fraction_where_percent_are_meant_is_refused_by_its_data(tiny_edition: Edition) -> None:
    """Values no correct data can have are told with source, indicator, entity, value and what is possible."""
    with pytest.raises(EvalcoreError) as caught:
        check_values([("A", "R1", 88.0), ("B", "R1", 104.5), ("B", "E1", 5.2)], tiny_edition)
    message = str(caught.value)
    assert "source survey: indicator R1 of B: the value 104.5 cannot be\n  allowed: 0 to 100" in message
    assert "indicator E1 of B: the value 5.2 cannot be\n  allowed: 1 to 5" in message
    assert "of A" not in message


def test_missing_and_extreme_values_are_no_mistake(tiny_edition: Edition) -> None:
    """NaN, 0 %, 100 % and the ends of a scale all occur."""
    check_values([("A", "R1", float("nan")), ("A", "R1", 0.0), ("B", "R1", 100.0), ("B", "E1", 5.0)], tiny_edition)


def values(*rows: tuple[str, float]) -> pd.DataFrame:
    """Values of indicators."""
    return pd.DataFrame(rows, columns=["indicator", "value"])


def test_values_past_the_last_goalpost_are_marked(tiny_edition: Edition) -> None:
    """E1 is capped at 4.9: a mean of 4.95 earns no more than 4.9 and is worth a look."""
    found = beyond_cap(values(("E1", 4.95), ("E1", 4.9), ("R1", 50.0)), tiny_edition)
    assert found.tolist() == [True, False, False]


def test_cap_of_an_indicator_where_less_is_better_lies_below(tiny: dict, edition_of: EditionOf) -> None:
    """Repeat complaints capped at 5 %: 3 % lies past the cap, 7 % before it."""
    response(tiny)["indicators"][0] |= {"better": "lower", "goalposts": {"floor": 40, "baseline": 10, "stretch": 5}}
    assert beyond_cap(values(("R1", 3.0), ("R1", 7.0)), edition_of(tiny)).tolist() == [True, False]
