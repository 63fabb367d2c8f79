"""Every number of the executive summary equals a direct computation from the raw files."""

import json
import re
from html import unescape
from itertools import pairwise

import numpy as np
import pytest
from by_hand import DRAWS, PLATFORMS, ByHand

USED = re.compile(r"\{num\}`([^`]+)`")
NAMES = {"A": "Platform A", "B": "Platform B", "C": "Platform C"}


@pytest.fixture(scope="module")
def hand(built):
    """The second computation."""
    return ByHand(built.root)


@pytest.fixture(scope="module")
def published(built):
    """numbers.json."""
    return json.loads((built.build / "numbers.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def used(built):
    """Ids of the numbers on the first page, as it was rendered for this edition."""
    return set(USED.findall((built.build / "book-src" / "en" / "index.md").read_text("utf-8")))


def attained(hand):
    """Per indicator: how many platforms reach the baseline, of how many that report it."""
    found = {}
    for indicator in (i for dimension in hand.framework["dimensions"] for i in dimension["indicators"]):
        value, posts = hand.values[indicator["id"]], indicator["goalposts"]
        beyond = value >= posts["baseline"] if posts["baseline"] > posts["floor"] else value <= posts["baseline"]
        found[indicator["id"]] = (int((beyond & ~np.isnan(value)).sum()), int((~np.isnan(value)).sum()))
    return found


def expected_numbers(hand):
    """Id -> value of everything that sampling error does not enter."""
    composite, means = hand.composite, {key: own.mean() for key, own in hand.dimensions.items()}
    names = {dimension["id"]: dimension["name"]["en"] for dimension in hand.framework["dimensions"]}
    strongest, weakest = max(means, key=means.get), min(means, key=means.get)
    reached = attained(hand)
    rows = {f"data.{name}.raw": len(frame) for name, frame in hand.raw.items()}
    return rows | {
        **{f"data.{name}.valid": len(frame) for name, frame in hand.valid.items()},
        **{f"dimension.{key}.mean": mean for key, mean in means.items()},
        **{f"indicator.{key}.mean": np.nanmean(value) for key, value in hand.values.items()},
        "summary.entities": 3,
        "summary.mean": composite.mean(),
        "summary.range_low": composite.min(),
        "summary.range_high": composite.max(),
        "summary.first": NAMES[PLATFORMS[composite.argmax()]],
        "summary.first_score": composite.max(),
        "summary.last": NAMES[PLATFORMS[composite.argmin()]],
        "summary.last_score": composite.min(),
        "summary.strongest": names[strongest],
        "summary.strongest_score": means[strongest],
        "summary.weakest": names[weakest],
        "summary.weakest_score": means[weakest],
        "summary.qualified": int((composite >= 70).sum()),
        "summary.level_bound": 70,
        "attainment.share": 100 * sum(n for n, _ in reached.values()) / sum(of for _, of in reached.values()),
        "attainment.none": sum(n == 0 for n, _ in reached.values()),
        "framework.indicators": len(reached),
        "framework.dimensions": len(means),
        "framework.interval": 100 * hand.edition["model"]["interval"],
        "framework.draws": hand.edition["model"]["draws"],
    }


def chance_of_first(hand):
    """Share of draws that put the first on rank 1, in percent."""
    return 100 * (hand.draws.argmax(axis=1) == hand.composite.argmax()).mean()


def chance_of_last(hand):
    """Share of draws that put the last on the last rank, in percent."""
    return 100 * (hand.draws.argmin(axis=1) == hand.composite.argmin()).mean()


CHANCES = {"summary.first_chance": chance_of_first, "summary.last_chance": chance_of_last}


def error_of(percent):
    """Four standard errors of the difference between two simulations, and one point for the normal approximation."""
    share = np.clip(percent / 100, 0.01, 0.99)
    return 400 * np.sqrt(share * (1 - share) * (1 / 2000 + 1 / DRAWS)) + 1


UNSCORED = (
    *("accounts", "capability", "expert_cases", "interviews", "ledger", "maternal_survey", "monitoring"),
    *("policies", "reviews", "visits"),
)
"""Sources that no indicator reads; the first page says how many rows each has, as the waterfall's own tests check."""


ELSEWHERE = ("order.", "drivers.", "value.", "remedies.", "diagnosis.", "risks.", "data.total.", "data.sources")
"""Numbers of other chapters: tested with their functions, not recomputed from raw files."""


def test_every_number_of_the_page_is_checked_here(hand, used):
    """A number added to the first page needs a second computation; sentences about order are checked below.

    What the page takes over from another chapter is left to that chapter's tests of its functions; it is not
    recomputed here from the raw files.
    """
    assert used
    counts = {f"data.{source}.{state}" for source in UNSCORED for state in ("raw", "valid")}
    left = used - set(expected_numbers(hand)) - set(CHANCES) - counts
    assert left == {id_ for id_ in used if id_.startswith(ELSEWHERE)}


def simulated(hand):
    """Id -> draws of every number that is a mean over draws of rates, which each side draws for itself."""
    composite, means = hand.draws, {key: own.mean(axis=1) for key, own in hand.drawn_dimensions.items()}
    order = hand.composite.argsort()
    strong = sorted(hand.dimensions, key=lambda key: hand.dimensions[key].mean())
    first, last = composite[:, order[-1]], composite[:, order[0]]
    found = {f"dimension.{key}.mean": own for key, own in means.items()}
    found |= {f"indicator.{key}.mean": np.nanmean(own, axis=-1) for key, own in hand.drawn.items() if own.ndim > 1}
    found |= {"summary.mean": composite.mean(axis=1), "summary.first_score": first, "summary.last_score": last}
    found |= {"summary.range_high": first, "summary.range_low": last}
    return found | {"summary.strongest_score": means[strong[-1]], "summary.weakest_score": means[strong[0]]}


def test_numbers_equal_the_second_computation(hand, used, published):
    """Value by value: counts exactly, names as they are, shares and scores to the rounding of the weights.

    What 2,000 draws of rates enter may differ by four standard errors of their mean.
    """
    expected = {id_: value for id_, value in expected_numbers(hand).items() if id_ in used}
    found = {id_: published[id_]["value"] for id_ in expected}
    error = {id_: 4 * own.std() / np.sqrt(2000) for id_, own in simulated(hand).items()}
    assert found == {
        id_: {"en": value, "zh": found[id_]["zh"]}
        if isinstance(value, str)
        else pytest.approx(value, abs=1e-5 + error.get(id_, 0))
        for id_, value in expected.items()
    }


@pytest.mark.parametrize("id_", CHANCES)
def test_chances_agree_with_a_second_simulation(hand, published, id_):
    """Draws of the same posteriors, joined and rates drawn anew, give the same within chance."""
    expected = CHANCES[id_](hand)
    assert published[id_]["value"] == pytest.approx(expected, abs=error_of(expected))


def test_intervals_agree_with_a_second_simulation(hand, published):
    """89 % of the draws of first and last lie between the published bounds, to a tenth of a point or two."""
    for id_, place in (
        ("summary.first_score", hand.composite.argmax()),
        ("summary.last_score", hand.composite.argmin()),
    ):
        assert published[id_]["interval"] == pytest.approx(np.percentile(hand.draws[:, place], [5.5, 94.5]), abs=0.2)


def relations(hand):
    """Per pair, in order of the composite: how clear its order is, None where chance could decide the word."""
    order = np.argsort(-hand.composite)
    found = {}
    for i, one in enumerate(order):
        for other in order[i + 1 :]:
            chance = 100 * (hand.draws[:, one] > hand.draws[:, other]).mean()
            unsure = any(abs(chance - bound) < error_of(chance) for bound in (80, 95))
            word = "ahead" if chance >= 95 else "probably" if chance >= 80 else "open"
            found[PLATFORMS[one], PLATFORMS[other]] = None if unsure else word
    return found


def test_sentence_on_pairs_counts_what_a_second_simulation_finds(hand, published):
    """How many pairs have a clear order, a probable one, none; a pair at a threshold may count either way."""
    words, said = list(relations(hand).values()), published["order.pairs"]["text"]["en"]
    total, *counted = map(int, re.findall(r"\d+", said))
    assert total == len(words) == sum(counted)
    for count, word in zip(counted, ("ahead", "probably", "open"), strict=True):
        assert words.count(word) <= count <= words.count(word) + words.count(None)


def test_sentences_on_the_ends_name_first_and_last(hand, published):
    """Whoever has the highest and the lowest composite is named there, unless no order can be stated at all."""
    if "No order" not in published["order.first"]["text"]["en"]:
        assert NAMES[PLATFORMS[hand.composite.argmax()]] in published["order.first"]["text"]["en"]
        assert NAMES[PLATFORMS[hand.composite.argmin()]] in published["order.last"]["text"]["en"]


def test_groups_hold_those_who_cannot_be_told_apart(hand, published):
    """Two neighbours with a clear order share no group, two without one do."""
    said = published["order.groups"]["text"]["en"]
    order = [PLATFORMS[place] for place in np.argsort(-hand.composite)]
    words = relations(hand)
    for one, other in pairwise(order):
        together = any(NAMES[one] in group and NAMES[other] in group for group in said.split(";"))
        if words[one, other] is not None:
            assert together == (words[one, other] == "open")


def test_page_prints_the_published_texts(built, used, published):
    """What a reader sees is the text of each number, in English."""
    page = unescape(re.sub(r"<[^>]+>", "", built.pages()["index.html"]))
    assert [id_ for id_ in used if published[id_]["text"]["en"] not in page] == []
