"""Diagnosis and risks: chains by hand, and who stands out."""

from itertools import product

import numpy as np
import pandas as pd
import pytest

from evalcore.chapters.diagnosis import CHAINS, chains_frame, diagnosis_numbers, most_of, shows_frame
from evalcore.chapters.risks import modified_z
from evalcore.figures.diagnosis import draw_shows
from evalcore.figures.style import house_style
from evalcore.tables.diagnosis import make_chains
from evalcore.words import Words


def test_most_of_counts_all_ways_in_which_signs_show():
    """Three signs of .9, .5 and .2, by enumeration: two or three of them."""
    chances = np.array([0.9, 0.5, 0.2])
    ways = product([0, 1], repeat=3)
    expected = sum(np.prod(np.where(way, chances, 1 - chances)) for way in ways if sum(way) >= 2)
    assert most_of(chances) == pytest.approx(expected)


@pytest.fixture
def signs():
    """The goal chain at two shops: all three signs at A, one of three at B."""
    rows = [(sign, entity, chance) for sign, own in
            {"kpi_speed": (1.0, 1.0), "fast": (1.0, 0.0), "dissatisfied": (0.8, 0.1)}.items()
            for entity, chance in zip("AB", own, strict=True)]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["sign", "entity", "probability"])
    return frame.assign(misalignment="goal", source="survey", unit="percent", value=50.0)


def test_a_misalignment_shows_where_most_of_its_signs_do(signs):
    """A: two are certain, so that most are; B: one is certain, and a second shows with probability .1."""
    found = shows_frame(signs).set_index("entity")
    assert found["probability"].to_dict() == pytest.approx({"A": 1.0, "B": 0.1})
    numbers = diagnosis_numbers(shows_frame(signs), signs)
    assert numbers["diagnosis.goal"].value == 1
    assert numbers["diagnosis.process"].value is None


def test_one_sign_alone_makes_no_chain(signs):
    """Where other sources were not collected nothing is claimed."""
    assert shows_frame(signs[signs["sign"] == "fast"]).empty


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_chains_are_shown_in_both_languages(signs, edition, lang):
    """A table with three signs, a map of two shops, and a figure that says so where there is nothing."""
    table = make_chains(chains_frame(signs), Words(lang, "diagnosis-chains", edition))
    assert [row[-1] for row in table.rows] == [
        Words(lang, "diagnosis-chains", edition)("of", part=k, whole=2) for k in (2, 1, 1)
    ]
    with house_style():
        assert draw_shows(shows_frame(signs), Words(lang, "diagnosis-shows", edition)).axes
        assert not draw_shows(shows_frame(signs).head(0), Words(lang, "diagnosis-shows", edition)).axes


def test_every_sign_of_every_chain_has_its_words(edition):
    """In both languages."""
    for lang in ("en", "zh"):
        words = Words(lang, "diagnosis-chains", edition)
        assert all(
            words(f"sign.{sign}") and words(f"from.{link.source}") for c in CHAINS.values() for sign, link in c.items()
        )


def test_modified_z_by_hand():
    """1 to 5 and 30: median 3.5, median deviation 1.5; all alike or too few: nothing to compare."""
    found = modified_z(pd.Series([1.0, 2, 3, 4, 5, 30]))
    assert found.iloc[-1] == pytest.approx(0.6745 * 26.5 / 1.5)
    assert modified_z(pd.Series([0.0] * 9 + [5.0])).iloc[-1] == pytest.approx(5 / (1.253314 * 0.5))
    assert modified_z(pd.Series([1.0] * 8)).isna().all()
    assert modified_z(pd.Series([1.0, 2, 90])).isna().all()
