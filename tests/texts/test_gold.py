"""The gold sentences: enough of each kind, each once, and none of them worded as the simulator words its texts."""

import re

import pandas as pd
import pytest

ASPECTS = 10
SENTIMENTS = 3


@pytest.fixture
def gold(root):
    """text, aspect, sentiment."""
    return pd.read_csv(root / "data" / "texts" / "gold.csv")


def test_there_are_at_least_six_hundred_and_none_twice(gold):
    """As many of each aspect and sentiment."""
    assert len(gold) >= 600
    assert gold["text"].is_unique
    assert gold.groupby(["aspect", "sentiment"]).size().to_list() == [len(gold) // ASPECTS // SENTIMENTS] * 30


def test_aspects_and_sentiments_are_those_of_the_reviews(gold, root):
    """Codes as the demonstration edition allows them."""
    text = (root / "editions" / "demo-2025.yml").read_text("utf-8")
    allowed = re.search(r"&aspects \[([^\]]+)\]", text)[1].split(", ")
    assert set(gold["aspect"]) == set(allowed)
    assert set(gold["sentiment"]) == set(re.search(r"&sentiments \[([^\]]+)\]", text)[1].split(", "))


def test_no_wording_is_one_of_the_simulators(gold, root):
    """Neither holds the other: a classifier tested here was not taught these sentences by the demonstration."""
    folder = root / "src" / "evalcore" / "simulate"
    files = [folder / "reviews" / "wordings.yml", folder / "texts.py", folder / "interviews.py"]
    source = "".join(path.read_text("utf-8") for path in files)
    wordings = set(re.findall(r'"([^"\n]{5,})"', source))
    assert len(wordings) > 200
    assert [(own, other) for own in gold["text"] for other in wordings if other in own or own in other] == []
