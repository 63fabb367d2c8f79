"""The robustness chapter on two or three shops with one survey."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from evalcore.chapters import flips, robustness
from evalcore.edition import Edition
from evalcore.figures import robustness as figures
from evalcore.figures.style import house_style
from evalcore.score.stage import score_edition
from evalcore.tables import robustness as tables
from evalcore.words import LANGUAGES, Words

MICRO = 1_000_000
ROWS = 100
"""Answers behind each cell."""


def _cells(solved: dict[tuple[str, str], int], satisfied: dict[tuple[str, str], int]) -> pd.DataFrame:
    """Cells of R1 (solved of 100) and E1 (hundredths of the mean rating), keyed by shop and quarter."""
    rows = [("R1", *key, hits, 0) for key, hits in solved.items()]
    rows += [("E1", *key, total, total**2 / ROWS + 50) for key, total in satisfied.items()]
    frame = pd.DataFrame(rows, columns=["indicator", "entity", "period", "numerator", "square"])
    scaled = frame.assign(
        numerator=frame["numerator"] * MICRO, square=frame["square"] * MICRO, denominator=ROWS * MICRO
    )
    return scaled.assign(part=0, category="fresh", weight_square=ROWS * MICRO, n=ROWS)


SOLVED = {("A", "Q1"): 80, ("A", "Q2"): 40, ("B", "Q1"): 55, ("B", "Q2"): 55}
SATISFIED = {("A", "Q1"): 380, ("A", "Q2"): 390, ("B", "Q1"): 400, ("B", "Q2"): 395}


@pytest.fixture
def small(tiny: dict, edition_of: Callable[[dict], Edition]) -> Edition:
    """The tiny edition with few replicates."""
    return edition_of({**tiny, "robustness": {"replicates": 200}, "model": {"draws": 300}})


@pytest.fixture
def cells() -> pd.DataFrame:
    """Shop A had a bad second quarter in R1."""
    return _cells(SOLVED, SATISFIED)


@pytest.fixture
def year(cells: pd.DataFrame, small: Edition) -> robustness.Year:
    """The year of both shops."""
    return robustness.year_of(cells, None, score_edition(cells, None, small)["ranking"], small)


def test_the_year_has_the_published_composites(cells, small, year):
    """Point estimates are those of the ranking, in its order."""
    ranking = score_edition(cells, None, small)["ranking"]
    assert year.entities == list(ranking["entity"])
    assert year.draws[0] == pytest.approx(ranking["low"].to_numpy(), abs=1e-10)
    assert np.quantile(year.draws[1:], 0.5, axis=0) == pytest.approx(ranking[["lower", "upper"]].mean(axis=1), abs=1.5)


def test_ranges_contain_ranks_and_lie_inside_the_field(small, year):
    """Every range runs from 1 to the number of shops at most."""
    placed = robustness.ranks_frame(year, small)
    for name in ("data", "set", "weights", "all"):
        assert (placed[f"{name}_low"] <= placed[f"{name}_high"]).all()
        assert placed[f"{name}_low"].min() >= 1
        assert placed[f"{name}_high"].max() <= 2
    assert placed["first"].sum() >= 1


def test_shares_name_every_factor_that_can_move_something(small, year):
    """No panel, no outliers among two shops: four factors are left out or in as stated, and the rest."""
    shares = robustness.shares_frame(year, small)
    assert set(shares["factor"]) == {"data", "weights", "normalisation", "aggregation", "interaction"}
    known = shares.dropna(subset=["first"])
    assert known.groupby("entity")["first"].sum().to_numpy() == pytest.approx(1)


def test_the_worst_event_is_the_bad_quarter(cells, small, year):
    """Without the second quarter of R1 shop A has 80 % solved; the other keeps what it has."""
    found = flips.events_frame(year, cells, small).set_index("entity")
    assert found.loc["A", ["indicator", "period"]].tolist() == ["R1", "Q2"]
    gain = 0.6 * 90 * (80 - 60) / 70
    assert found.loc["A", "score_without"] - found.loc["A", "score"] == pytest.approx(gain)


def test_neighbours_are_level_after_the_changed_goalpost(cells, small, year):
    """The new goalpost put into the edition makes both scores equal."""
    row = flips.flips_frame(year, small).iloc[0]
    content = small.model_dump(mode="python", by_alias=True, exclude={"name"})
    for dimension in content["framework"]["dimensions"]:
        for indicator in dimension["indicators"]:
            if indicator["id"] == row["post_indicator"]:
                indicator["goalposts"][row["post"]] = row["post_new"]
    moved = Edition.model_validate({**content, "name": "tiny"})
    scores = score_edition(cells, None, moved)["ranking"]["low"]
    assert scores.iloc[0] == pytest.approx(scores.iloc[1], abs=1e-6)


def test_an_entity_that_is_not_rated_takes_no_part(tiny, edition_of):
    """Shop C reports one of two indicators only: outside every frame, and no NaN in the others."""
    extra = {"id": "C", "name": {"en": "Shop C", "zh": "丙"}, "categories": ["fresh"]}
    edition = edition_of(
        {**tiny, "entities": [*tiny["entities"], extra], "robustness": {"replicates": 200}, "model": {"draws": 300}}
    )
    cells = _cells({**SOLVED, ("C", "Q1"): 99}, SATISFIED)
    ranking = score_edition(cells, None, edition)["ranking"]
    year = robustness.year_of(cells, None, ranking, edition)
    assert sorted(year.entities) == ["A", "B"]
    assert not robustness.ranks_frame(year, edition).isna().any().any()


def test_one_entity_and_one_period_give_a_chapter_without_pairs(tiny, edition_of):
    """Tables with a dash, figures that draw, numbers that are missing but never NaN."""
    only = {**tiny, "entities": tiny["entities"][:1], "periods": tiny["periods"][:1], "robustness": {"replicates": 100}}
    edition = edition_of({**only, "model": {"draws": 100}})
    cells = _cells({("A", "Q1"): 70}, {("A", "Q1"): 400})
    year = robustness.year_of(cells, None, score_edition(cells, None, edition)["ranking"], edition)
    placed, shares = robustness.ranks_frame(year, edition), robustness.shares_frame(year, edition)
    weighed, swaps = robustness.indicators_frame(year, edition), flips.flips_frame(year, edition)
    numbers = robustness.robustness_numbers(placed, shares, swaps, year, edition)
    assert [k for k, n in numbers.items() if isinstance(n.value, float) and np.isnan(n.value)] == []
    assert weighed["effective"].isna().all()
    assert flips.events_frame(year, cells, edition)["indicator"].isna().all()
    for lang in LANGUAGES:
        assert len(tables.make_flips(swaps, Words(lang, "robustness-flips", edition)).rows) == 1
        with house_style():
            figures.draw_ranges(placed, Words(lang, "robustness-ranges", edition)).clear()
            figures.draw_shares(shares, Words(lang, "robustness-sobol", edition)).clear()
            figures.draw_indicators(weighed, Words(lang, "robustness-indicators", edition)).clear()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_tables_have_words_in_both_languages(cells, small, year, lang):
    """Every cell is filled."""
    made = [
        tables.make_places(robustness.ranks_frame(year, small), Words(lang, "robustness-places", small)),
        tables.make_flips(flips.flips_frame(year, small), Words(lang, "robustness-flips", small)),
        tables.make_events(flips.events_frame(year, cells, small), Words(lang, "robustness-events", small)),
    ]
    assert all(cell for table in made for row in table.rows for cell in row)
