"""Choices of the chapter on data quality are checked when an edition is loaded."""

import pytest
from pydantic import ValidationError

SCALE = {"id": "s", "name": {"en": "scale", "zh": "量表"}, "source": "survey"}
MISTAKES = {
    "no rating": ({"scales": [SCALE | {"items": ["satisfaction", "seconds"]}]}, "no rating of survey: seconds"),
    "no source": ({"scales": [SCALE | {"source": "letters", "items": ["a", "b"]}]}, "no rating of letters"),
    "one item": ({"scales": [SCALE | {"items": ["satisfaction"]}]}, "at least 2"),
    "no code": ({"mode": "seconds"}, "no code of the modelled survey: seconds"),
    "nobody invited": ({"invited": "letters"}, "a source called letters"),
    "no counts": ({"invited": "survey"}, "survey lacks the columns invited"),
    "all called back": ({"callback": 101}, "less than or equal to 100"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistakes_are_named(tiny, edition_of, mistake):
    """What is wrong, and what would be right."""
    quality, said = MISTAKES[mistake]
    tiny["model"] = {"source": "survey", "items": ["satisfaction"]}
    with pytest.raises(ValidationError, match=said):
        edition_of(tiny | {"quality": quality})
