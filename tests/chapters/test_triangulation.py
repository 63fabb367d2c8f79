"""Triangulation: contrasts by hand, the declared rule, and what is silent."""

import numpy as np
import pandas as pd
import pytest

from evalcore.chapters.contrasts import Contrast, between, mentions, paired
from evalcore.chapters.triangulation import VOICES, triangulation_frame, triangulation_numbers, verdict
from evalcore.chapters.voices import FINDINGS, Material


def test_a_difference_of_shares_by_hand():
    """Three of four against one of four: half, with the errors of both added in squares."""
    values = pd.Series([True, True, True, False, False, False, False, True], dtype="boolean")
    first = pd.Series([True] * 4 + [False] * 4)
    found = between(values, first, ~first, 2)
    assert found == (pytest.approx(0.5), pytest.approx(np.sqrt(2 * 0.75 * 0.25 / 4)), "share")


def test_weights_count_in_means():
    """Ratings 5 (three times as heavy) and 1 have mean 4, against 2."""
    first = pd.Series([True, True, False, False])
    found = between(pd.Series([5, 1, 2, 2]), first, ~first, 2, pd.Series([3.0, 1, 1, 1]))
    assert found.value == pytest.approx(2)
    assert found.unit == "mean"


def test_pairs_are_of_one_row():
    """Differences 1 and 3: mean 2, error that of two values; a row that tells one of both is left out."""
    found = paired(pd.Series([4, 5, 1]), pd.Series([3, 2, None]), 2)
    assert found[:2] == (pytest.approx(2), pytest.approx(1 / np.sqrt(2)))


def test_a_code_speaks_when_it_is_heard_more_than_codes_are():
    """Six of eight passages, two codes: a quarter above the average of a half."""
    found = mentions(pd.Series(["a"] * 6 + ["b"] * 2), "a", 2)
    assert found[:2] == (pytest.approx(0.25), pytest.approx(np.sqrt(0.25 / 8)))


def test_too_few_say_nothing():
    """One person on a side is no contrast, and neither is a group under the smallest cell."""
    values, first = pd.Series([5, 1, 2]), pd.Series([True, False, False])
    assert between(values, first, ~first, 1) is None
    assert paired(values, values, 4) is None


@pytest.mark.parametrize(
    ("value", "said"), [(2.1, "agrees"), (-2.1, "contradicts"), (1.9, "silent"), (-1.9, "silent"), (0, "silent")]
)
def test_the_rule_is_two_standard_errors(value, said):
    """On both sides."""
    assert verdict(Contrast(value, 1.0, "mean")) == said
    assert verdict(None) == "silent"


def test_numbers_by_hand():
    """One finding told by two, one by one, one by none and one contested."""
    voices = {"a": ["agrees", "agrees"], "b": ["agrees", "silent"], "c": ["silent"] * 2, "d": ["agrees", "contradicts"]}
    rows = [(finding, said) for finding, own in voices.items() for said in own]
    found = triangulation_numbers(pd.DataFrame(rows, columns=["finding", "verdict"]))
    assert [found[f"triangulation.{key}"].value for key in ("findings", "several", "single", "none", "contested")] == [
        4, 1, 1, 1, 1,
    ]  # fmt: skip


def test_every_finding_is_judged_by_every_source_of_a_world(drawn):
    """No cell is missing; what no measure asks is silent without a value; a source that is absent falls silent."""
    edition, cleaned, _ = drawn
    own = cleaned | {"survey": cleaned["survey"].assign(weight=1.0)}
    table = triangulation_frame(Material(own, edition))
    assert len(table) == len(FINDINGS) * len(VOICES)
    unasked = [r.source not in FINDINGS[r.finding] for r in table.itertuples()]
    assert table.loc[unasked, "value"].isna().all()
    assert (table.loc[unasked, "verdict"] == "silent").all()
    without = {name: frame for name, frame in own.items() if name != "mystery"}
    lone = triangulation_frame(Material(without, edition))
    assert (lone.loc[lone["source"] == "mystery", "verdict"] == "silent").all()


@pytest.mark.parametrize("world", ["drawn", "second"])
def test_what_the_world_was_made_of_is_agreed_on(request, world):
    """Complaints, being passed around and empty nights are in every world; under two seeds the sources say so."""
    edition, cleaned, _ = request.getfixturevalue(world)
    own = cleaned | {"survey": cleaned["survey"].assign(weight=1.0)}
    table = triangulation_frame(Material(own, edition)).set_index(["finding", "source"])["verdict"]
    for finding, source in [
        ("complaints", "survey"), ("complaints", "tickets"), ("passed_around", "survey"), ("empty_nights", "tickets"),
        ("empty_nights", "mystery"), ("head_faster", "tickets"), ("promises", "tickets"),
    ]:  # fmt: skip
        assert table[finding, source] == "agrees", (finding, source)
