"""Published figures against an edition: nothing is dropped, data move the table, what was planted is found."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from worlds import evidence_of, scored

from evalcore.chapters.evidence import by_entity, over_days
from evalcore.chapters.measures import MEASURES
from evalcore.chapters.measures_maternal import cronbach
from evalcore.chapters.reference import (
    beyond_published,
    compared_frame,
    contradictions_frame,
    digits_of,
    nearest_possible,
    open_frame,
    reference_numbers,
    steps_frame,
)


@pytest.fixture(scope="module")
def compared(published, evidence):
    """The table as it stands."""
    return compared_frame(published, evidence).set_index("id")


def test_every_row_to_reproduce_is_measured(published, evidence, compared):
    """With all sources none is left open, and nothing else is measured."""
    wanted = set(published.loc[published["use"].str.startswith("calibrate"), "id"])
    assert set(compared.index) == set(MEASURES) == wanted
    assert open_frame(published, evidence).empty


def test_rows_of_a_source_that_is_not_collected_are_named_with_it(published, evidence):
    """Without the maternal survey and the policies their rows move to the other table, and say what they need."""
    kept = {name: frame for name, frame in evidence.sources.items() if name not in ("maternal_survey", "policies")}
    fewer = dataclasses.replace(evidence, sources=kept)
    missing = open_frame(published, fewer).set_index("id")["missing"]
    assert set(missing) == {"maternal_survey", "policies"}
    assert missing["D4-01"] == "maternal_survey"
    only = published[published["id"].isin(["D4-01", "D4-30", "D4-105"])]
    assert list(compared_frame(only, fewer)["id"]) == ["D4-105"]


def test_a_new_row_nobody_measures_is_shown(published, evidence):
    """A row of the file without a measure is listed, not dropped."""
    row = published.head(1).assign(id="D9-99", topic="new", use="calibrate")
    missing = open_frame(pd.concat([published, row], ignore_index=True), evidence).set_index("id")
    assert missing.loc["D9-99", "missing"] == "no_measure"


def test_this_edition_reproduces_what_was_published(compared):
    """At a tenth of its volume every figure lies within 4 sampling errors beyond its rounding."""
    far = compared[compared["z"].abs() > 4]
    assert far.empty, far[["published", "value", "z"]]


@pytest.mark.parametrize(
    ("row", "column"), [("D3-13", "solved_first_contact"), ("D3-01", "instant"), ("D3-12", "bot_solved")]
)
def test_perturbed_data_move_the_table(published, evidence, compared, row, column):
    """Every second contact made a failure halves the figure, and its distance says so."""
    failed = np.arange(len(evidence.contacts)) % 2 == 0
    contacts = evidence.contacts.assign(**{column: evidence.contacts[column].mask(failed, False)})
    only = published[published["id"] == row]
    moved = compared_frame(only, dataclasses.replace(evidence, contacts=contacts)).iloc[0]
    assert moved["value"] == pytest.approx(compared.loc[row, "value"] / 2, rel=0.03)
    assert moved["z"] < -20


@pytest.mark.parametrize(
    ("row", "source", "column", "factor"),
    [
        ("D4-01", "maternal_survey", "csi", 0.5),
        ("D4-24", "maternal_survey", "waited_min", 0.5),
        ("D4-105", "capability", "users_per_agent", 0.5),
        ("D3-25", "monitoring", "professional", 0.0),
    ],
)
def test_perturbed_sources_move_the_table(published, evidence, compared, row, source, column, factor):
    """Half the value is half the figure: the table reads the source and nothing else."""
    frame = evidence.sources[source]
    changed = frame.assign(**{column: frame[column].astype(float) * factor})
    only = published[published["id"] == row]
    sources = {**evidence.sources, source: changed}
    moved = compared_frame(only, dataclasses.replace(evidence, sources=sources)).iloc[0]
    assert moved["value"] == pytest.approx(compared.loc[row, "value"] * factor)


def test_accounts_are_read_item_by_item(published, evidence, compared):
    """Twice the staff costs are twice their amount in the cost of revenue and in the structure."""
    frame = evidence.sources["accounts"]
    doubled = frame.assign(amount=frame["amount"].where(frame["item"] != "staff", 2 * frame["amount"]))
    changed = dataclasses.replace(evidence, sources={**evidence.sources, "accounts": doubled})
    moved = compared_frame(published[published["id"].isin(["D4-57", "D4-58"])], changed).set_index("id")["value"]
    share = compared.loc["D4-58", "value"] / 100
    assert moved["D4-57"] == pytest.approx(compared.loc["D4-57", "value"] * (1 + share))
    assert moved["D4-58"] == pytest.approx(100 * 2 * share / (1 + share))


def test_shares_that_cannot_occur_are_named(compared):
    """Of fifteen none is 15 percent, of eleven none 12; where the share can occur nothing is said."""
    assert compared.loc["D0-17", "nearest"] == pytest.approx(100 * 2 / 15)
    assert compared.loc["D4-81", "nearest"] == pytest.approx(100 / 11)
    assert np.isnan(compared.loc["D3-39", "nearest"])
    assert np.isnan(nearest_possible(33.3, "=", 1, 3))
    assert np.isnan(nearest_possible(40, "<", 0, 3))


def test_contradictions_show_what_was_measured(compared):
    """Each row stands beside its measured value, and rows that are not measured are left out."""
    found = contradictions_frame(compared.reset_index())
    third = found[found["contradiction"] == 5].set_index("id")
    assert list(third.index) == ["D4-17", "D4-18", "D4-23"]
    assert third.loc["D4-23", "value"] == compared.loc["D4-23", "value"]
    fewer = contradictions_frame(compared.drop(index="D4-18").reset_index())
    assert "D4-18" not in set(fewer["id"])


def test_alpha_is_that_of_a_worked_example():
    """Three persons, two items: variances 1 and 4, of the sum 9, so 2 × (1 - 5/9)."""
    assert cronbach(np.array([[1.0, 1], [2, 3], [3, 5]])) == pytest.approx(2 * (1 - 5 / 9))


def test_perturbed_scores_move_the_table(published, evidence, compared):
    """Three points more for everybody are three points more in the mean."""
    ranking = evidence.ranking.assign(low=evidence.ranking["low"] + 3)
    moved = compared_frame(published, dataclasses.replace(evidence, ranking=ranking)).set_index("id")
    assert moved.loc["D0-01", "difference"] - compared.loc["D0-01", "difference"] == pytest.approx(3)
    assert moved.loc["D0-02", "value"] == compared.loc["D0-02", "value"]


@pytest.mark.slow
def test_a_second_seed_reproduces_the_figures_too(published, second):
    """Nothing was fitted to one seed: under another nearly all figures lie within 3 sampling errors, none beyond 5."""
    edition, cleaned, _ = second
    z = compared_frame(published, evidence_of(edition, cleaned, scored(edition, cleaned))).set_index("id")["z"].dropna()
    assert (z.abs() < 3).mean() >= 0.95, z[z.abs() >= 3]
    assert z.abs().max() < 5, z[z.abs() >= 5]


def test_rounding_is_no_difference():
    """72.46 against a published 72.5 is none, 72.4 is 0.05 beyond; sides left open count for nothing."""
    assert beyond_published(-0.04, "=", 1) == 0
    assert beyond_published(-0.1, "=", 1) == pytest.approx(-0.05)
    assert beyond_published(-20, "<", 0) == 0
    assert beyond_published(2, "<", 0) == 2
    assert beyond_published(-2, ">", 0) == -2


def test_steps_say_where_in_the_rounding_a_figure_lies(compared):
    """A step is half a unit of the last printed digit: 65.1 for a published 65 is 0.2; bounds have no steps."""
    steps, row = steps_frame(compared.reset_index()).set_index("id"), compared.loc["D0-11"]
    assert steps.loc["D0-11", "steps"] == pytest.approx((row["value"] - 65) / 0.5)
    assert steps.loc["D3-22", "error"] == pytest.approx(compared.loc["D3-22", "error"] / 0.05)
    assert not {"D0-16", "D0-17"} & set(steps.index)


def test_digits_are_those_published():
    """Also where the file drops the last 0."""
    assert [digits_of(72.5, "points of 100"), digits_of(4.0, "points of 5"), digits_of(85.0, "percent")] == [1, 1, 0]


def test_days_count_once_however_busy():
    """One day of 4 contacts at 1 and one of a single contact at 0 have a mean of a half."""
    values, entity = pd.Series([1.0, 1, 1, 1, 0]), pd.Series(["A"] * 5)
    day = pd.Series(pd.to_datetime(["2025-01-01"] * 4 + ["2025-01-02"]))
    assert over_days(values, entity, day).loc["A", "value"] == 0.5
    assert by_entity(values, entity).loc["A", "value"] == 0.8


def test_numbers_count_the_rows(published, evidence, compared):
    """Close, beyond and exact add up to all that is compared."""
    found = {
        key: number.value
        for key, number in reference_numbers(compared.reset_index(), open_frame(published, evidence)).items()
    }
    parts = found["reference.close"] + found["reference.beyond"] + found["reference.exact"]
    assert parts == found["reference.compared"] == len(compared)
