"""Raking: margins are met, by hand and by plain fitting; what cannot be met is refused."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalcore.errors import EvalcoreError
from evalcore.survey import design_effect, rake

FREE = (0.0, 1e9)
"""No trimming."""
MARGINS = {"age": {"young": 55, "old": 45}, "place": {"town": 70, "land": 30}}


def people(young_town: int, young_land: int, old_town: int, old_land: int) -> pd.DataFrame:
    """A 2 x 2 table of respondents, one row each."""
    cells = [("young", "town"), ("young", "land"), ("old", "town"), ("old", "land")]
    counts = [young_town, young_land, old_town, old_land]
    rows = [cell for cell, count in zip(cells, counts, strict=True) for _ in range(count)]
    return pd.DataFrame(rows, columns=["age", "place"])


def fitted(table: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Textbook proportional fitting of a table to its margins."""
    for _ in range(2000):
        table = table * (rows / table.sum(axis=1))[:, None]
        table = table * (columns / table.sum(axis=0))
    return table


def test_one_margin_is_a_ratio_of_shares() -> None:
    """80 % of the answers but 55 % of the people are young: 0.55 / 0.8, and 0.45 / 0.2 for the old."""
    frame = people(4, 4, 1, 1)
    weight = rake(frame, {"age": MARGINS["age"]}, FREE)
    assert weight == pytest.approx(np.where(frame["age"] == "young", 0.6875, 2.25))


def test_independent_answers_get_products_of_ratios() -> None:
    """Where age and place are independent in the sample the fitted weights are products, here by hand."""
    frame = people(40, 40, 10, 10)
    ratio = {"young": 0.55 / 0.8, "old": 0.45 / 0.2, "town": 0.7 / 0.5, "land": 0.3 / 0.5}
    expected = frame["age"].map(ratio) * frame["place"].map(ratio)
    assert rake(frame, MARGINS, FREE) == pytest.approx(expected.to_numpy())


def test_dependent_answers_are_fitted_as_a_table_is() -> None:
    """Weight times count of each cell equals plain proportional fitting of the 2 x 2 table."""
    counts = np.array([[50, 10], [15, 25]])
    frame = people(*counts.ravel())
    fit = fitted(counts.astype(float), np.array([55.0, 45]), np.array([70.0, 30]))
    weight = pd.Series(rake(frame, MARGINS, FREE))
    total = weight.groupby([frame["age"], frame["place"]]).sum()
    expected = [fit[0, 0], fit[0, 1], fit[1, 0], fit[1, 1]]
    found = [total["young", "town"], total["young", "land"], total["old", "town"], total["old", "land"]]
    assert found == pytest.approx(expected, rel=1e-8)


@settings(max_examples=60, deadline=None)
@given(
    counts=st.lists(st.integers(3, 60), min_size=4, max_size=4),
    young=st.floats(20, 80),
    town=st.floats(20, 80),
)
def test_margins_are_met_before_trimming(counts: list[int], young: float, town: float) -> None:
    """Both margins hold to 1e-8 and the mean weight is one."""
    frame = people(*counts)
    margins = {"age": {"young": young, "old": 100 - young}, "place": {"town": town, "land": 100 - town}}
    weight = rake(frame, margins, FREE)
    assert weight.mean() == pytest.approx(1, abs=1e-12)
    for name, shares in margins.items():
        for value, share in shares.items():
            assert 100 * weight[frame[name] == value].sum() / len(frame) == pytest.approx(share, abs=1e-8)


def test_trimming_cuts_weights_and_keeps_the_mean() -> None:
    """Untrimmed weights 0.6875 and 2.25, cut to at most 2 and scaled back to mean one: 0.95 x old mean."""
    frame = people(4, 4, 1, 1)
    weight = rake(frame, {"age": MARGINS["age"]}, (0.3, 2.0))
    mean = (8 * 0.6875 + 2 * 2.0) / 10
    assert weight == pytest.approx(np.where(frame["age"] == "young", 0.6875 / mean, 2.0 / mean))
    assert weight.mean() == pytest.approx(1)


def test_trimming_lowers_the_design_effect() -> None:
    """Less extreme weights cost less precision: the reason to trim."""
    frame = people(40, 3, 10, 9)
    assert design_effect(rake(frame, MARGINS, (0.8, 1.5))) < design_effect(rake(frame, MARGINS, FREE))


def test_the_order_of_answers_does_not_matter() -> None:
    """Shuffled answers keep their weights."""
    frame = people(5, 9, 2, 4)
    order = np.random.default_rng(0).permutation(len(frame))
    shuffled = rake(frame.iloc[order].reset_index(drop=True), MARGINS, FREE)
    assert shuffled == pytest.approx(rake(frame, MARGINS, FREE)[order], abs=1e-9)


def test_design_effect_by_hand() -> None:
    """n sum w^2 / (sum w)^2: 4 (9 + 1 + 1 + 1) / 36 = 4 / 3; equal weights cost nothing."""
    assert design_effect(np.array([3.0, 1, 1, 1])) == pytest.approx(4 / 3)
    assert design_effect(np.full(7, 2.5)) == pytest.approx(1)


def test_a_value_nobody_answered_is_refused() -> None:
    """No weight can stand for people who are not in the sample; the message names margin and value."""
    with pytest.raises(EvalcoreError, match=r"margin 'age'.*no respondent for: old[\s\S]*merge"):
        rake(people(3, 3, 0, 0), MARGINS, FREE)


@pytest.mark.parametrize(
    ("age", "found"), [("unborn", "unborn"), (None, "None|nan")], ids=["unknown value", "missing value"]
)
def test_an_answer_outside_the_margin_is_refused(age: str | None, found: str) -> None:
    """An answer that has no share of the population cannot be weighted."""
    frame = people(2, 2, 2, 2)
    frame.loc[0, "age"] = age
    with pytest.raises(EvalcoreError, match=rf"margin 'age'.*no share of the population for: ({found})"):
        rake(frame, MARGINS, FREE)


def test_answers_of_a_group_with_share_zero_are_refused() -> None:
    """The population has no such people, the sample has: one of the two is wrong."""
    with pytest.raises(EvalcoreError, match="no share of the population for: old"):
        rake(people(2, 2, 2, 2), {"age": {"young": 100, "old": 0}}, FREE)


def test_margins_that_contradict_the_sample_are_refused() -> None:
    """All young live in town and all old on the land: 55 % young and 70 % town cannot both hold."""
    with pytest.raises(EvalcoreError, match="no weights meet the margins after 500 rounds"):
        rake(people(5, 0, 0, 5), MARGINS, FREE)


def test_rows_may_stand_for_several_people() -> None:
    """A table of counts gets, per person, the weights that one row per person gets, trimmed or not."""
    frame = people(50, 10, 15, 25)
    counted = frame.value_counts().rename("people").reset_index()
    for trim in (FREE, (0.8, 1.2)):
        cells = rake(counted, MARGINS, trim, counted["people"].to_numpy())
        each = frame.merge(counted.assign(weight=cells), on=["age", "place"], how="left", validate="m:1")["weight"]
        assert each.to_numpy() == pytest.approx(rake(frame, MARGINS, trim))
