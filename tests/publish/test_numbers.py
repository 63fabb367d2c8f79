"""Numbers: published under dotted ids, printed as both languages print them."""

import json

import numpy as np
import pytest

from evalcore import publish
from evalcore.edition import Text
from evalcore.errors import EvalcoreError
from evalcore.io import Task
from evalcore.words import Number, digits_for, format_range, format_signed, format_value


def published(task):
    """What the task's file of numbers holds."""
    return json.loads(task.numbers_file.read_text("utf-8"))


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (72.449, 1, "72.4"),
        (1234567.0, 0, "1,234,567"),
        (1234.5, 2, "1,234.50"),
        (-1.25, 1, "\N{MINUS SIGN}1.2"),
        (-1234.0, 0, "\N{MINUS SIGN}1,234"),
        (-0.04, 1, "0.0"),
        (-0.0, 0, "0"),
        (0.0, 2, "0.00"),
        (99.96, 1, "100.0"),
        (7, 0, "7"),
        (np.int64(12000), 0, "12,000"),
    ],
)
def test_values_are_printed_for_readers(value, digits, text):
    """Rounded, thousands separated, a true minus sign, no minus before zero."""
    assert format_value(value, digits) == text


@pytest.mark.parametrize(("value", "digits"), [(0.0, 1), (0.2, 1), (0.04, 2), (-0.004, 3), (0.001, 3), (np.nan, 1)])
def test_small_values_get_the_digits_that_show_them(value, digits):
    """One digit, or as many more as the first that is not zero needs."""
    assert digits_for(value, 1) == digits


def test_range_has_an_en_dash():
    """Two values of one kind."""
    assert format_range(1.0, 1234.56, 1, "en") == format_range(1.0, 1234.56, 1, "zh") == "1.0\N{EN DASH}1,234.6"
    minus = "\N{MINUS SIGN}"
    assert format_range(-0.16, -0.01, 2, "en") == f"{minus}0.16 to {minus}0.01"
    assert format_range(-0.16, 0.3, 2, "zh") == f"{minus}0.16至0.30"
    assert format_range(-0.001, 0.3, 1, "en") == "0.0\N{EN DASH}0.3"


@pytest.mark.parametrize(
    ("number", "english", "chinese"),
    [
        (Number(82.068, "percent", 1), "82.1 %", "82.1%"),
        (Number(-0.02, "percent", 1), "0.0 %", "0.0%"),
        (Number(20000), "20,000", "20,000"),
        (Number(4.0712, "points", 2), "4.07", "4.07"),
        (Number(Text(en="Platform D", zh="平台D"), "text"), "Platform D", "平台D"),
    ],
)
def test_both_languages_print_a_number_their_way(number, english, chinese):
    """Percent with a space in English and without in Chinese; a name in each language."""
    assert (number.text("en"), number.text("zh")) == (english, chinese)


def test_missing_number_says_so_in_words():
    """None is not printed as nan or as nothing."""
    english, chinese = (Number(None, "percent", 1).text(lang) for lang in ("en", "zh"))
    assert english == "not available"
    assert chinese
    assert not chinese.isascii()


def test_number_is_stored_with_all_that_pages_need(task):
    """Value, unit, digits, interval, both texts and the task that published it; plain JSON types."""
    publish.numbers(task, {"composite.mean": Number(np.float64(72.449), "plain", 1, (np.float64(70), np.float64(75)))})
    assert published(task) == {
        "composite.mean": {
            "value": 72.449,
            "unit": "plain",
            "digits": 1,
            "interval": [70.0, 75.0],
            "text": {"en": "72.4", "zh": "72.4"},
            "record": "53_scores",
        }
    }


def test_names_are_stored_in_both_languages(task):
    """A value may be a name."""
    publish.numbers(task, {"first": Number(Text(en="Shop A", zh="甲"), "text")})
    assert published(task)["first"]["value"] == {"en": "Shop A", "zh": "甲"}


def test_repeated_notebook_puts_its_item_before_the_ids(shop_task):
    """In lower case, so that pages can refer to each platform's numbers."""
    publish.numbers(shop_task, {"score": Number(70.0, "plain", 1)})
    assert list(published(shop_task)) == ["b.score"]
    assert shop_task.numbers_file.name == "53_scores-b.json"


@pytest.mark.parametrize(
    "number",
    [Number(float("nan")), Number(float("inf")), Number(np.float64("nan")), Number(1.0, interval=(0.0, np.nan))],
    ids=["nan", "inf", "numpy nan", "interval"],
)
def test_number_that_is_none_is_refused(task, number):
    """NaN and infinity are no JSON and no numbers; the message says what to publish instead."""
    with pytest.raises(EvalcoreError, match=r"number\(s\) mean are not finite\n  what to do: publish None instead"):
        publish.numbers(task, {"mean": number})
    assert not task.numbers_file.exists()


def test_undeclared_numbers_are_refused(checkout):
    """A notebook that publishes numbers says so, else the pipeline would not wait for them."""
    path = checkout / "notebooks" / "53_scores.ipynb"
    path.write_text(path.read_text().replace('"numbers": true', '"numbers": false'))
    with pytest.raises(EvalcoreError, match="notebook 53_scores: publishes numbers without declaring it"):
        publish.numbers(Task.open("53_scores", "tiny", str(checkout)), {"x": Number(1)})


def test_difference_has_its_sign_unless_it_prints_as_zero():
    """A plus above zero, a true minus below; what rounds to zero has neither."""
    told = [format_signed(value, 2) for value in (0.314, -0.314, 0.004, -0.004)]
    assert told == ["+0.31", "\N{MINUS SIGN}0.31", "0.00", "0.00"]
