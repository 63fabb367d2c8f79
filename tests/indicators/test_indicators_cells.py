"""Counting: shares, means and ratios equal plain pandas sums, to the last integer."""

from collections.abc import Callable
from pathlib import Path

import ibis
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalcore.edition import Edition
from evalcore.indicators import indicator_cells

MICRO = 1_000_000
KEYS = ["entity", "category", "period"]
MEASURES = {
    "share": {
        "statistic": "share",
        "among": [{"column": "satisfaction", "known": True}],
        "count": [{"column": "satisfaction", "at_least": 4}, {"column": "solved", "is": True}],
    },
    "mean": {"statistic": "mean", "column": "satisfaction", "among": [{"column": "seconds", "at_most": 61}]},
    "ratio": {"statistic": "ratio", "numerator": "seconds", "denominator": "satisfaction"},
}
random_survey = given(seed=st.integers(0, 10**6), size=st.integers(1, 60))
few = settings(max_examples=15, deadline=None)


@pytest.fixture(scope="module")
def edition(edition_with: Callable[..., Edition]) -> Edition:
    """One indicator of each statistic."""
    return edition_with(MEASURES)


def sums(survey: pd.DataFrame, among: pd.Series, numerator: pd.Series, denominator: pd.Series) -> pd.DataFrame:
    """Integer sums per cell in plain pandas; cells without denominator are left out."""
    columns = {"numerator": numerator, "denominator": denominator, "n": 1}
    kept = survey[KEYS].assign(**columns)[among.fillna(False).astype(bool)]
    summed = kept.astype({"numerator": "int64", "denominator": "int64"}).groupby(KEYS).sum()
    return summed[summed["denominator"] > 0].astype("int64")


def own(cells: pd.DataFrame, indicator: str) -> pd.DataFrame:
    """The same columns of the counted cells of one indicator."""
    return cells[cells["indicator"] == indicator].set_index(KEYS)[["numerator", "denominator", "n"]]


def same(cells: pd.DataFrame, indicator: str, expected: pd.DataFrame) -> None:
    """Counted cells hold the expected integers."""
    pd.testing.assert_frame_equal(own(cells, indicator), expected, check_index_type=False)


def weight_of(survey: pd.DataFrame, weights: pd.DataFrame) -> pd.Series:
    """Weights in millionths; a row without one has one million."""
    return survey["row"].map(weights.set_index("row")["weight_micro"]).fillna(MICRO).astype("int64")


@random_survey
@few
def test_shares_add_up_the_weights_of_hits_and_of_all_asked(
    edition: Edition, random_answers: Callable, random_weights: Callable, count: Callable, seed: int, size: int
) -> None:
    """Both 4 or 5 and solved, among the known ratings; a missing `solved` is no hit but was asked."""
    survey, weights = random_answers(seed, size), random_weights(seed, size)
    weight = weight_of(survey, weights)
    hit = (survey["satisfaction"] >= 4).fillna(False) & survey["solved"].fillna(False)
    expected = sums(survey, survey["satisfaction"].notna(), weight.where(hit, 0), weight)
    same(count(survey, edition, weights), "share", expected)


@random_survey
@few
def test_means_add_up_weighted_values_over_the_weights_of_known_values(
    edition: Edition, random_answers: Callable, random_weights: Callable, count: Callable, seed: int, size: int
) -> None:
    """Rows without a value, or without a known condition, are in neither sum."""
    survey, weights = random_answers(seed, size), random_weights(seed, size)
    weight = weight_of(survey, weights)
    among = survey["satisfaction"].notna() & (survey["seconds"] <= 61)
    expected = sums(survey, among, weight * survey["satisfaction"].fillna(0), weight)
    cells = count(survey, edition, weights)
    same(cells, "mean", expected)
    kept = survey[KEYS].assign(square=weight * survey["satisfaction"].fillna(0) ** 2)[among.fillna(False).astype(bool)]
    counted = cells[cells["indicator"] == "mean"]["square"].to_list()
    assert counted == kept.groupby(KEYS)["square"].sum().to_list()


@random_survey
@few
def test_ratios_need_both_figures_and_ignore_weights(
    edition: Edition, random_answers: Callable, random_weights: Callable, count: Callable, seed: int, size: int
) -> None:
    """A row that reports only one of the two figures would tilt the ratio, so it enters neither sum."""
    survey = random_answers(seed, size)
    among = survey["seconds"].notna() & survey["satisfaction"].notna()
    expected = sums(survey, among, survey["seconds"].fillna(0) * MICRO, survey["satisfaction"].fillna(0) * MICRO)
    same(count(survey, edition, random_weights(seed, size)), "ratio", expected)


