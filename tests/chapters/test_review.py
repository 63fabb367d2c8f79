"""The audit: levels by hand, unusual patterns, and a call-back sample that is the same each time."""

import numpy as np
import pandas as pd
import pytest

from evalcore.chapters.review import callback_frame, levels_frame, review_frame, strata_frame

ITEMS = ["a", "b", "c"]


@pytest.fixture
def audited(tiny, edition_of):
    """The tiny edition with three more ratings, which make a scale."""
    columns = {name: {"type": "rating", "levels": 5} for name in ITEMS}
    tiny["sources"]["survey"]["columns"] |= columns
    scale = {"id": "s", "name": {"en": "scale", "zh": "量表"}, "source": "survey", "items": ITEMS}
    return edition_of(tiny | {"quality": {"callback": 10, "scales": [scale]}})


@pytest.fixture
def answers():
    """200 answers whose three ratings follow one another, and one that turns the third around."""
    base = np.tile([1, 2, 3, 4, 5], 40)
    jitter = np.random.default_rng(2).integers(0, 2, (3, 200)) * (base < 5)
    frame = pd.DataFrame({name: base + jitter[k] for k, name in enumerate(ITEMS)})
    frame.loc[0, ITEMS] = [5, 5, 1]
    places = {"entity": np.repeat(["A", "B"], 100), "period": np.tile(["Q1", "Q2"], 100)}
    return frame.assign(row=range(1000, 1200), **places)


def test_only_the_odd_pattern_is_listed(audited, answers):
    """5, 5, 1 where everybody else's three ratings agree; the list names the row of the raw file."""
    found = review_frame({"survey": answers}, audited)
    assert found.to_dict("list") == {"source": ["survey"], "row": [1000], "reason": ["unusual"]}


def test_items_that_depend_on_each_other_list_nobody(audited, answers):
    """Twice the same item has no inverse: nothing can be said, and nothing fails."""
    assert review_frame({"survey": answers.assign(b=answers["a"])}, audited).empty


def test_call_backs_are_a_tenth_of_each_stratum_and_always_the_same(audited, answers):
    """Five of the fifty answers of each shop and quarter; another order of rows or run draws the same people."""
    drawn = callback_frame(answers, audited)
    assert drawn.groupby(["entity", "period"]).size().to_list() == [5, 5, 5, 5]
    shuffled = answers.sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(callback_frame(shuffled, audited), drawn)
    other = callback_frame(answers, audited.model_copy(update={"seed": 2}))
    assert set(other["row"]) != set(drawn["row"])
    assert strata_frame(answers, drawn, audited).to_dict("list") == {
        "entity": ["A", "B"], "valid": [100, 100], "strata": [2, 2], "drawn": [10, 10],
    }  # fmt: skip


def test_levels_count_what_each_looked_at(audited, answers):
    """210 raw rows, ten dropped by rules (printed anyhow), and one listed: too few to print where twenty are needed."""
    waterfall = pd.DataFrame({"source": "survey", "step": ["raw", "valid"], "removed": [0, 0], "left": [210, 200]})
    listed = review_frame({"survey": answers}, audited)
    found = levels_frame(waterfall, {"survey": answers}, None, listed, 1)
    assert found.to_numpy().tolist() == [[1, "rules:survey", 210, 10], [3, "unusual:survey", 200, 1]]
    hidden = levels_frame(waterfall, {"survey": answers}, None, listed, 20)
    assert hidden["found"].isna().to_list() == [False, True]
