"""Choices, tables and texts of two editions: what is found differs, and what does not differ is not found."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalcore.compare.choices import changed_choices
from evalcore.compare.values import compare_values
from evalcore.compare.wording import TOKENS, compare_paragraphs, compare_words, share_changed

TABLE = pd.DataFrame({"shop": ["A", "B"], "kind": ["x", "y"], "rows": [10, 20], "share": [0.5, 0.25]})
TEXT = st.text(alphabet="ab年月 1.,\n", max_size=30)


def edition(weight: float, *rules: str) -> dict:
    """A framework of one dimension and a source with rules, as an edition's content."""
    indicators = [{"id": "R1", "weight": weight, "goalposts": {"floor": 20}}]
    source = {"file": "a.csv", "rules": [{"id": rule, "limit": 1} for rule in rules]}
    return {"framework": {"dimensions": [{"id": "R", "indicators": indicators}]}, "sources": {"survey": source}}


def test_a_changed_value_is_told_below_what_it_belongs_to():
    """The weight of an indicator, not the framework as a whole."""
    (found,) = changed_choices(edition(60), edition(40))
    assert (found.place, found.verdict) == ("framework.dimensions.R.indicators.R1", "changed")
    assert found.values == {"weight": (60, 40)}


def test_rules_that_come_or_go_are_told_as_such():
    """One rule went and one came; the one that stayed is in another place of the list and does not differ."""
    found = changed_choices(edition(60, "fast", "trap"), edition(60, "straight", "fast"))
    assert [(c.place, c.verdict) for c in found] == [
        ("sources.survey.rules.straight", "added"),
        ("sources.survey.rules.trap", "removed"),
    ]


def test_a_source_that_is_gone_is_one_thing():
    """With all it said."""
    old, new = edition(60), {**edition(60), "sources": {}}
    (found,) = [choice for choice in changed_choices(old, new) if choice.place == "sources.survey"]
    assert found.verdict == "removed"
    assert found.values["file"] == ("a.csv", None)


def test_a_section_that_becomes_something_is_changed():
    """No year before, and one."""
    (found,) = changed_choices({"previous": None}, {"previous": {"edition": "a"}})
    assert found.place == "previous"
    assert (found.verdict, found.values) == ("changed", {"edition": (None, "a")})


def test_values_are_matched_by_their_row_whatever_its_place():
    """The rows the other way round, one number moved by 5, one by 0.1: two of six values differ, most the 5."""
    new = TABLE.iloc[::-1].assign(rows=[25, 10], share=[0.25, 0.6])
    found = compare_values(TABLE, new)
    assert (found.key, found.compared, found.changed) == (("shop",), 6, 2)
    assert (found.largest.row, found.largest.column, found.largest.before, found.largest.after) == ("B", "rows", 20, 25)
    assert found.size == pytest.approx(100 / 3)


def test_rows_and_columns_on_one_side_only_are_named():
    """In both directions, and not counted as compared."""
    new = pd.DataFrame({"shop": ["B", "C"], "kind": ["y", "x"], "rows": [20, 5], "new": [1, 2]})
    found = compare_values(TABLE, new)
    assert (found.rows_added, found.rows_removed) == (("C",), ("A",))
    assert (found.columns_added, found.columns_removed) == (("new",), ("share",))
    assert (found.compared, found.changed) == (2, 0)


def test_rows_that_nothing_tells_apart_are_numbered():
    """Two draws of one shop: the second is compared with the second."""
    old = pd.DataFrame({"shop": ["A", "A"], "x": [0.1, 0.2]})
    found = compare_values(old, old.assign(x=[0.1, 0.3]))
    assert found.changed == 1
    assert found.largest.row == "A (2)"


def test_missing_values_are_the_same_as_missing_ones():
    """Not available in both editions is no difference; available in one is."""
    old = pd.DataFrame({"shop": ["A", "B"], "x": [None, 1.0]})
    assert not compare_values(old, old.copy()).differs
    found = compare_values(old, pd.DataFrame({"shop": ["A", "B"], "x": [2.0, 1.0]}))
    assert (found.changed, found.largest) == (1, None)


def test_empty_tables_do_not_differ():
    """Neither rows nor values."""
    assert not compare_values(TABLE.iloc[:0], TABLE.iloc[:0]).differs


def test_words_are_told_as_they_are_printed():
    """A number is one word, a Chinese character too."""
    assert compare_words("rose by 1.5 points", "rose by 12.5 points") == [
        ("same", "rose by "),
        ("out", "1.5"),
        ("in", "12.5"),
        ("same", " points"),
    ]
    assert compare_words("平台A最好", "平台B最好")[1:3] == [("out", "A"), ("in", "B")]


@given(TEXT, TEXT)
def test_both_texts_can_be_read_from_their_difference(old: str, new: str):
    """What is not new is the old text, what is not old the new one."""
    pieces = compare_words(old, new)
    assert "".join(text for operation, text in pieces if operation != "in") == old
    assert "".join(text for operation, text in pieces if operation != "out") == new


@given(st.text(max_size=40))
def test_every_character_is_in_a_word(text: str):
    """Nothing is lost on the way, whatever the script."""
    assert "".join(TOKENS.findall(text)) == text


def test_only_paragraphs_that_changed_are_told():
    """Of three the second; half of its four words are old, half new."""
    changed = compare_paragraphs("one\n\ntwo a\n\nthree", "one\n\ntwo b\n\nthree")
    assert changed == [[("same", "two "), ("out", "a"), ("in", "b")]]
    assert share_changed(changed, "two a", "two b") == 50