@pytest.mark.parametrize(
    ("condition", "passes"),
    [
        ({"column": "satisfaction", "at_least": 4}, [4, 5]),
        ({"column": "satisfaction", "at_most": 1}, [1]),
        ({"column": "satisfaction", "is": 3}, [3]),
        ({"column": "satisfaction", "in": [1, 5]}, [1, 5]),
        ({"column": "satisfaction", "known": True}, [1, 2, 3, 4, 5]),
        ({"column": "satisfaction", "known": False}, [None]),
    ],
)
def test_a_missing_value_meets_no_condition_but_known_false(
    condition: dict, passes: list, edition_with: Callable, answers: Callable, count: Callable
) -> None:
    """Each kind of test on the values 1 to 5 and missing."""
    values = [1, 2, 3, 4, 5, None]
    survey = answers([("A", "all", "Q1", True, value, 0, 0.0) for value in values])
    edition = edition_with({"X": {"statistic": "share", "count": [condition]}})
    cell = count(survey, edition).iloc[0]
    assert (cell["numerator"], cell["n"]) == (len(passes) * MICRO, len(values))


def test_texts_can_be_conditions(edition_with: Callable, answers: Callable, count: Callable) -> None:
    """A code is compared as it stands."""
    survey = answers([("A", "all", "Q1", True, 5, 0, 0.0)] * 3).assign(age=["young", "old", None])
    edition = edition_with({"X": {"statistic": "share", "count": [{"column": "age", "in": ["young"]}]}})
    assert count(survey, edition).iloc[0]["numerator"] == MICRO


def test_rows_without_a_weight_count_as_one(edition: Edition, answers: Callable, count: Callable) -> None:
    """One of two answers carries the weight 3: the mean of 5 (weight 3) and 1 (weight 1) is 4."""
    survey = answers([("A", "all", "Q1", True, 5, 0, 0.0), ("A", "all", "Q1", True, 1, 0, 0.0)])
    weights = pd.DataFrame({"source": ["survey", "other"], "row": [0, 1], "weight_micro": [3 * MICRO, 9 * MICRO]})
    cell = own(count(survey, edition, weights), "mean").iloc[0]
    assert cell["numerator"] / cell["denominator"] == 4.0


def test_cells_nobody_contributes_to_are_left_out(edition: Edition, answers: Callable, count: Callable) -> None:
    """No answer, or answers of weight 0 only: no cell, so that nothing is divided by zero."""
    rows = [("A", "all", "Q1", True, None, None, 0.0), ("B", "all", "Q1", True, 4, None, 0.0)]
    nothing = pd.DataFrame({"source": ["survey"], "row": [1], "weight_micro": [0]})
    assert count(answers(rows), edition)["entity"].to_list() == ["B"]
    assert count(answers(rows), edition, nothing).empty


def test_a_reported_denominator_of_zero_is_no_report(edition: Edition, answers: Callable, count: Callable) -> None:
    """0 calls answered of 0 is not a rate."""
    survey = answers([("A", "all", "Q1", True, 0, 0, 0.0)])
    assert own(count(survey, edition), "ratio").empty


def test_cells_are_sorted_and_keep_their_contract(edition: Edition, random_answers: Callable, count: Callable) -> None:
    """Rows in the order of indicator, part, entity, category, period; whole numbers throughout."""
    cells = count(random_answers(3, 200), edition)
    keys = ["indicator", "part", *KEYS]
    assert cells[keys].equals(cells[keys].sort_values(keys).reset_index(drop=True))
    assert (cells.dtypes.iloc[5:] == "int64").all()


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory, random_answers: Callable) -> Path:
    """300,000 answers as the clean stage writes them, in row groups that several threads can share."""
    path = tmp_path_factory.mktemp("big") / "survey.parquet"
    random_answers(5, 300_000).to_parquet(path, row_group_size=20_000, index=False)
    return path


def read(path: Path, threads: int) -> ibis.Table:
    """The file through a DuckDB with so many threads."""
    engine = ibis.duckdb.connect()
    engine.raw_sql(f"SET threads = {threads}")
    return engine.read_parquet(path)


def test_one_thread_and_four_give_the_same_bits(edition: Edition, big: Path) -> None:
    """Sums of integers do not depend on who adds them."""
    one, four = (indicator_cells({"survey": read(big, threads)}, None, edition) for threads in (1, 4))
    pd.testing.assert_frame_equal(one, four, check_exact=True)


def test_shuffled_rows_give_the_same_bits(
    edition: Edition, random_answers: Callable, random_weights: Callable, count: Callable
) -> None:
    """The order of the rows in a file does not matter, nor that of the weights."""
    survey, weights = random_answers(6, 5000), random_weights(6, 5000)
    shuffled = survey.iloc[np.random.default_rng(0).permutation(len(survey))]
    pd.testing.assert_frame_equal(
        count(survey, edition, weights), count(shuffled, edition, weights.iloc[::-1]), check_exact=True
    )
