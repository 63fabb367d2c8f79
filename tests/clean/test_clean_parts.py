"""A source that is cleaned part by part is the source cleaned at once."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from evalcore.clean import added, clean, clean_parts, waterfall
from evalcore.errors import EvalcoreError

ROWS = 400


@pytest.fixture
def edition(tiny, edition_of):
    """The tiny edition with a rule on repeated answers between two others."""
    too_fast, *_ = tiny["sources"]["survey"]["rules"]
    same = {"kind": "duplicate", "columns": ["age", "paid"], "reason": {"en": "again", "zh": "重复"}, "id": "again"}
    tiny["sources"]["survey"]["rules"] = [too_fast, same, *tiny["sources"]["survey"]["rules"][1:]]
    return edition_of(tiny)


@pytest.fixture
def answers():
    """Answers with many repeated keys, missing ones among them, and many that are too fast."""
    rng = np.random.default_rng(3)
    frame = pd.DataFrame(
        {
            "respondent": [f"r{k}" for k in range(ROWS)],
            "shop": rng.choice(["A", "B"], ROWS),
            "goods": "fresh",
            "submitted_at": pd.Timestamp("2025-01-01") + pd.to_timedelta(rng.integers(0, 180, ROWS), "D"),
            "age": rng.choice(["young", "old", None], ROWS),
            "satisfaction": rng.integers(1, 6, ROWS),
            "solved": True,
            "seconds": rng.integers(40, 200, ROWS),
            "paid": rng.integers(0, 150, ROWS).astype(float),
            "comment": None,
        }
    )
    types = {"satisfaction": "Int64", "seconds": "Int64", "solved": "boolean", "paid": "Float64"}
    texts = dict.fromkeys(["respondent", "shop", "goods", "age", "comment"], "string")
    frame["submitted_at"] = frame["submitted_at"].astype("datetime64[us]")
    return frame.astype(types | texts).assign(row=range(2, ROWS + 2))


@pytest.mark.parametrize("places", [(1,), (200,), (50, 51, 300)])
def test_parts_together_are_the_whole(answers, edition, places):
    """Valid rows, rows set aside with the first rule that caught them, and the waterfall."""
    bounds = [0, *places, ROWS]
    pieces = [answers.iloc[a:b].reset_index(drop=True) for a, b in pairwise(bounds)]
    found, whole = list(clean_parts(pieces, "survey", edition)), clean(answers, "survey", edition)
    assert whole.quarantine["rule"].value_counts().loc["again"] > 50
    assert whole.quarantine["rule"].nunique() > 1
    for side in ("valid", "quarantine"):
        together = pd.concat([getattr(piece, side) for piece in found], ignore_index=True)
        pd.testing.assert_frame_equal(together, getattr(whole, side))
    steps = [waterfall(piece, "survey", edition) for piece in found]
    pd.testing.assert_frame_equal(added(steps), waterfall(whole, "survey", edition))


def test_period_may_lie_in_any_part_but_not_in_none(answers, edition):
    """The whole is judged after the last part."""
    first = answers[answers["submitted_at"] < "2025-04-01"].reset_index(drop=True)
    with pytest.raises(EvalcoreError, match=r"no valid row in Q2"):
        list(clean_parts([first.iloc[:50], first.iloc[50:].reset_index(drop=True)], "survey", edition))
