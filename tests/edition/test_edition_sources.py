"""What a source of an edition may not declare."""

from collections.abc import Callable

import pytest
from pydantic import ValidationError

from evalcore.edition import Edition

Make = Callable[[dict], Edition]
REASON = {"en": "reason", "zh": "原因"}


@pytest.fixture
def survey(tiny: dict) -> dict:
    """The survey of the tiny edition."""
    return tiny["sources"]["survey"]


def test_rule_of_an_unknown_kind_is_refused(tiny: dict, survey: dict, edition_of: Make) -> None:
    """Rules are chosen from those there are."""
    survey["rules"][0]["kind"] = "odd"
    with pytest.raises(ValidationError, match="'below', 'above', 'missing'"):
        edition_of(tiny)


def test_rule_on_an_unknown_column_is_refused(tiny: dict, survey: dict, edition_of: Make) -> None:
    """A rule looks at declared or derived columns."""
    survey["rules"][1]["columns"] = ["minutes"]
    with pytest.raises(ValidationError, match=r"rules.s-fast uses unknown column.* minutes; known: age"):
        edition_of(tiny)


def test_rule_that_compares_a_text_with_a_limit_is_refused(tiny: dict, survey: dict, edition_of: Make) -> None:
    """Limits are for numbers."""
    survey["rules"][1]["columns"] = ["comment"]
    with pytest.raises(ValidationError, match=r"rules.s-fast: comment \(text\) cannot be used"):
        edition_of(tiny)


def test_period_rule_on_a_number_is_refused(tiny: dict, survey: dict, edition_of: Make) -> None:
    """Only times lie in or out of a period."""
    survey["rules"][0]["columns"] = ["seconds"]
    with pytest.raises(ValidationError, match=r"rules.s-period: seconds \(count\) cannot be used"):
        edition_of(tiny)


def test_rule_without_the_limit_it_needs_is_refused(tiny: dict, survey: dict, edition_of: Make) -> None:
    """`below` says below what."""
    del survey["rules"][1]["limit"]
    with pytest.raises(ValidationError, match="rule kind 'below' and limit None do not go together"):
        edition_of(tiny)


def test_rule_id_used_twice_is_refused(tiny: dict, survey: dict, edition_of: Make) -> None:
    """Set-aside rows are counted by the id of their rule."""
    survey["rules"][1]["id"] = "s-period"
    with pytest.raises(ValidationError, match="used twice: s-period"):
        edition_of(tiny)


def test_derived_column_with_the_name_of_a_declared_one_is_refused(tiny: dict, survey: dict, edition_of: Make) -> None:
    """Deriving never overwrites what was collected."""
    survey["derive"] = {"solved": {"kind": "hour_band", "column": "submitted_at", "start": 22, "end": 8}}
    with pytest.raises(ValidationError, match="used twice: solved"):
        edition_of(tiny)


def test_duration_between_numbers_is_refused(tiny: dict, survey: dict, edition_of: Make) -> None:
    """A duration lies between two times."""
    survey["derive"] = {"wait": {"kind": "duration", "start": "submitted_at", "end": "seconds", "unit": "hours"}}
    with pytest.raises(ValidationError, match=r"timestamps are wanted, not seconds \(count\)"):
        edition_of(tiny)


def test_source_without_entity_column_is_refused(tiny: dict, survey: dict, edition_of: Make) -> None:
    """Every row belongs to an entity."""
    survey["columns"]["shop"] = {"type": "text"}
    with pytest.raises(ValidationError, match="exactly one of type entity"):
        edition_of(tiny)


def test_rows_dated_by_a_number_are_refused(tiny: dict, survey: dict, edition_of: Make) -> None:
    """`when` is a time or a period."""
    survey["when"] = "seconds"
    with pytest.raises(
        ValidationError, match=r"when: seconds \(count\) cannot be used; columns of type period, timestamp"
    ):
        edition_of(tiny)


@pytest.mark.parametrize(
    "column", [{"type": "number", "blank": True}, {"type": "number"}, {"type": "number", "least": -1}]
)
def test_survey_weight_that_may_be_missing_or_negative_is_refused(
    tiny: dict, survey: dict, edition_of: Make, column: dict
) -> None:
    """Every row has a weight of 0 or more."""
    survey["weight"], survey["columns"]["paid"] = "paid", column
    with pytest.raises(ValidationError, match="weight: column 'paid' needs `least: 0` or more and no `blank`"):
        edition_of(tiny)


@pytest.mark.parametrize("name", ["row", "rule", "entity", "period", "weight_micro"])
def test_column_with_a_name_of_the_pipeline_is_refused(tiny: dict, survey: dict, edition_of: Make, name: str) -> None:
    """Cleaning would overwrite it."""
    survey["columns"][name] = {"type": "text"}
    with pytest.raises(ValidationError, match=f"the name '{name}' is given by the pipeline"):
        edition_of(tiny)


def test_rating_without_its_number_of_levels_is_refused(tiny: dict, survey: dict, edition_of: Make) -> None:
    """A rating says where its scale ends."""
    survey["columns"]["satisfaction"] = {"type": "rating"}
    with pytest.raises(ValidationError, match="'levels' belongs to columns of type 'rating' and only to them"):
        edition_of(tiny)


def test_private_columns_stay_private_when_derived(tiny: dict, survey: dict, edition_of: Make) -> None:
    """The first known of two identifiers is an identifier."""
    survey["columns"]["device"] = {"type": "id", "blank": True}
    survey["derive"] = {"key": {"kind": "first_known", "columns": ["device", "respondent"]}}
    source = edition_of(tiny).sources["survey"]
    assert source.private_columns == {"respondent", "device", "key"}
    assert not source.private_columns & source.known_columns
