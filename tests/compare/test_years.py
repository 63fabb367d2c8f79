"""A change is split so that its parts add up, and only what is real is called so."""

import json

import numpy as np
import pandas as pd
import pytest
from pairs import CATEGORIES, INDICATORS, SHOPS, counted, edition_of

from evalcore.chapters.years import years_numbers, years_of
from evalcore.compare import Results, Years, compare_years, read_results
from evalcore.compare.results import as_json
from evalcore.edition import Edition
from evalcore.errors import EvalcoreError
from evalcore.score.normalise import baseline_bonus

ROWS = np.full((len(SHOPS), len(INDICATORS), len(CATEGORIES)), 10_000)
RATES = np.full(ROWS.shape, 0.6)


def compared(
    tiny: dict, before: np.ndarray, now: np.ndarray, rows=(ROWS, ROWS), weights=(None, None), **changes
) -> Years:
    """Two years of expected counts."""
    old = edition_of(tiny, 2024, weights[0])
    new = edition_of(tiny, 2025, weights[1], previous={"edition": "shops-2024", **changes})
    return compare_years(counted(old, before, rows[0], None), counted(new, now, rows[1], None), new)


def points(edition: Edition, share: float) -> float:
    """Score of a share by the goalposts 20, 90, 100 of the shops."""
    base, bonus = baseline_bonus(np.array([100 * share]), edition.indicators["R1"].goalposts)
    return float((base + bonus)[0])


def test_parts_add_up_to_the_change(tiny: dict):
    """Whatever happened: framework, mix, real and chance are the whole change."""
    rng = np.random.default_rng(1)
    before, now = (rng.uniform(0.3, 0.9, ROWS.shape) for _ in range(2))
    rows = tuple(rng.integers(500, 9000, ROWS.shape) for _ in range(2))
    split = compared(tiny, before, now, rows, (None, {"R1": 30, "R2": 70, "S1": 50, "S2": 50})).split
    parts = split[["method", "mix", "noise", "real"]].sum(axis=1)
    assert np.allclose(parts, split["change"], atol=1e-9)
    assert (split["method"].abs() > 0.1).any()
    assert (split["mix"].abs() > 0.1).any()


def test_a_change_of_weights_alone_is_the_frameworks(tiny: dict):
    """The same data under other weights: all of the change is method, none is real."""
    rates = RATES.copy()
    rates[:, 0] = 0.8
    split = compared(tiny, rates, rates, weights=(None, {"R1": 90, "R2": 10, "S1": 50, "S2": 50})).split
    edition = edition_of(tiny)
    wanted = 0.5 * 0.3 * (points(edition, 0.8) - points(edition, 0.6))
    assert np.allclose(split["method"], wanted, atol=1e-6)
    assert np.allclose(split[["mix", "real", "noise"]], 0, atol=1e-6)
    assert (split[["up", "down"]] < 0.01).all(axis=None)


def test_other_shares_of_categories_alone_are_the_mix(tiny: dict):
    """Fresh food is solved worse and grows: the score falls, and nothing real is found."""
    rates = np.stack([np.full((12, 4), 0.4), np.full((12, 4), 0.8)], axis=-1)
    rows = ROWS.copy()
    rows[:, :, 0] = 30_000
    split = compared(tiny, rates, rates, (ROWS, rows)).split
    edition = edition_of(tiny)
    assert np.allclose(split["mix"], points(edition, 0.5) - points(edition, 0.6), atol=1e-6)
    assert np.allclose(split[["method", "real"]], 0, atol=1e-6)


def test_one_real_drop_is_found_and_nobody_elses(tiny: dict):
    """One shop loses ten percentage points in everything."""
    now = RATES.copy()
    now[3] -= 0.1
    split = compared(tiny, RATES, now).split.set_index("entity")
    edition = edition_of(tiny)
    assert split.loc["S03", "real"] == pytest.approx(points(edition, 0.5) - points(edition, 0.6), abs=0.1)
    assert split.loc["S03", "down"] > 0.99
    assert (split.drop("S03")[["up", "down"]] < 0.05).all(axis=None)


