"""What quarters published against the year: scores by the same framework, revisions of what was counted."""

import copy

import numpy as np
import pandas as pd
import pytest

from evalcore.chapters.quarters import largest_frame, quarters_numbers, quarters_of
from evalcore.compare import collect
from evalcore.compare.results import as_json
from evalcore.edition import Edition
from evalcore.errors import EvalcoreError

MICRO = 1_000_000
NAMES = ("year-q1", "year-q2")


@pytest.fixture
def year(tiny: dict) -> Edition:
    """Two shops; the share solved weighs 60, the second dimension counts the same column; two quarters."""
    content = copy.deepcopy(tiny)
    first, second = content["framework"]["dimensions"]
    second["indicators"] = [{**first["indicators"][0], "id": "E1"}]
    return Edition.model_validate({**content, "name": "year", "quarters": NAMES, "model": {"draws": 400}})


def quarter(year: Edition, period: str) -> Edition:
    """One quarter that measures the first dimension alone."""
    content = year.model_dump(mode="json", by_alias=True, exclude_none=True)
    content["framework"]["dimensions"] = [{**content["framework"]["dimensions"][0], "weight": 100}]
    content["periods"] = [p for p in content["periods"] if p["id"] == period]
    return Edition.model_validate({**content, "name": f"year-{period.lower()}", "quarters": []})


def cells_of(edition: Edition, hits: dict[str, tuple[int, int]]) -> pd.DataFrame:
    """Counts of 100 rows a shop and period; `hits` of shop A and B, per period."""
    rows = [
        {"indicator": i, "part": 0, "entity": e, "category": "fresh", "period": p, "numerator": h * MICRO}
        for i in edition.indicators
        for p, both in hits.items()
        for e, h in zip("AB", both, strict=True)
    ]
    same = {"denominator": 100 * MICRO, "square": 0, "weight_square": 100 * MICRO, "n": 100}
    return pd.DataFrame(rows).assign(**same)


def found(year: Edition, now: dict, published: dict):
    """The chapter's frames; `published` gives period -> hits."""
    stored = dict.fromkeys(NAMES)
    for period, hits in published.items():
        own = quarter(year, period)
        stored[own.name] = as_json(collect(cells_of(own, {period: hits}), None, None, {}, own))
    cells = cells_of(year, now)
    return quarters_of(stored, as_json(collect(cells, None, None, {}, year)), cells, year)


def points(share: float) -> float:
    """Score by the goalposts 20, 90, 100 below the baseline, by hand."""
    return 90 * (share - 20) / 70


def test_scores_are_those_published_and_those_of_the_year(year: Edition):
    """A solved 60 and 70 of 100 as published; all of its 200 together 65 percent."""
    scores = found(year, {"Q1": (60, 50), "Q2": (70, 50)}, {"Q1": (60, 50), "Q2": (70, 50)}).scores.set_index("entity")
    assert scores.loc["A", ["Q1", "Q2"]].tolist() == pytest.approx([points(60), points(70)])
    assert scores.loc["A", "monitored"] == pytest.approx(points(65))
    assert list(scores.index) == ["A", "B"]


def test_year_by_the_quarters_framework_leaves_out_what_quarters_do_not_measure(year: Edition):
    """In the year the second dimension counts too: with another share there, both columns differ."""
    cells = cells_of(year, {"Q1": (60, 50)})
    cells.loc[cells["indicator"] == "E1", "numerator"] = 80 * MICRO
    own = quarter(year, "Q1")
    stored = {NAMES[0]: as_json(collect(cells[cells["indicator"] == "R1"], None, None, {}, own)), NAMES[1]: None}
    scores = quarters_of(stored, as_json(collect(cells, None, None, {}, year)), cells, year).scores.set_index("entity")
    assert scores.loc["A", "monitored"] == pytest.approx(points(60))
    assert scores.loc["A", "year"] == pytest.approx(0.6 * points(60) + 0.4 * points(80))


def test_revision_is_told_with_both_counts(year: Edition):
    """A's first quarter was published with 60 of 100 and has 62 today; nothing else changed."""
    whole = found(year, {"Q1": (62, 50), "Q2": (70, 50)}, {"Q1": (60, 50), "Q2": (70, 50)})
    revised = whole.revisions[whole.revisions["revised"]]
    assert revised[["quarter", "indicator", "entity", "then", "now"]].to_numpy().tolist() == [["Q1", "R1", "A", 60, 62]]
    assert len(largest_frame(whole, year)) == 1
    numbers = quarters_numbers(whole, year)
    assert (numbers["quarters.compared"].value, numbers["quarters.revised"].value) == (4, 1)


def test_quarter_that_was_not_published_stays_empty(year: Edition):
    """Nothing is made up of it; the first sentence counts those there are."""
    whole = found(year, {"Q1": (60, 50), "Q2": (70, 50)}, {"Q1": (60, 50)})
    assert whole.scores["Q2"].isna().all()
    assert "1 of 2 quarters" in quarters_numbers(whole, year)["quarters.headline"].value.en


def test_without_any_quarter_the_chapter_says_so(year: Edition):
    """The frames are empty and the headline is the reason."""
    whole = found(year, {"Q1": (60, 50), "Q2": (70, 50)}, {})
    assert whole.revisions.empty
    headline = quarters_numbers(whole, year)["quarters.headline"].value.en
    assert headline == "No quarter's results are available: nothing is compared."
    assert np.isnan(whole.scores["monitored"]).all()


def test_two_quarters_of_one_period_are_refused(year: Edition):
    """Which of them was published last, nobody can tell."""
    own = quarter(year, "Q1")
    stored = as_json(collect(cells_of(own, {"Q1": (60, 50)}), None, None, {}, own))
    cells = cells_of(year, {"Q1": (60, 50)})
    now = as_json(collect(cells, None, None, {}, year))
    with pytest.raises(EvalcoreError, match="quarters: year-q2 is of Q1, as another is"):
        quarters_of({NAMES[0]: stored, NAMES[1]: stored}, now, cells, year)
