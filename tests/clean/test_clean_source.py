"""Cleaning a whole source: periods, quarantine, waterfall, private columns, and what is refused."""

from collections.abc import Callable

import pandas as pd
import pytest

from evalcore.clean import clean, waterfall
from evalcore.edition import Edition
from evalcore.errors import EvalcoreError

Make = Callable[[dict], Edition]


@pytest.fixture
def answers() -> pd.DataFrame:
    """Six answers as ingested: four good ones, one too fast, one too late."""
    frame = pd.DataFrame(
        {
            "respondent": [f"r{k}" for k in range(1, 7)],
            "shop": list("AABBAB"),
            "goods": ["fresh", None, "fresh", "fresh", "fresh", "fresh"],
            "submitted_at": pd.to_datetime(
                [
                    "2025-01-01 00:00:00",
                    "2025-03-31 23:59:59",
                    "2025-04-01 00:00:00",
                    "2025-06-30 23:59:59",
                    "2025-02-01 12:00:00",
                    "2025-07-01 00:00:00",
                ]
            ).astype("datetime64[us]"),
            "age": ["young", "old"] * 3,
            "satisfaction": [5, 4, 3, 2, 1, 1],
            "solved": [True, False] * 3,
            "seconds": [100, 100, 100, 100, 59, 10],
            "paid": [1.0] * 6,
            "comment": ["好", None, "打13812345678", "好", "mail a@b.cn", "好"],
        }
    )
    types = {"satisfaction": "Int64", "seconds": "Int64", "solved": "boolean", "paid": "Float64"}
    texts = dict.fromkeys(["respondent", "shop", "goods", "age", "comment"], "string")
    return frame.astype(types | texts).assign(row=range(2, 8))


def test_quarters_hold_their_first_and_last_second(answers: pd.DataFrame, tiny_edition: Edition) -> None:
    """2025-04-01 00:00 belongs to the second quarter, 2025-03-31 23:59:59 to the first."""
    valid = clean(answers, "survey", tiny_edition).valid
    assert valid["period"].to_list() == ["Q1", "Q1", "Q2", "Q2"]


def test_standard_columns_replace_the_declared_ones(answers: pd.DataFrame, tiny_edition: Edition) -> None:
    """Entity and category have one name in every source; a blank category is "all"."""
    valid = clean(answers, "survey", tiny_edition).valid
    assert valid["entity"].to_list() == ["A", "A", "B", "B"]
    assert valid["category"].to_list() == ["fresh", "all", "fresh", "fresh"]
    assert not {"shop", "goods"} & set(valid.columns)


def test_quarantined_rows_keep_row_and_first_rule(answers: pd.DataFrame, tiny_edition: Edition) -> None:
    """Row 7 is too late and too fast; the first rule catches it."""
    quarantine = clean(answers, "survey", tiny_edition).quarantine
    assert quarantine[["row", "rule"]].to_dict("list") == {"row": [6, 7], "rule": ["s-fast", "s-period"]}


def test_private_columns_end_here(answers: pd.DataFrame, tiny_edition: Edition) -> None:
    """Neither valid nor quarantined rows carry the respondent, and open answers are scrubbed in both."""
    cleaned = clean(answers, "survey", tiny_edition)
    for frame in cleaned:
        assert "respondent" not in frame
        assert not set(answers["respondent"]) & set(frame.astype(str).to_numpy().ravel())
    assert cleaned.valid["comment"][2] == "打[phone]"
    assert cleaned.quarantine["comment"][0] == "mail [e-mail]"


def test_private_columns_end_here_even_when_derived(answers: pd.DataFrame, tiny: dict, edition_of: Make) -> None:
    """A column derived from identifiers is one."""
    survey = tiny["sources"]["survey"]
    survey["columns"]["device"] = {"type": "id", "blank": True}
    survey["derive"] = {"key": {"kind": "first_known", "columns": ["device", "respondent"]}}
    valid = clean(answers.assign(device=pd.array([None] * 6, dtype="string")), "survey", edition_of(tiny)).valid
    assert not {"device", "respondent", "key"} & set(valid.columns)


