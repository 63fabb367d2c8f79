"""Tables of the published figures: every kind of row is worded in both languages."""

import numpy as np
import pandas as pd
import pytest

from evalcore.chapters.reference import CONTRADICTIONS
from evalcore.chapters.signs import SIGNS
from evalcore.edition import load_edition
from evalcore.tables import evidence
from evalcore.tables import reference as tables
from evalcore.words import LANGUAGES, Words

ROW = {
    "metric": "share",
    "scope": "all",
    "published": 12.0,
    "comparison": "<",
    "value": 9.09,
    "digits": 0,
    "unit": "percent",
}


@pytest.fixture(params=LANGUAGES)
def words(request, root):
    """Exhibit -> its words, in each language."""
    edition = load_edition("demo-2025", root)
    return lambda exhibit: Words(request.param, exhibit, edition)


def test_figures_that_cannot_occur_say_so_beside_their_name(words):
    """One row with a nearest value and one without; numbers do not break at their hyphen."""
    frame = pd.DataFrame([ROW | {"id": "D4-81", "nearest": 9.09}, ROW | {"id": "D0-01", "nearest": np.nan}])
    made = tables.make_compared(frame.assign(difference=-2.91, error=0.0, z=np.nan), words("reference-compared"))
    assert "9.1" in made.rows[0][1]
    assert "9.1" not in made.rows[1][1]
    assert made.rows[0][0] == "D4\u201181"
    assert made.rows[0][3] == "< 12"


def test_every_contradiction_has_its_reading(words):
    """One row a contradiction, with published and measured values of each of its figures."""
    frame = pd.DataFrame([ROW | {"contradiction": n, "id": i} for n, ids in CONTRADICTIONS.items() for i in ids])
    made = tables.make_contradictions(frame, words("reference-contradictions"))
    assert [row[0] for row in made.rows] == [str(n) for n in CONTRADICTIONS]
    assert all(
        row[2] and row[1].count("9.1") == len(ids) for row, ids in zip(made.rows, CONTRADICTIONS.values(), strict=True)
    )


def test_every_sign_is_named_with_its_unit(words):
    """The strongest and the next, by name."""
    rows = [(name, sign.unit, "A", 1.25, "B", 0.5) for name, sign in SIGNS.items()]
    frame = pd.DataFrame(rows, columns=["sign", "unit", "entity", "value", "second", "next"])
    made = evidence.make_signs(frame, words("gaming-odd"))
    assert len({row[0] for row in made.rows}) == len(SIGNS)
    assert all("1.2" in row[2] and "0.5" in row[4] for row in made.rows)


def test_claims_without_a_row_are_a_row_of_dashes(words):
    """An empty table says that it is meant to be empty; a full one prints counts and shares."""
    frame = pd.DataFrame(
        {"entity": ["A"], "n": [1200], "wait": [0.99], "promises": [90], "late": [56.4], "contradicts": [1.7]}
    )
    assert evidence.make_claims(frame, words("cross-claims")).rows[0][1:] == ("1,200", "0.99", "90", "56.4", "1.7")
    assert len(evidence.make_claims(frame.head(0), words("cross-claims")).rows) == 1
