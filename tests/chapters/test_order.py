"""Order in words: from the score frames to published numbers and the rank plot's data."""

import pandas as pd
import pytest

from evalcore.chapters.order import neighbours_frame, order_numbers, ranks_frame
from evalcore.edition import Edition


@pytest.fixture
def ranking() -> pd.DataFrame:
    """A ahead of B; C not rated (the tiny edition with a third shop)."""
    return pd.DataFrame(
        {
            "entity": ["B", "A", "C"],
            "rated": [True, True, False],
            "rank": pd.array([1, 2, None], dtype="Int64"),
            "rank_lower": pd.array([1, 1, None], dtype="Int64"),
            "rank_upper": pd.array([1, 2, None], dtype="Int64"),
            "p_first": [0.97, 0.03, None],
            "p_last": [0.03, 0.97, None],
        }
    )


@pytest.fixture
def ahead() -> pd.DataFrame:
    """P(entity above other): pairs with C have probabilities as well, as the score stage writes them."""
    pairs = {("A", "B"): 0.03, ("B", "A"): 0.97, ("A", "C"): 0.1, ("C", "A"): 0.9, ("B", "C"): 0.1, ("C", "B"): 0.9}
    return pd.DataFrame([{"entity": a, "other": b, "probability": p} for (a, b), p in pairs.items()])


@pytest.fixture
def edition(tiny: dict, edition_of: object) -> Edition:
    """Three shops."""
    tiny["entities"].append({"id": "C", "name": {"en": "Shop C", "zh": "丙"}, "categories": ["fresh"]})
    return edition_of(tiny)


def test_order_is_published_as_text_in_both_languages(
    ranking: pd.DataFrame, ahead: pd.DataFrame, edition: Edition
) -> None:
    """The number's text is the sentence itself."""
    found = order_numbers(ranking, ahead, edition)
    shared = {"first", "last", "groups", "pairs", "rule", "clear", "compared"}
    assert set(found) == {*(f"order.{key}" for key in shared), "a.order", "b.order", "c.order"}
    first = found["order.first"].as_json("53_composite")
    assert first["unit"] == "text"
    assert first["text"] == {"en": "Shop B is ahead of all others.", "zh": "乙领先于其余全部商店。"}
    assert found["order.last"].text("en") == "Shop A is behind all others."
    assert found["a.order"].text("en") == "behind 1"
    assert (found["order.clear"].value, found["order.compared"].value) == (1, 1)


def test_who_is_not_rated_has_no_place(ranking: pd.DataFrame, ahead: pd.DataFrame, edition: Edition) -> None:
    """C would be ahead of both in the draws; without a rating nothing is said of it."""
    found = order_numbers(ranking, ahead, edition)
    assert found["c.order"].text("en") == "not rated, without a place in the order"
    assert found["order.pairs"].text("en").startswith("Of 1 pairs of shops, the order is clear in 1 ")


def test_nobody_rated_still_gives_every_sentence(ranking: pd.DataFrame, ahead: pd.DataFrame, edition: Edition) -> None:
    """A page finds its numbers even where there is no ranking."""
    found = order_numbers(ranking.assign(rated=False), ahead, edition)
    assert found["order.first"].text("zh") == "没有商店获得评级，无先后可言。"
    assert ranks_frame(ranking.assign(rated=False), ahead, edition).empty


def test_rank_plot_names_the_groups(ranking: pd.DataFrame, ahead: pd.DataFrame, edition: Edition) -> None:
    """Apart: a group each. Not apart: the same number."""
    assert list(ranks_frame(ranking, ahead, edition)["groups"]) == ["1", "2"]
    close = ahead.assign(probability=0.5)
    assert ranks_frame(ranking, close, edition)[["entity", "groups"]].to_numpy().tolist() == [["B", "1"], ["A", "1"]]


def test_neighbours_are_named_best_first(ranking: pd.DataFrame, ahead: pd.DataFrame, edition: Edition) -> None:
    """One row per step down the order."""
    found = neighbours_frame(ranking, ahead, edition)
    assert found.to_dict("records") == [
        {"entity": "B", "other": "A", "probability": 0.97, "relation": "ahead",
         "en": "Shop B is ahead of Shop A", "zh": "乙领先于甲"}
    ]  # fmt: skip


def test_a_pooled_group_has_no_place_and_the_page_says_why(
    ranking: pd.DataFrame, ahead: pd.DataFrame, edition: Edition
) -> None:
    """A stands for several: nothing is said of its order."""
    entities = tuple(e.model_copy(update={"pooled": e.id == "A"}) for e in edition.entities)
    pooled = edition.model_copy(update={"entities": entities})
    found = order_numbers(ranking.assign(rated=ranking["entity"] == "B"), ahead, pooled)
    assert found["a.order"].text("en") == "a group of several, without a place in the order"
