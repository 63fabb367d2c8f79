"""Which fit tells of which segment."""

from pathlib import Path

from evalcore.chapters.satisfaction import every_segment
from evalcore.edition import load_edition

ROOT = Path(__file__).parents[2]


def test_segment_of_a_fit_of_its_own_is_told_by_that_fit():
    """The first two are in the fit of the first item; the others, `apart`, each have one."""
    found = every_segment(load_edition("demo-2025", ROOT))
    assert found["age_band"] == found["city_tier"] == "csat"
    assert found["gender"] == "csat-gender"


def test_edition_without_segments_tells_of_none():
    """Two groups and nothing else are known of the respondents of the published counts."""
    assert every_segment(load_edition("forstmann-mood", ROOT)) == {}
