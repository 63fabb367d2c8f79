"""Coded talks: kappa by hand and against scikit-learn, disagreements in no order, quotations with consent only."""

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import cohen_kappa_score

from evalcore.chapters.interviews import (
    agreement,
    codes_frame,
    disagreements_frame,
    interview_numbers,
    kappa,
    stories_frame,
)
from evalcore.tables.interviews import make_codes, make_disagreements, make_stories
from evalcore.words import Words


@pytest.fixture
def talks():
    """Three talks: two coded twice with one disagreement each way, one that may not be quoted, one private passage."""
    rows = [
        ("J1", 1, True, "等了很久", "slow_answer", "slow_answer", "process"),
        ("J1", 2, True, "转来转去", "passed_around", "slow_answer", "process"),
        ("J2", 1, True, "很担心", "worry", "worry", "feeling"),
        ("J2", 2, True, "等到天黑", "slow_answer", "passed_around", "process"),
        ("J2", 3, True, "我的电话[phone]", "trust_lost", "trust_lost", "feeling"),
        ("J3", 1, False, "没人管", "old_user", None, "feeling"),
    ]
    frame = pd.DataFrame(rows, columns=["talk", "passage", "consent", "text", "code_a", "code_b", "axis"])
    return frame.assign(kind="depth", role="user", entity="A")


def test_kappa_by_hand():
    """Five of ten agree; the first says yes 6, the second 5 times of 10: chance 0.5, kappa 0."""
    one = pd.Series(["y"] * 6 + ["n"] * 4)
    other = pd.Series(["y"] * 3 + ["n"] * 5 + ["y"] * 2)
    assert kappa(one, other) == pytest.approx((0.5 - 0.5) / 0.5)
    rng = np.random.default_rng(2)
    codes = pd.DataFrame(rng.choice(list("abc"), (200, 2)))
    codes.loc[:120, 1] = codes.loc[:120, 0]
    assert kappa(codes[0], codes[1]) == pytest.approx(cohen_kappa_score(codes[0], codes[1]))
    assert np.isnan(kappa(pd.Series(["a", "a"]), pd.Series(["a", "a"])))


def test_agreement_is_that_of_what_two_people_coded(talks, edition):
    """Five of six passages were coded twice, three of them alike; without a second coder nothing is claimed."""
    found = agreement(talks, edition)
    assert (found["passages"], found["agreed"]) == (5, 0.6)
    assert found["lower"] <= found["kappa"] <= found["upper"]
    assert interview_numbers(talks.assign(code_b=None), edition)["interviews.kappa"].value is None


def test_disagreements_have_no_order(talks):
    """Passed around against waiting, whoever said which."""
    assert disagreements_frame(talks).to_numpy().tolist() == [["passed_around", "slow_answer", 2]]


def test_only_those_who_agreed_are_quoted_and_nothing_private(talks):
    """One passage per code; no talk, no entity, no blotted-out passage."""
    found = stories_frame(talks)
    assert found["text"].to_list() == ["很担心", "转来转去", "等了很久"]
    assert set(found.columns) == {"axis", "code", "role", "kind", "text"}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_tables_in_both_languages(talks, edition, lang):
    """Codes by axis, the axis with most passages first."""
    codes = make_codes(codes_frame(talks), Words(lang, "interviews-codes", edition))
    assert codes.rows[0][2:] == ("2", "2")
    assert make_disagreements(disagreements_frame(talks), Words(lang, "interviews-disagreements", edition)).rows
    assert len(make_stories(stories_frame(talks), Words(lang, "interviews-stories", edition)).rows) == 3
