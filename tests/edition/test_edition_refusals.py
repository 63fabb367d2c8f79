"""What an edition file may not say: each refusal names file, key, value and what is allowed."""

from collections.abc import Callable

import pytest

Refusal = Callable[[dict], str]


def indicator(tiny: dict) -> dict:
    """The first indicator of the first dimension, R1."""
    return tiny["framework"]["dimensions"][0]["indicators"][0]


def test_unknown_key_is_refused_with_its_value_and_the_allowed_keys(tiny: dict, refusal: Refusal) -> None:
    """A misspelt key is named with its place, its value and the keys there are."""
    indicator(tiny)["wieght"] = 20
    message = refusal(tiny)
    assert "tiny.yml: framework.dimensions.R.indicators.R1.wieght: unknown key (value 20)" in message
    assert "allowed: id, name, definition, unit, better, weight" in message


def test_unknown_key_at_the_top_is_refused(tiny: dict, refusal: Refusal) -> None:
    """A section that does not exist is no section that is silently ignored."""
    tiny["platforms"] = []
    assert "tiny.yml: platforms: unknown key (value [])" in refusal(tiny)


def test_missing_key_is_refused(tiny: dict, refusal: Refusal) -> None:
    """What has no default has to be said."""
    del tiny["seed"]
    assert "tiny.yml: seed: this key is missing" in refusal(tiny)


def test_several_mistakes_are_told_at_once(tiny: dict, refusal: Refusal) -> None:
    """A person mends a file in one go, not mistake by mistake."""
    tiny["year"], tiny["seed"] = "next", None
    message = refusal(tiny)
    assert "tiny.yml: year" in message
    assert "'next'" in message
    assert "tiny.yml: seed" in message


def test_dimension_weights_of_99_are_refused(tiny: dict, refusal: Refusal) -> None:
    """Weights of dimensions add up to 100."""
    tiny["framework"]["dimensions"][0]["weight"] = 59
    message = refusal(tiny)
    assert "tiny.yml: framework" in message
    assert "weights of the dimensions add up to 99, not 100 (R 59, E 40)" in message


def test_indicator_weights_of_99_are_refused(tiny: dict, refusal: Refusal) -> None:
    """Weights of the indicators of a dimension add up to 100."""
    indicator(tiny)["weight"] = 99
    assert "weights of the indicators of dimension R add up to 99, not 100 (R1 99)" in refusal(tiny)


def test_floor_on_the_wrong_side_is_refused(tiny: dict, refusal: Refusal) -> None:
    """Where higher is better the floor lies below the baseline."""
    indicator(tiny)["goalposts"] = {"floor": 95, "baseline": 90, "stretch": 80}
    message = refusal(tiny)
    assert "indicators.R1" in message
    assert "floor 95 is on the wrong side of the baseline 90: where higher is better the floor lies below it" in message


def test_stretch_on_the_side_of_the_floor_is_refused(tiny: dict, refusal: Refusal) -> None:
    """The bonus is earned beyond the baseline."""
    indicator(tiny)["goalposts"] = {"floor": 20, "baseline": 90, "stretch": 80}
    assert "stretch 80 must lie beyond the baseline 90" in refusal(tiny)


def test_scale_without_length_is_refused(tiny: dict, refusal: Refusal) -> None:
    """Floor and baseline differ."""
    indicator(tiny)["goalposts"] = {"floor": 90, "baseline": 90}
    assert "floor and baseline are both 90" in refusal(tiny)


def test_base_and_bonus_that_are_not_100_points_are_refused(tiny: dict, refusal: Refusal) -> None:
    """A perfect indicator earns 100 points."""
    indicator(tiny)["goalposts"] |= {"base": 90, "bonus": 5}
    assert "base 90 + bonus 5 must add up to 100" in refusal(tiny)


def test_indicator_without_a_source_is_refused(tiny: dict, refusal: Refusal) -> None:
    """Every indicator is counted in a source that the edition collects."""
    indicator(tiny)["measure"]["source"] = "tickets"
    assert "indicator R1 has no source: 'tickets' is not among survey" in refusal(tiny)


