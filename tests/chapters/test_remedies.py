"""The chapter on measures: each one on a page is called for by a number of that page."""

import pandas as pd
import pytest
from pydantic import ValidationError

from evalcore.chapters.remedies import catalogue_frame, entity_numbers, entity_remedies, industry_frame, remedy_numbers
from evalcore.tables.remedies import make_catalogue, make_entity_remedies
from evalcore.words import Words

REMEDIES = {
    "shown": 2,
    "items": [
        {"id": "night", "weak": ["R1"], "told": ["D0"], "does": {"en": "a shift", "zh": "夜班"},
         "others": {"en": "rose by {D0-57} %", "zh": "提升{D0-57}%"}},
        {"id": "ask", "weak": ["R1", "E1"], "told": ["D1", "D2"], "does": {"en": "ask", "zh": "询问"}},
        {"id": "all", "told": ["D4"], "does": {"en": "share", "zh": "共享"}},
    ],
}  # fmt: skip


@pytest.fixture
def measured(tiny, edition_of):
    """Two shops and three measures; a page shows two indicators."""
    return edition_of(tiny | {"remedies": REMEDIES})


@pytest.fixture
def losses():
    """Shop A loses most through E1, shop B through R1; B's E1 loses nothing."""
    rows = [("A", "R1", 2.0), ("A", "E1", 5.0), ("B", "R1", 9.0), ("B", "E1", 0.0)]
    frame = pd.DataFrame(rows, columns=["entity", "indicator", "loss"]).assign(status="measured", p_most=0.9)
    return frame.assign(lower=frame["loss"] - 1, upper=frame["loss"] + 1, gain_low=0.5, gain_high=1.5)


def test_measures_follow_the_loss_and_carry_it(losses, measured):
    """A: E1 before R1; every row holds the loss that called for it. B's faultless E1 calls for nothing."""
    found = entity_remedies(losses, {}, "A", measured)
    assert list(zip(found["indicator"], found["remedy"], found["loss"], strict=True)) == [
        ("E1", "ask", 5.0), ("R1", "night", 2.0), ("R1", "ask", 2.0),
    ]  # fmt: skip
    assert set(entity_remedies(losses, {}, "B", measured)["indicator"]) == {"R1"}


def test_each_measure_of_a_page_has_its_number_there(losses, measured):
    """The number published under the place of a row is the loss the row shows."""
    numbers = entity_numbers(losses, "A", measured)
    for row in entity_remedies(losses, {}, "A", measured).itertuples():
        assert numbers[f"weak.{row.place}.loss"].value == row.loss
        assert row.indicator in numbers[f"weak.{row.place}.indicator"].value.en
    assert entity_numbers(losses, "B", measured)["weak.2.loss"].value is None


def test_what_others_reached_is_told_with_its_figure_or_not_at_all(losses, measured):
    """Without the published figure nothing is claimed."""
    told = catalogue_frame(losses, {"D0-57": 35.0}, measured).set_index("remedy")
    assert told.loc["night", "others_en"] == "rose by 35 %"
    assert told.loc["night", "told"] == "D0, D0-57"
    assert catalogue_frame(losses, {}, measured)["others_zh"].to_list() == ["", "", ""]


def test_the_catalogue_counts_whose_weak_indicators_a_measure_fits(losses, measured):
    """R1 is weak at both shops; the measure for all together fits no single one."""
    assert catalogue_frame(losses, {}, measured)["entities"].to_list() == [2, 2, 0]


def test_the_industry_is_the_mean_over_entities(losses, measured):
    """R1 (2 + 9) / 2, E1 2.5; each is costliest once; the two shown are all that is lost."""
    assert industry_frame(losses)[["indicator", "loss", "most"]].to_numpy().tolist() == [["R1", 5.5, 1], ["E1", 2.5, 1]]
    assert remedy_numbers(losses, measured)["remedies.top_share"].value == 100


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_tables_say_measure_source_and_loss(losses, measured, lang):
    """In both languages; an entity without losses gets a row of dashes."""
    table = make_entity_remedies(entity_remedies(losses, {}, "A", measured), Words(lang, "entity-remedies", measured))
    assert table.rows[0][1] == {"en": "5.0 (4.0–6.0)", "zh": "5.0（4.0–6.0）"}[lang]
    assert {"en": "D1, D2", "zh": "D1、D2"}[lang] in table.rows[0][3]
    nothing = entity_remedies(losses.assign(loss=0.0), {}, "A", measured)
    assert len(make_entity_remedies(nothing, Words(lang, "entity-remedies", measured)).rows) == 1
    assert make_catalogue(catalogue_frame(losses, {}, measured), Words(lang, "remedies-catalogue", measured)).rows


def test_a_measure_for_an_indicator_of_another_year_is_called_for_by_nobody(tiny, edition_of, losses):
    """A framework may have lost what a measure of the list fits."""
    items = [REMEDIES["items"][1], REMEDIES["items"][0] | {"weak": ["R9"]}]
    older = edition_of(tiny | {"remedies": {"items": items}})
    assert catalogue_frame(losses, {}, older)["entities"].to_list() == [2, 0]


def test_a_measure_given_twice_is_refused(tiny, edition_of):
    """The error names it."""
    with pytest.raises(ValidationError, match="ask stands there twice"):
        edition_of(tiny | {"remedies": {"items": [REMEDIES["items"][1]] * 2}})
