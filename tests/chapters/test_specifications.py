"""Cleaning rules off and on: the sets, the headline in plain pandas, pairs that turn."""

import numpy as np
import pandas as pd
import pytest

from evalcore.chapters.specifications import curve_frame, specification_numbers, specifications, turned

COUNT = 240


@pytest.fixture
def rated(tiny, edition_of):
    """The tiny edition with satisfaction as its modelled rating, and weights that are not trimmed."""
    tiny["model"] = {"source": "survey", "items": ["satisfaction"]}
    tiny["weighting"] |= {"trim": [0.0, 1000.0]}
    return edition_of(tiny)


@pytest.fixture
def typed():
    """240 answers of two shops, of which a part is too fast or too early; the fast ones rate higher."""
    rng = np.random.default_rng(3)
    seconds = rng.integers(20, 200, COUNT)
    early = rng.random(COUNT) < 0.1
    return pd.DataFrame(
        {
            "shop": rng.choice(["A", "B"], COUNT),
            "age": rng.choice(["young", "old"], COUNT, p=[0.7, 0.3]),
            "submitted_at": pd.to_datetime(np.where(early, "2024-12-30", "2025-02-03")),
            "satisfaction": pd.array(np.where(seconds < 60, 5, rng.integers(1, 6, COUNT)), dtype="Int64"),
            "seconds": pd.array(seconds, dtype="Int64"),
        }
    )


def by_hand(frame):
    """The weighted mean of satisfaction: young 55 and old 45 of 100."""
    means = frame.groupby("age")["satisfaction"].mean().astype(float)
    return 0.55 * means["young"] + 0.45 * means["old"]


def test_rules_are_off_alone_and_in_pairs(rated):
    """None, each of two, both: four sets."""
    assert specifications(rated.sources["survey"]) == [(), ("s-period",), ("s-fast",), ("s-period", "s-fast")]


def test_the_headline_is_the_weighted_mean_of_what_is_left(rated, typed):
    """With one margin the raked mean is that of the groups' means, whichever rules are off."""
    curve = curve_frame(typed, rated).set_index("off")
    timely, slow = typed["submitted_at"] >= "2025-01-01", typed["seconds"] >= 60
    kept = {"": timely & slow, "s-period": slow, "s-fast": timely, "s-period+s-fast": timely | True}
    assert curve["n"].to_dict() == {off: int(rows.sum()) for off, rows in kept.items()}
    expected = {off: by_hand(typed[rows]) for off, rows in kept.items()}
    assert curve["value"].to_dict() == pytest.approx(expected)
    assert curve["change"].to_dict() == pytest.approx({off: value - expected[""] for off, value in expected.items()})
    assert (curve["lower"] < curve["value"]).all()
    assert (curve["value"] < curve["upper"]).all()


def test_numbers_name_the_range(rated, typed):
    """Lowest, highest and largest change are those of the curve; the edition's own choice changes nothing."""
    curve = curve_frame(typed, rated)
    found = {key: number.value for key, number in specification_numbers(curve).items()}
    assert found["specification.count"] == 4
    assert found["specification.lowest"] <= found["specification.usual"] <= found["specification.highest"]
    assert found["specification.change"] == pytest.approx(curve["change"].abs().max())
    assert curve.loc[0, ["change", "worst", "turned"]].to_list() == [0, 0, 0]


def test_turned_counts_pairs_whose_order_is_the_opposite():
    """A before B before C; with A and B exchanged one pair has turned, with the whole order reversed three."""
    usual = pd.Series({"A": 3.0, "B": 2.0, "C": 1.0})
    assert turned(usual, pd.Series({"A": 2.0, "B": 3.0, "C": 1.0})) == 1
    assert turned(usual, pd.Series({"A": 1.0, "B": 2.0, "C": 3.0})) == 3
    assert turned(usual, usual) == 0