def test_indicator_of_an_unknown_column_is_refused(tiny: dict, refusal: Refusal) -> None:
    """Every column an indicator reads is declared."""
    indicator(tiny)["measure"]["count"] = [{"column": "sloved", "is": True}]
    assert "indicator R1 (survey): unknown sloved; known: age, comment" in refusal(tiny)


def test_indicator_of_a_private_column_is_refused(tiny: dict, refusal: Refusal) -> None:
    """Respondents end at the cleaning stage, so nothing can be counted by them."""
    indicator(tiny)["measure"]["count"] = [{"column": "respondent", "is": "r1"}]
    assert "unknown respondent" in refusal(tiny)


def test_condition_on_a_code_that_does_not_exist_is_refused(tiny: dict, refusal: Refusal) -> None:
    """A misspelt code would count nothing and look like a platform that does nothing."""
    indicator(tiny)["measure"]["among"] = [{"column": "age", "is": "yuong"}]
    assert "condition on age: unknown yuong; known: old, young" in refusal(tiny)


def test_condition_with_a_text_on_a_flag_is_refused(tiny: dict, refusal: Refusal) -> None:
    """A flag is true or false, not "yes"."""
    indicator(tiny)["measure"]["count"] = [{"column": "solved", "is": "yes"}]
    assert "'yes' does not fit a column of type flag" in refusal(tiny)


def test_mean_of_a_text_is_refused(tiny: dict, refusal: Refusal) -> None:
    """Means are of numbers."""
    indicator(tiny)["measure"] = {"source": "survey", "statistic": "mean", "column": "comment"}
    assert "mean of comment: the column is of type text; allowed: count, number, rating" in refusal(tiny)


def test_share_without_what_is_counted_is_refused(tiny: dict, refusal: Refusal) -> None:
    """A statistic has all its parts."""
    indicator(tiny)["measure"] = {"source": "survey", "statistic": "share"}
    assert "statistic 'share' needs 'count'" in refusal(tiny)


def test_condition_with_two_tests_is_refused(tiny: dict, refusal: Refusal) -> None:
    """One condition is one test."""
    indicator(tiny)["measure"]["count"] = [{"column": "seconds", "at_least": 1, "at_most": 9}]
    assert "give exactly one of is, in, at_least, at_most, known" in refusal(tiny)


@pytest.mark.parametrize("kind", ["entities", "categories", "periods", "segments"])
def test_duplicate_ids_are_refused(tiny: dict, refusal: Refusal, kind: str) -> None:
    """Two things of a list cannot share an id."""
    tiny[kind].append(dict(tiny[kind][-1]))
    assert f"{kind}" in (message := refusal(tiny))
    assert f"used twice: {tiny[kind][-1]['id']}".lower() in message.lower()


def test_entities_that_differ_in_case_only_are_refused(tiny: dict, refusal: Refusal) -> None:
    """Entities name files, and not every file system tells A from a."""
    tiny["entities"][1]["id"] = "a"
    assert "used twice: a" in refusal(tiny)


def test_indicator_and_dimension_with_one_id_are_refused(tiny: dict, refusal: Refusal) -> None:
    """Dimensions and indicators share their ids."""
    indicator(tiny)["id"] = "E"
    assert "ids used twice: E" in refusal(tiny)


def test_category_indicator_with_the_id_of_another_is_refused(tiny: dict, refusal: Refusal) -> None:
    """A category cannot replace an indicator of the framework by adding its namesake."""
    tiny["categories"][0]["adds"] = {"R": [indicator(tiny)]}
    assert "indicators: used twice: R1" in refusal(tiny)


def test_levels_that_do_not_rise_are_refused(tiny: dict, refusal: Refusal) -> None:
    """Each level begins above the one before."""
    tiny["framework"]["levels"].append({"id": "pass", "name": {"en": "pass", "zh": "达标"}, "at_least": 0})
    assert "levels must rise: [0.0, 0.0]" in refusal(tiny)


