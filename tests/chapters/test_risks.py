"""Risks: what was planted stands out under two seeds, and an upgrade that misroutes is found."""

import numpy as np
import pandas as pd
import pytest
from worlds import evidence_of

from evalcore.chapters.risks import OUTLYING, misrouted, modified_z, register_frame, risk_numbers, seen_frame
from evalcore.tables.diagnosis import make_register, make_tests
from evalcore.words import Words

STANDING = {
    "empty_night": "empty_night",
    "angry_last": "angry_last",
    "one_wave": "delivery_wave",
    "hidden_wait": "slow_bot",
    "gamed_clock": "gamed_clock",
}
"""Sign of the register -> the plant that must stand out."""
EMPTY = dict.fromkeys(("ranking", "dimensions", "indicators", "category_indicators"), pd.DataFrame())


@pytest.mark.parametrize("world", ["drawn", "second"])
def test_what_was_planted_stands_out_and_nothing_else_does(request, world):
    """Empty night, angry users, one wave, hidden wait and gamed clock under two seeds; nobody misroutes."""
    edition, cleaned, truth = request.getfixturevalue(world)
    of, planted = evidence_of(edition, cleaned, EMPTY), truth["planted"]["findings"]
    tests = seen_frame(of).set_index("sign")
    assert {
        sign: planted[plant] in tests.loc[sign, "standing"].split() for sign, plant in STANDING.items()
    } == dict.fromkeys(STANDING, True)
    assert tests.loc["misrouted", "count"] == 0
    assert (tests.loc[list(STANDING), "z"] > OUTLYING).all()
    register = register_frame(tests.reset_index(), of).set_index("risk")
    assert register.loc["hidden_night", "count"] == 1
    assert pd.isna(register.loc["law", "count"])
    assert risk_numbers(tests.reset_index(), of)["risks.angry"].value == edition.named(
        "entities", planted["angry_last"]
    )
    for lang in ("en", "zh"):
        assert len(make_tests(tests.reset_index(), Words(lang, "risks-tests", edition)).rows) == len(tests)
        assert len(make_register(register.reset_index(), Words(lang, "risks-register", edition)).rows) == len(register)


def test_an_upgrade_that_misroutes_is_found(drawn):
    """In one of the platforms 30 % of contacts are passed on for six weeks: the rise is seen there, beyond noise."""
    edition, cleaned, _ = drawn
    of = evidence_of(edition, cleaned, EMPTY)
    hit = (of.contacts["entity"] == "C") & of.contacts["day"].between("2025-05-01", "2025-06-15")
    chosen = hit & (np.random.default_rng(1).random(len(hit)) < 0.3)
    of.contacts.loc[chosen, "transfers"] = of.contacts.loc[chosen, "transfers"].clip(lower=1)
    found = misrouted(of)
    assert found["strength"].idxmax() == "C"
    assert found.loc["C", "value"] > 10
    assert modified_z(found["strength"])["C"] > OUTLYING


def test_with_too_few_to_compare_no_count_and_no_name_is_told(drawn):
    """Of three platforms nobody stands out: cells and sentence say so, in place of a zero."""
    edition, cleaned, _ = drawn
    of = evidence_of(edition, cleaned, EMPTY)
    few = seen_frame(of).assign(count=np.nan, standing="", entities=3)
    rows = make_register(register_frame(few, of), Words("en", "risks-register", edition)).rows
    assert {row[2] for row in rows} == {"too few to compare", "no sign in our data"}
    numbers = risk_numbers(few, of)
    assert numbers["risks.seen"].value == 0
    assert "nobody can be said to stand out" in numbers["risks.told"].value.en
