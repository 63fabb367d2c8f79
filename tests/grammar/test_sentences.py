"""What the report says about order, word by word, in both languages."""

from collections.abc import Callable

import numpy as np
import pytest

from evalcore import grammar
from evalcore.edition import Edition
from evalcore.grammar import Standing, standing

Shops = Callable[[int], Edition]
Judge = Callable[..., Standing]


def test_clear_first_and_last_are_said_plainly(shops: Shops, judge: Judge) -> None:
    """One ahead of all others, one behind all others."""
    edition = shops(3)
    found = judge(edition, [0.97, 0.99], [0.96])
    assert grammar.first_sentence(found, edition).en == "Shop A is ahead of all others."
    assert grammar.first_sentence(found, edition).zh == "店A领先于其余全部商店。"
    assert grammar.last_sentence(found, edition).en == "Shop C is behind all others."
    assert grammar.last_sentence(found, edition).zh == "店C落后于其余全部商店。"


def test_probable_first_is_called_probable(shops: Shops, judge: Judge) -> None:
    """Between the thresholds the sentence says "probably"."""
    edition = shops(3)
    found = judge(edition, [0.85, 0.99], [0.96])
    assert grammar.first_sentence(found, edition).en == "Shop A is probably ahead of all others."
    assert grammar.first_sentence(found, edition).zh == "店A大概率领先于其余全部商店。"


def test_first_of_all_is_judged_by_its_own_probability_too(shops: Shops, judge: Judge) -> None:
    """Ahead of each of two with 0.96, yet first in 0.92 of the draws: probably ahead of all."""
    edition = shops(3)
    found = judge(edition, [0.96, 0.96], [0.5], p_first=0.92)
    assert grammar.first_sentence(found, edition).en == "Shop A is probably ahead of all others."


def test_first_with_an_unlikely_first_rank_stays_open(shops: Shops, judge: Judge) -> None:
    """The highest score is a fact; the first place is not."""
    edition = shops(3)
    found = judge(edition, [0.85, 0.85], [0.5], p_first=0.7)
    said = grammar.first_sentence(found, edition)
    assert said.en == "Shop A has the highest score; whether it is ahead of all others is open."


def test_two_share_the_first_place(shops: Shops, judge: Judge) -> None:
    """Two who cannot be told apart, both ahead of the third."""
    edition = shops(3)
    found = judge(edition, [0.7, 0.99], [0.97])
    assert grammar.first_sentence(found, edition).en == (
        "Shop A and Shop B share the first place: they cannot be told apart."
    )
    assert grammar.first_sentence(found, edition).zh == "店A和店B难分先后，并列第一。"


def test_two_share_the_last_place(shops: Shops, judge: Judge) -> None:
    """The same at the other end."""
    edition = shops(3)
    found = judge(edition, [0.99, 0.99], [0.55])
    assert grammar.last_sentence(found, edition).en == (
        "Shop B and Shop C share the last place: they cannot be told apart."
    )
    assert grammar.last_sentence(found, edition).zh == "店B和店C难分先后，并列末位。"


def test_group_without_a_border_below_is_said_to_have_none(shops: Shops, judge: Judge) -> None:
    """A and B are tied, A is probably ahead of C, B is not: whether C belongs with them is open."""
    edition = shops(3)
    found = judge(edition, [0.7, 0.85], [0.7])
    assert grammar.first_sentence(found, edition).en == (
        "Shop A and Shop B have the highest scores and cannot be told apart; whether others belong with them is open."
    )


def test_all_tied_have_neither_first_nor_last(shops: Shops, judge: Judge) -> None:
    """Four who cannot be told apart are no ranking."""
    edition = shops(4)
    found = judge(edition, [0.6, 0.7, 0.75], [0.6, 0.7], [0.6])
    assert grammar.first_sentence(found, edition).en == "No order can be stated: the 4 shops cannot be told apart."
    assert grammar.first_sentence(found, edition).zh == "4个商店难分先后，无法排出名次。"
    assert grammar.last_sentence(found, edition).en == "No shop can be called the last."


def test_long_list_is_told_by_its_ends(shops: Shops, judge: Judge) -> None:
    """Seven names in one sentence are told as a range."""
    edition = shops(8)
    found = judge(edition, *[[0.6] * (6 - i) + [0.99] for i in range(7)])
    said = grammar.first_sentence(found, edition)
    assert said.en.startswith("7 shops (Shop A to Shop G in the order of scores) share the first place")
    assert said.zh.startswith("店A至店G（按得分排序）共7个商店")


