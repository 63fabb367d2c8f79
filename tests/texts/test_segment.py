"""Chinese texts into words, labels by word lists, and a classifier that never sees what it is tested on."""

import numpy as np
import pytest
from scipy.stats import norm

from evalcore.texts.classify import confusion, crossed, right
from evalcore.texts.segment import Segmenter

LISTS = {"refund": ["仅退款", "到账"], "bot": ["智能客服"], "negative": ["石沉大海"]}


@pytest.fixture
def segmenter():
    """Three short lists."""
    return Segmenter(LISTS)


def test_words_of_the_lists_stay_whole(segmenter):
    """The dictionary of the domain joins what the general one would cut; punctuation is no word."""
    words = segmenter.words("智能客服说仅退款，然后石沉大海。")
    assert {"智能客服", "仅退款", "石沉大海"} <= set(words)
    assert not {"，", "。"} & set(words)
    assert "仅退款" not in Segmenter({}).words("智能客服说仅退款")


def test_the_label_hit_most_often_wins_and_the_first_among_equals(segmenter):
    """Two words of refund beat one of the bot; one each: whoever comes first; none: what was asked for."""
    labels = ["refund", "bot"]
    assert segmenter.label("智能客服说仅退款，三天到账", labels, "none") == "refund"
    assert segmenter.label("智能客服说仅退款", labels, "none") == "bot"
    assert segmenter.label("东西不错", labels, "none") == "none"


def test_a_text_is_told_by_models_that_did_not_learn_from_it():
    """Each text has a word of its own, so that knowing it by heart would be the only way to tell its odd label."""
    texts = [[f"word{k}", "same"] for k in range(50)]
    labels = ["odd" if k == 7 else "usual" if k % 2 else "other" for k in range(50)]
    told = crossed(texts, labels, ([], []), np.random.default_rng(1))
    assert told[7] != "odd"
    assert set(told) <= set(labels)


def test_confusion_counts_true_by_told():
    """Four texts; one is of a class that has no row."""
    found = confusion(["a", "a", "b", "x"], ["a", "b", "b", "a"], ["a", "b"], ["a", "b"])
    assert found.tolist() == [[1, 1], [0, 1]]


def test_share_of_right_labels_has_wilsons_interval():
    """Eight of ten are right; F1 of a: 2·5/(6+6), of b: 2·3/(4+4)."""
    truth = np.array(list("aaaaaabbbb"), dtype=object)
    told = np.array(list("aaaaabbbba"), dtype=object)
    share, low, high, f1 = right(truth, told, 0.89)
    z, n = norm.ppf(0.945), 10
    centre, half = (0.8 + z**2 / 20) / (1 + z**2 / n), z / (1 + z**2 / n) * np.sqrt(0.016 + z**2 / 400)
    assert share == 0.8
    assert (low, high) == pytest.approx((centre - half, centre + half))
    assert f1 == pytest.approx((10 / 12 + 6 / 8) / 2)
