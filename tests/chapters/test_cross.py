"""Reports against users: biases by hand, and what was planted under two seeds at a tenth of the volume."""

import numpy as np
import pandas as pd
import pytest

from evalcore.chapters.cross import Recall, bias_frame, cross_numbers, longer, recall_of, triggers_frame
from evalcore.chapters.weighting import weighted_answers
from evalcore.survey import survey_weights

EXACT = Recall(1.0, 0.0, 0)


def answers(**columns):
    """Answers of weight one."""
    frame = pd.DataFrame(columns)
    blank = {"waited_min": pd.NA, "bot_handled": pd.NA}
    return frame.assign(weight=1.0, **{name: value for name, value in blank.items() if name not in frame})


def reports(**rows):
    """Reported figures of one measure: entity -> (numerator, denominator)."""
    ((item, values),) = rows.items()
    return pd.DataFrame(
        [(entity, item, n, d) for entity, (n, d) in values.items()],
        columns=["entity", "item", "numerator", "denominator"],
    )


def test_bias_of_a_mean_is_the_log_of_told_over_reported(edition):
    """A reports 5 min and its users waited 10 on average, stretched by memory of 1.25: log(10 / 1.25 / 5)."""
    told = answers(entity=["A"] * 400, waited_min=[9.0, 11.0] * 200)
    found = bias_frame(told, reports(mean_response_min={"A": (500, 100)}), Recall(1.25, 0.0, 9), edition).iloc[0]
    assert found[["reported", "told", "n"]].to_list() == [5, 10, 400]
    assert found["flattery"] == pytest.approx(np.log(1.6))
    assert found["upper"] - found["flattery"] == pytest.approx(1.959964 * 1 / np.sqrt(400) / 10)
    assert found["verdict"] == "resubmit"


def test_bias_of_a_share_is_a_difference(edition):
    """A says its bot solves 95 %, half of its users agree that it did."""
    told = answers(entity=["A"] * 1000, bot_handled=[True, False] * 500)
    found = bias_frame(told, reports(bot_solved={"A": (95, 100)}), EXACT, edition).iloc[0]
    assert found["flattery"] == pytest.approx(0.45)
    assert found["verdict"] == "resubmit"
    assert np.isnan(found["beyond"])


def test_a_report_that_flatters_nobody_asks_for_nothing(edition):
    """Reported 10 min, told 5: the bias is negative, however clear."""
    told = answers(entity=["A"] * 400, waited_min=[4.0, 6.0] * 200)
    found = bias_frame(told, reports(mean_response_min={"A": (1000, 100)}), EXACT, edition).iloc[0]
    assert found["upper"] < 0
    assert found["verdict"] == "agrees"


def test_inside_the_tolerance_it_is_a_question(edition):
    """Reported 10, told 11 and nearly all alike: clear, and less than a fifth."""
    told = answers(entity=["A"] * 400, waited_min=[10.9, 11.1] * 200)
    found = bias_frame(told, reports(mean_response_min={"A": (1000, 100)}), EXACT, edition).iloc[0]
    assert found["verdict"] == "question"


def test_users_beyond_twice_the_reported_mean_are_counted(edition):
    """Reported 5 min, three of five waited over 10."""
    told = answers(entity=["A"] * 5, waited_min=[2.0, 10.0, 11.0, 12.0, 30.0])
    assert longer(told, reports(mean_response_min={"A": (50, 10)}), edition).to_dict() == {"A": pytest.approx(60)}


def test_fast_and_last_in_satisfaction_is_reviewed():
    """B attains the speed and is the least satisfied of four, A is liked; where one is not scored nothing is asked."""
    rows = [("A", "R1", 95, True), ("B", "R1", 93, True), ("C", "R1", 50, False), ("D", "R1", 60, False)]
    rows += [(entity, "E1", value, False) for entity, value in zip("ABCD", (4.5, 3.1, 3.9, 4.0), strict=True)]
    frame = pd.DataFrame(rows, columns=["entity", "indicator", "value", "attained"]).assign(group="all")
    assert triggers_frame(frame).to_dict("list") == {"entity": ["B"], "speed": [93], "satisfaction": [3.1]}
    assert triggers_frame(frame[frame["indicator"] == "R1"]).empty


@pytest.mark.parametrize("world", ["drawn", "second"])
def test_planted_reports_are_found_and_others_left_in_peace(request, world):
    """Under two seeds the hidden wait and the boastful bot stand first; nobody else is asked to resubmit.

    The stated error: false alarms over all worlds of `python -m benchmarks.alarms` (data/quality/alarms.json).
    """
    edition, cleaned, truth = request.getfixturevalue(world)
    own = weighted_answers(cleaned["survey"], survey_weights({"survey": cleaned["survey"]}, edition), "survey")
    recall = recall_of(own, cleaned["tickets"])
    found, planted = bias_frame(own, cleaned["platform_reports"], recall, edition), truth["planted"]["findings"]
    strength = (found["lower"]).groupby(found["measure"]).idxmax()
    assert found.loc[strength["mean_response_min"], "entity"] == planted["slow_bot"]
    assert found.loc[strength["bot_solved"], "entity"] == planted["boastful_bot"]
    asked = found[found["verdict"] == "resubmit"]
    assert planted["boastful_bot"] in set(asked["entity"])
    assert set(asked["entity"]) <= {planted["slow_bot"], planted["boastful_bot"]}
    assert recall.ratio == pytest.approx(1, abs=0.15)
    assert cross_numbers(found, triggers_frame(found.head(0).assign(group="", indicator="")), recall)[
        "cross.checked"
    ].value == len(found)