def test_gap_between_periods_is_refused(tiny: dict, refusal: Refusal) -> None:
    """The day after a period is the first day of the next."""
    tiny["periods"][1]["first"] = "2025-04-02"
    message = refusal(tiny)
    assert "period Q2 begins on 2025-04-02, but Q1 ends on 2025-03-31" in message
    assert "without gap or overlap" in message


def test_overlapping_periods_are_refused(tiny: dict, refusal: Refusal) -> None:
    """No day belongs to two periods."""
    tiny["periods"][1]["first"] = "2025-03-31"
    assert "period Q2 begins on 2025-03-31" in refusal(tiny)


def test_half_open_period_is_refused(tiny: dict, refusal: Refusal) -> None:
    """A period says its last day; until then it is not a period to report on."""
    del tiny["periods"][1]["last"]
    assert "tiny.yml: periods.Q2.last: this key is missing" in refusal(tiny)


def test_period_that_ends_before_it_begins_is_refused(tiny: dict, refusal: Refusal) -> None:
    """Time runs forward."""
    tiny["periods"][1]["last"] = "2025-03-01"
    assert "period Q2 ends on 2025-03-01 before it begins on 2025-04-01" in refusal(tiny)


def test_margin_that_does_not_add_up_is_refused(tiny: dict, refusal: Refusal) -> None:
    """The shares of a population are a whole."""
    tiny["weighting"]["margins"]["age"]["old"] = 44
    assert "margin 'age' adds up to 99, not 100" in refusal(tiny)


def test_margin_without_a_value_of_the_segment_is_refused(tiny: dict, refusal: Refusal) -> None:
    """A margin and its segment name the same values."""
    tiny["weighting"]["margins"]["age"] = {"young": 100}
    assert "weighting.margins.age: young given, old, young wanted" in refusal(tiny)


def test_margin_of_an_unknown_segment_is_refused(tiny: dict, refusal: Refusal) -> None:
    """Margins are shares of segments."""
    tiny["weighting"]["margins"] = {"height": {"tall": 100}}
    assert "weighting.margins: unknown height; known: age" in refusal(tiny)


def test_segment_that_is_no_column_is_refused(tiny: dict, refusal: Refusal) -> None:
    """A segment is a column of codes of its source."""
    tiny["segments"][0]["id"] = "age_band"
    assert "segments.age_band: unknown age_band" in refusal(tiny)


def test_segment_with_other_values_than_its_column_is_refused(tiny: dict, refusal: Refusal) -> None:
    """Respondents of a value without a name would vanish from the page."""
    tiny["sources"]["survey"]["columns"]["age"]["allowed"].append("ageless")
    assert "segments.age.values: old, young given, ageless, old, young wanted" in refusal(tiny)


def test_entity_of_an_unknown_category_is_refused(tiny: dict, refusal: Refusal) -> None:
    """What an entity sells is a category of the edition."""
    tiny["entities"][0]["categories"] = ["toys"]
    assert "entities.A.categories: unknown toys; known: fresh" in refusal(tiny)


def test_name_in_one_language_is_refused(tiny: dict, refusal: Refusal) -> None:
    """Every name is said in English and in Chinese."""
    tiny["title"] = {"en": "Two shops"}
    assert "tiny.yml: title.zh: this key is missing" in refusal(tiny)


def test_blank_name_is_refused(tiny: dict, refusal: Refusal) -> None:
    """A name is more than white space."""
    tiny["entities"][0]["name"]["zh"] = "  "
    assert "tiny.yml: entities.A.name.zh" in refusal(tiny)


@pytest.mark.parametrize("file", ["../survey.csv", "a/survey.csv", "/survey.csv", "survey.txt", "..", ".csv"])
def test_raw_file_outside_its_folder_is_refused(tiny: dict, refusal: Refusal, file: str) -> None:
    """A raw file is a plain name; no path leads out of the folder of the edition."""
    tiny["sources"]["survey"]["file"] = file
    message = refusal(tiny)
    assert "tiny.yml: sources.survey.file" in message
    assert repr(file) in message


def test_id_that_could_leave_its_folder_is_refused(tiny: dict, refusal: Refusal) -> None:
    """Ids become file names."""
    tiny["entities"][0]["id"] = "../A"
    assert "'../A'" in refusal(tiny)