def test_long_list_of_any_is_told_by_its_first_and_number(shops: Shops) -> None:
    """Those named need not be neighbours, so that no range says who they are; six are all named."""
    edition = shops(8)
    said = grammar.listed("ABCDEFH", edition)
    assert (said.en, said.zh) == ("7 shops, Shop A among them", "店A等7个商店")
    assert grammar.listed("ABH", edition).en == "Shop A, Shop B and Shop H"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_one_alone_has_no_order(shops: Shops, judge: Judge, lang: str) -> None:
    """One rated shop is neither first nor last."""
    edition = shops(1)
    found = judge(edition)
    said = {
        "en": (
            "Shop A is the only shop with a rating: there is no order.",
            "There is no last place.",
            "the only shop with a rating",
        ),
        "zh": ("仅店A获得评级，无先后可言。", "不存在末位。", "唯一获得评级的商店"),
    }[lang]
    assert grammar.first_sentence(found, edition)[lang] == said[0]
    assert grammar.last_sentence(found, edition)[lang] == said[1]
    assert grammar.place_phrase(found, "A", edition)[lang] == said[2]


def test_none_rated_is_said(shops: Shops) -> None:
    """Every sentence exists for an empty ranking."""
    edition = shops(2)
    found = standing((), np.zeros((0, 0)), np.zeros(0), np.zeros(0), edition.grammar)
    assert grammar.first_sentence(found, edition).en == "No shop is rated: there is no order."
    assert grammar.last_sentence(found, edition).zh == "不存在末位。"
    assert grammar.groups_sentence(found, edition).en == "There is no group that cannot be told apart."
    assert grammar.pairs_sentence(found, edition).en == "There is no pair to compare."


def test_groups_are_listed_from_the_top_and_may_overlap(shops: Shops, judge: Judge) -> None:
    """A clear of all; B with C, C with D, but B probably ahead of D."""
    edition = shops(4)
    found = judge(edition, [0.99, 0.99, 0.99], [0.7, 0.85], [0.7])
    said = grammar.groups_sentence(found, edition)
    assert said.en.endswith("from the top: Shop B and Shop C; Shop C and Shop D.")
    assert said.zh.endswith("依次为：店B和店C；店C和店D。")


def test_pairs_are_counted_by_certainty(shops: Shops, judge: Judge) -> None:
    """Three pairs: one clear, one probable, one open."""
    edition = shops(3)
    said = grammar.pairs_sentence(judge(edition, [0.7, 0.97], [0.9]), edition)
    assert said.en == (
        "Of 3 pairs of shops, the order is clear in 1 and probable in 1; in 1 the two cannot be told apart."
    )


def test_place_counts_every_other_once(shops: Shops, judge: Judge) -> None:
    """B of five: behind A, probably ahead of D, ahead of E, not to be told apart from C."""
    edition = shops(5)
    found = judge(edition, [0.99] * 4, [0.7, 0.85, 0.99], [0.9, 0.9], [0.9])
    assert grammar.place_phrase(found, "B", edition).en == (
        "ahead of 1, probably ahead of 1, cannot be told apart from 1, behind 1"
    )
    assert grammar.place_phrase(found, "B", edition).zh == "领先于1个，大概率领先于1个，与1个难分先后，落后于1个"
    assert grammar.place_phrase(found, "A", edition).en == "ahead of all 4 others"


@pytest.mark.parametrize(
    ("relation", "en", "zh"),
    [
        ("ahead", "Shop A is ahead of Shop B", "店A领先于店B"),
        ("open", "Shop A cannot be told apart from Shop B", "店A与店B难分先后"),
        ("tied", "Shop A is tied with Shop B", "店A与店B不相上下"),
        ("probably_behind", "Shop A is probably behind Shop B", "店A大概率落后于店B"),
    ],
)
def test_pair_is_a_clause_in_both_languages(shops: Shops, relation: str, en: str, zh: str) -> None:
    """Each relation has its words."""
    said = grammar.pair_sentence(relation, "A", "B", shops(2))
    assert (said.en, said.zh) == (en, zh)


def test_rule_names_the_thresholds_of_the_edition(tiny: dict, edition_of: Callable[[dict], Edition]) -> None:
    """The definition on the page cannot differ from the one in use."""
    said = grammar.rule_sentence(edition_of({**tiny, "grammar": {"ahead": 0.975, "probably": 0.9, "tied": 0.55}}))
    for percent in ("97.5 %", "90 %", "55 %"):
        assert percent in said.en
    assert "97.5%" in said.zh


def test_name_with_markup_stays_as_it_is(tiny: dict, edition_of: Callable[[dict], Edition], judge: Judge) -> None:
    """Sentences are plain text: braces and angle brackets of a name are neither filled in nor escaped here."""
    tiny["entities"][0]["name"] = {"en": "{one} <b>&*", "zh": "{many}<b>"}
    edition = edition_of(tiny)
    found = judge(edition, [0.99])
    assert grammar.first_sentence(found, edition).en == "{one} <b>&* is ahead of all others."
    assert grammar.first_sentence(found, edition).zh == "{many}<b>领先于其余全部商店。"


def test_sentence_begins_with_a_capital_letter(tiny: dict, edition_of: Callable[[dict], Edition], judge: Judge) -> None:
    """Also where a name does not."""
    tiny["entities"][0]["name"]["en"] = "other shops"
    edition = edition_of(tiny)
    assert grammar.first_sentence(judge(edition, [0.99]), edition).en == "Other shops is ahead of all others."
