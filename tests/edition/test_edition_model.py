"""The model section: which fits an edition has, what a measure reads from them, what is refused."""

from collections.abc import Callable

import pytest

from evalcore.edition import Edition, Measure
from evalcore.edition.model import Model

SURVEY = {"source": "survey", "items": ["csat", "attitude"], "segments": ["age", "city"], "apart": ["gender"]}
KNOWN = [{"column": "csat", "known": True}]


def test_each_item_is_fitted_with_the_segments_and_further_segments_divide_the_first() -> None:
    """Two items by age and city; satisfaction by age and gender in a fit of its own."""
    fits = Model(**SURVEY).fits
    assert {name: (fit.item, fit.segments) for name, fit in fits.items()} == {
        "csat": ("csat", ("age", "city")),
        "attitude": ("attitude", ("age", "city")),
        "csat-gender": ("csat", ("age", "gender")),
    }


def test_an_edition_without_items_has_no_fits() -> None:
    """Counting alone."""
    assert Model().fits == {}


@pytest.mark.parametrize(
    ("measure", "reading"),
    [
        ({"statistic": "mean", "column": "csat"}, ("csat", None)),
        ({"statistic": "share", "among": KNOWN, "count": [{"column": "csat", "at_least": 4}]}, ("csat", 4)),
        ({"statistic": "mean", "column": "csat", "among": [{"column": "age", "is": "old"}]}, None),
        ({"statistic": "mean", "column": "seconds"}, None),
        ({"statistic": "share", "count": [{"column": "csat", "at_least": 4}]}, None),
        ({"statistic": "share", "among": KNOWN, "count": [{"column": "csat", "at_most": 2}]}, None),
        ({"statistic": "share", "among": KNOWN, "count": [{"column": "solved", "is": True}]}, None),
    ],
    ids=["mean", "top two", "of some", "number", "of everybody", "bottom two", "flag"],
)
def test_a_measure_is_modelled_where_it_asks_for_levels_of_an_item(measure: dict, reading: tuple | None) -> None:
    """Means and shares from a level on, among whoever answered; anything else is counted."""
    model = Model(**SURVEY)
    assert model.reading(Measure(source="survey", **measure)) == reading
    assert model.reading(Measure(source="visits", **measure)) is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"source": None}, "give both or neither"),
        ({"items": []}, "give both or neither"),
        ({"items": ["csat", "csat"]}, "items are named twice: csat, csat"),
        ({"apart": ["age"]}, "age: in `segments` and in `apart`"),
        ({"segments": ["a", "b", "c"]}, "at most 2"),
    ],
    ids=["no source", "no items", "twice", "both", "three"],
)
def test_contradictions_are_refused(change: dict, said: str) -> None:
    """The key and what to do."""
    with pytest.raises(ValueError, match=said):
        Model(**SURVEY | change)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"source": "visits"}, "model.source: unknown visits; known: survey"),
        ({"items": ["seconds"]}, "model.items: unknown seconds; ratings of survey: satisfaction"),
        ({"segments": ["place"]}, "model.segments: unknown place"),
        ({"apart": ["place"]}, "model.apart: unknown place; segments of survey: age"),
    ],
    ids=["source", "item", "segment", "apart"],
)
def test_names_that_the_survey_does_not_have_are_refused(
    tiny: dict, edition_of: Callable[[dict], Edition], change: dict, said: str
) -> None:
    """Beside them what there is."""
    model = {"source": "survey", "items": ["satisfaction"], "segments": ["age"]} | change
    with pytest.raises(ValueError, match=said):
        edition_of(tiny | {"model": model})