def test_waterfall_adds_up(answers: pd.DataFrame, tiny_edition: Edition) -> None:
    """From raw to valid every row is accounted for, by the rule that removed it."""
    steps = waterfall(clean(answers, "survey", tiny_edition), "survey", tiny_edition)
    assert steps["step"].to_list() == ["raw", "s-period", "s-fast", "valid"]
    assert steps["removed"].to_list() == [0, 1, 1, 0]
    assert steps["left"].to_list() == [6, 5, 4, 4]
    assert (steps["left"].shift(fill_value=6) - steps["removed"]).to_list() == steps["left"].to_list()


def test_input_is_not_changed(answers: pd.DataFrame, tiny_edition: Edition) -> None:
    """Data in, new data out."""
    before = answers.copy(deep=True)
    clean(answers, "survey", tiny_edition)
    pd.testing.assert_frame_equal(answers, before)


def test_platform_without_a_valid_answer_is_refused(answers: pd.DataFrame, tiny_edition: Edition) -> None:
    """The message says how many rows each rule set aside."""
    with pytest.raises(EvalcoreError) as caught:
        clean(answers.assign(seconds=answers["seconds"].mask(answers["shop"] == "B", 1)), "survey", tiny_edition)
    assert "survey.csv: B has 0 valid row(s); set aside: s-fast 2, s-period 1" in str(caught.value)
    assert "allowed: at least 1 (minimum_valid)" in str(caught.value)


def test_platform_under_the_minimum_of_valid_answers_is_refused(
    answers: pd.DataFrame, tiny: dict, edition_of: Make
) -> None:
    """Two valid answers are fewer than the three the edition asks for."""
    tiny["minimum_valid"] = 3
    with pytest.raises(EvalcoreError, match=r"A has 2 valid row\(s\); set aside: s-fast 1\n.*at least 3"):
        clean(answers, "survey", edition_of(tiny))


def test_platform_declared_absent_needs_no_answers(answers: pd.DataFrame, tiny: dict, edition_of: Make) -> None:
    """What the edition says is no surprise."""
    tiny["entities"].append({"id": "C", "name": {"en": "Shop C", "zh": "丙"}, "absent_from": ["survey"]})
    assert len(clean(answers, "survey", edition_of(tiny)).valid) == 4


def test_period_without_rows_is_refused(answers: pd.DataFrame, tiny_edition: Edition) -> None:
    """Data that end before the edition does would pass a quarter for a half-year."""
    early = answers.assign(
        submitted_at=answers["submitted_at"].mask(answers["submitted_at"] >= "2025-04", "2025-03-01")
    )
    with pytest.raises(EvalcoreError) as caught:
        clean(early, "survey", tiny_edition)
    assert "survey.csv, column submitted_at: customer survey: no valid row in Q2" in str(caught.value)
    assert "Q2 2025-04-01 to 2025-06-30" in str(caught.value)
    assert "what to do: add the rows, or take the period out of the edition" in str(caught.value)


def test_small_sample_need_not_reach_every_period(answers: pd.DataFrame, tiny: dict, edition_of: Make) -> None:
    """A source declared incomplete may leave a period out."""
    tiny["sources"]["survey"]["complete"] = False
    early = answers.assign(
        submitted_at=answers["submitted_at"].mask(answers["submitted_at"] >= "2025-04", "2025-03-01")
    )
    assert set(clean(early, "survey", edition_of(tiny)).valid["period"]) == {"Q1"}


def test_row_in_no_period_is_refused_where_no_rule_sets_it_aside(
    answers: pd.DataFrame, tiny: dict, edition_of: Make
) -> None:
    """A row outside the edition must not count for the year without a quarter."""
    tiny["sources"]["survey"]["rules"] = []
    with pytest.raises(EvalcoreError) as caught:
        clean(answers, "survey", edition_of(tiny))
    assert "survey.csv, column submitted_at, row 7: 2025-07-01 00:00:00 lies in no period (1 such row(s))" in str(
        caught.value
    )
    assert "rules of kind `outside_period` and `missing`" in str(caught.value)


def test_source_that_is_not_dated_belongs_to_the_year(answers: pd.DataFrame, tiny: dict, edition_of: Make) -> None:
    """Without `when` every row has the period "year"."""
    del tiny["sources"]["survey"]["when"]
    assert set(clean(answers, "survey", edition_of(tiny)).valid["period"]) == {"year"}