def test_an_indicator_that_came_in_is_a_break_and_moves_the_framework_part(tiny: dict):
    """The worked change: phone answer rate (here R2) out, bot resolution (here S2) in; neither has a change."""
    old, new = {"R1": 60, "R2": 40, "S1": 100}, {"R1": 100, "S1": 50, "S2": 50}
    now = RATES.copy()
    now[:, 3] = 0.9
    found = compared(tiny, RATES, now, weights=(old, new))
    assert dict(zip(found.framework["indicator"], found.framework["kind"], strict=True)) == {
        "R1": "weight",
        "S1": "weight",
        "S2": "added",
        "R2": "dropped",
    }
    edition = edition_of(tiny)
    assert np.allclose(found.split["method"], 0.25 * (points(edition, 0.9) - points(edition, 0.6)), atol=1e-6)
    assert np.allclose(found.split["real"], 0, atol=1e-6)
    assert set(found.indicators["indicator"]) == {"R1", "S1"}


def test_a_redefined_indicator_is_a_break_though_its_code_stayed(tiny: dict):
    """By the edition's word, or because it counts something else."""
    found = compared(tiny, RATES, RATES, redefined=["R2"])
    assert list(found.framework["kind"]) == ["redefined"]
    assert "R2" not in set(found.indicators["indicator"])


def test_who_is_new_gone_renamed_or_merged_is_named(tiny: dict):
    """A shop under a new name is compared with itself; two that merged with both together."""
    old = edition_of(tiny, 2024)
    content = edition_of(tiny, 2025).model_dump(mode="json", by_alias=True)
    shops = [
        {**s, "id": {"S00": "T00"}.get(s["id"], s["id"])} for s in content["entities"] if s["id"] not in ("S02", "S11")
    ]
    shops.append({**shops[0], "id": "N01"})
    said = {"edition": "shops-2024", "entities": {"T00": ["S00"], "S01": ["S01", "S02"]}}
    new = Edition.model_validate({**content, "entities": shops, "previous": said})
    rates = RATES.copy()
    rates[1], rates[2] = 0.5, 0.7
    before = counted(old, rates, ROWS, None)
    now = counted(old, RATES, ROWS, None)
    renamed = now.cells[~now.cells["entity"].isin(["S02", "S11"])]
    renamed = renamed.assign(entity=renamed["entity"].replace({"S00": "T00"}))
    more = renamed[renamed["entity"] == "T00"].assign(entity="N01")
    found = compare_years(before, Results(new, pd.concat([renamed, more]), now.experts, now.segments), new)
    kinds = found.entities.set_index("entity")["kind"].to_dict()
    assert {k: v for k, v in kinds.items() if v != "both"} == {
        "T00": "renamed",
        "S01": "merged",
        "N01": "new",
        "S11": "departed",
    }
    merged = found.entities.set_index("entity").loc["S01"]
    assert (merged["before_en"], merged["before_zh"]) == ("Shop S01, Shop S02", "S01、S02")
    split = found.split.set_index("entity")
    assert "N01" not in split.index
    assert np.allclose(split.loc[["T00", "S01"], "change"], 0, atol=1e-6)


def test_without_last_years_results_the_chapter_says_so(tiny: dict):
    """All frames are empty, and the headline is the reason."""
    edition = edition_of(tiny, 2025, previous={"edition": "shops-2024"})
    found = years_of(None, {}, edition)
    assert found.split.empty
    numbers = years_numbers(found, edition)
    assert "not available" in numbers["years.headline"].value.en
    assert numbers["years.method"].value is None


def test_stored_results_are_those_that_were_stored(tiny: dict):
    """Through JSON and back: the same edition for scoring, the same rows to ten digits."""
    made = counted(edition_of(tiny), RATES, ROWS, np.random.default_rng(2))
    again = read_results(json.loads(json.dumps(as_json(made))))
    assert again.edition.framework == made.edition.framework
    pd.testing.assert_frame_equal(again.cells, made.cells, check_dtype=False, rtol=1e-9)


def test_results_hide_small_cells(tiny: dict):
    """Of a personal source no category with fewer rows than `minimum_cell` is told, nor one that gives it away."""
    rows = ROWS.copy()
    rows[0, 0] = (5, 4000)
    edition = edition_of(tiny, minimum_cell=30)
    cells = counted(edition, RATES, rows, None).cells
    own = cells[(cells["entity"] == "S00") & (cells["indicator"] == "R1")]
    assert list(own["category"]) == ["all"]
    assert list(own["n"]) == [4005]


def test_last_years_results_that_cannot_be_read_are_named(tiny: dict):
    """An edition from before a key was renamed is refused with the key."""
    stored = as_json(counted(edition_of(tiny), RATES, ROWS, None))
    stored["edition"]["framwork"] = stored["edition"].pop("framework")
    with pytest.raises(EvalcoreError, match=r"results of shops-2025: framwork: unknown key"):
        read_results(stored)
