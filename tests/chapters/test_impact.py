"""The page on impact and outlook quotes the published figures as they are, the same ones in both languages."""

import re

import pytest

QUOTED = re.compile(r"\{fact\}`([\d.]+)[^`(]*\((D\d-\d+)\)`")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_quoted_figure_is_the_published_one(root, published, lang):
    """Number and id of every fact."""
    text = (root / "book" / lang / "impact.md").read_text("utf-8")
    quoted, values = QUOTED.findall(text), published.set_index("id")["value"]
    assert len(quoted) == text.count("{fact}") > 10
    assert [(id_, float(value)) for value, id_ in quoted] == [(id_, values[id_]) for _, id_ in quoted]
