"""Mystery visits: shares, who stands out, day against night; held against plain counting."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from evalcore.chapters import visits as chapter
from evalcore.edition import load_edition

ROOT = Path(__file__).parents[2]
COLUMNS = ["bot_solved", "bot_loop", "transfer_dropped", "story_again", *sum(chapter.LINKS.values(), ())]


@pytest.fixture(scope="module")
def edition():
    """Three platforms."""
    return load_edition("demo-mini", ROOT)


@pytest.fixture(scope="module")
def visits():
    """Forty visits each, half at night; A's bot loops in 30 of its visits, the others' in 4."""
    frame = pd.DataFrame({"entity": np.repeat(["A", "B", "C"], 40), "night": np.tile([False, True], 60)})
    frame = frame.assign(**{name: pd.array([False] * 120, dtype="boolean") for name in COLUMNS})
    place = frame.groupby("entity").cumcount()
    frame["bot_loop"] = (place < np.where(frame["entity"] == "A", 30, 4)).astype("boolean")
    frame["entry_found"] = (place < 20).astype("boolean")
    frame["minutes_to_human"] = pd.array(np.where(frame["night"], 9.0, 2.0), dtype="Float64")
    frame.loc[frame["entity"].eq("C") & frame["night"], "minutes_to_human"] = pd.NA
    return frame


def test_shares_are_plain_counts(visits, edition):
    """Hits and visits of each platform, in the edition's order."""
    found = chapter.by_entity_frame("loop", visits, None, edition)
    assert list(found["hits"]) == [30, 4, 4]
    assert list(found["n"]) == [40, 40, 40]
    assert found["value"].iloc[0] == 75


def test_users_shares_need_enough_answers(visits, edition):
    """Users are private people: a platform with fewer answers than the edition shows has no share."""
    users = pd.DataFrame({"entity": ["A"] * edition.minimum_cell + ["B"], "bot_loop": True})
    found = chapter.by_entity_frame("loop", visits, users, edition)
    assert list(found.loc[found["source"] == "users", "entity"]) == ["A"]


def test_who_clearly_loops_more_often_is_named(visits, edition):
    """30 of 40 against 8 of 80 is no chance; the two others are below the rest, and equal things name nobody."""
    assert chapter.outstanding(chapter.by_entity_frame("loop", visits, None, edition), "visits") == ["A"]
    assert chapter.outstanding(chapter.by_entity_frame("dropped", visits, None, edition), "visits") == []


def test_a_single_platform_is_compared_with_nobody(visits, edition):
    """Nobody stands out alone."""
    own = chapter.by_entity_frame("loop", visits[visits["entity"] == "A"], None, edition)
    assert chapter.outstanding(own, "visits") == []


def test_a_wait_that_never_ended_is_not_soon(visits, edition):
    """By day everybody had a human within five minutes, at night nobody; C's visitors gave up."""
    found = chapter.hours_frame(visits, edition).set_index("measure")
    assert found.loc["soon", ["day", "night"]].tolist() == [100, 0]
    assert found.loc["nobody", "night"] == pytest.approx(100 / 3)


def test_what_the_bot_solved_wanted_no_human(visits):
    """Such a visit is neither soon nor late."""
    solved = visits.assign(bot_solved=pd.array([True] * 120, dtype="boolean"))
    assert chapter.soon(solved).isna().all()
    assert chapter.nobody(solved).isna().all()


def test_the_checklist_counts_each_item(visits, edition):
    """Ten items in five links for everybody and each platform; half found the entry, nothing else was met."""
    found = chapter.checks_frame(visits, edition)
    assert len(found) == 10 * 4
    assert (found.loc[found["item"] == "entry_found", "value"] == 50).all()
    assert found.loc[found["item"] != "entry_found", "value"].max() == 0
