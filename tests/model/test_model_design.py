"""Cells, counts, terms of an ordinal model, and how much is known of each."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from evalcore.errors import EvalcoreError
from evalcore.model import ordinal_design

COUNTS = pd.DataFrame(
    [("A", "x", 1, 2), ("A", "y", 2, 3), ("B", "x", 2, 1), ("B", "y", 3, 4), ("A", "x", 3, 1), ("B", "y", 3, 1)],
    columns=["entity", "age", "level", "n"],
).assign(item="csat", period="2025")
FACTORS = {"entity": None, "age": None, "period": None}


def refused(message: str, counts: pd.DataFrame, levels=(1, 2, 3), factors=FACTORS):
    """The design is refused with this message."""
    with pytest.raises(EvalcoreError, match=message):
        ordinal_design(counts, levels, factors)


def test_counts_are_laid_out_by_cell_and_level():
    """Rows of one cell and level add up; a cell nobody answered for is left out; levels nobody used stay."""
    design = ordinal_design(COUNTS, [1, 2, 3, 4], FACTORS)
    assert design.cells.to_numpy().tolist() == [["A", "x"], ["A", "y"], ["B", "x"], ["B", "y"]]
    assert design.counts.tolist() == [[2, 0, 1, 0], [0, 3, 0, 0], [0, 1, 0, 0], [0, 0, 5, 0]]


def test_a_factor_with_one_level_drops_out():
    """And so do its interactions."""
    design = ordinal_design(COUNTS, [1, 2, 3], FACTORS, [("entity", "age"), ("entity", "period")])
    assert list(design.factors) == ["entity", "age"]
    assert design.terms == (("entity",), ("age",), ("entity", "age"))


def test_places_of_the_effects():
    """Main effects by their own code, interactions row by row."""
    design = ordinal_design(COUNTS, [1, 2, 3], FACTORS, [("entity", "age")])
    assert design.index.tolist() == [[0, 0, 0], [0, 1, 1], [1, 0, 2], [1, 1, 3]]


def test_order_of_levels_is_that_of_the_edition():
    """Where levels are given, their order is kept."""
    design = ordinal_design(COUNTS, [1, 2, 3], {"entity": ["B", "A"]})
    assert design.factors["entity"] == ("B", "A")
    assert design.cells["entity"].tolist() == ["B", "A"]


def answers() -> pd.DataFrame:
    """Three hundred answers, one row each."""
    rng = np.random.default_rng(5)
    frame = pd.DataFrame({"entity": rng.choice(list("ABCDE"), 300), "age": rng.choice(list("xyz"), 300)})
    shift = frame["entity"].map(dict(zip("ABCDE", [-1, -0.5, 0, 0.5, 1], strict=True)))
    level = np.clip(np.round(3 + shift + rng.normal(0, 1, 300)), 1, 5).astype(int)
    return frame.assign(level=level)


def test_what_is_known_follows_the_analysis_of_variance():
    """max(F - 1, 0), with scipy's F of the single answers for a main effect."""
    rows = answers()
    counts = rows.value_counts().rename("n").reset_index().assign(item="csat")
    design = ordinal_design(counts, range(1, 6), {"entity": None, "age": None})
    f = [stats.f_oneway(*(part["level"] for _, part in rows.groupby(name))).statistic for name in ("entity", "age")]
    np.testing.assert_allclose(design.gain, np.maximum(np.array(f) - 1, 0), rtol=1e-10)
    assert design.gain[0] > 5 > design.gain[1]


def test_what_is_known_of_an_interaction_by_hand():
    """F of what the main effects leave, over (A - 1)(B - 1) degrees of freedom, in plain pandas."""
    rows = answers()
    counts = rows.value_counts().rename("n").reset_index().assign(item="csat")
    design = ordinal_design(counts, range(1, 6), {"entity": None, "age": None}, [("entity", "age")])
    left = rows["level"] - rows["level"].mean()
    for name in ("entity", "age"):
        left = left - left.groupby(rows[name]).transform("mean")
    means = left.groupby([rows["entity"], rows["age"]]).transform("mean")
    f = ((means**2).sum() / 8) / (((left - means) ** 2).sum() / (300 - 9))
    assert design.gain[2] == pytest.approx(max(f - 1, 0), abs=1e-10)


def test_equal_answers_say_nothing():
    """Without variance within groups there is no F: 0, and no division by nothing."""
    design = ordinal_design(COUNTS.assign(level=2), [1, 2, 3], FACTORS)
    assert design.gain.tolist() == [0, 0]


def test_counts_below_nothing_are_refused():
    """Row and value are named."""
    refused("counts of 'csat', row 2, n: -1", COUNTS.assign(n=[2, 3, -1, 4, 1, 1]))


def test_fractions_of_respondents_are_refused():
    """Weighted counts do not enter the likelihood."""
    refused("row 0, n: 2.5\n.*whole numbers", COUNTS.assign(n=[2.5, 3, 1, 4, 1, 1]))


def test_missing_counts_are_refused():
    """A count that is no number is not nothing."""
    refused("row 1, n: nan", COUNTS.assign(n=[2, np.nan, 1, 4, 1, 1]))


def test_a_level_off_the_scale_is_refused():
    """A 3 on a scale of two."""
    refused("row 3, level: 3\n.*allowed: 1, 2", COUNTS, levels=(1, 2))


def test_a_scale_of_one_level_is_refused():
    """Nothing varies."""
    refused("a scale of 1 level", COUNTS.assign(level=1), levels=(1,))


def test_a_platform_with_no_answers_is_refused_by_name():
    """Its value would come from the others; who fits leaves it out on purpose."""
    refused("none for entity 'C'\n.*\n.*leave 'C' out of this fit", COUNTS, factors={"entity": ["A", "B", "C"]})


def test_an_unknown_platform_is_refused():
    """The edition does not know it."""
    refused("entity 'B'\n.*allowed: A$", COUNTS, factors={"entity": ["A"]})


def test_no_answers_at_all_are_refused():
    """There is nothing to fit."""
    refused("counts of 'csat': no answers", COUNTS.assign(n=0))


def test_a_missing_factor_value_is_refused():
    """Counting has given it a level of its own; here it can only be a mistake."""
    refused("row 0, age: missing", COUNTS.assign(age=[None, "y", "x", "y", "x", "y"]))


def test_more_than_ten_thousand_cells_are_refused():
    """With what to do about it."""
    many = pd.DataFrame({"entity": [f"{k:05d}" for k in range(10_001)], "item": "csat", "level": 1, "n": 1})
    refused(r"10,001 cells with answers\n.*10,000 at most\n.*fewer or coarser segments", many, factors={"entity": None})
