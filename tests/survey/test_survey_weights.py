"""Weights of an edition's sources: raked, given with the data, or none."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from evalcore.edition import Edition
from evalcore.errors import EvalcoreError
from evalcore.survey import survey_weights, weighed

ANSWERS = pd.DataFrame({"row": [2, 3, 5, 8], "age": ["young", "young", "young", "old"], "wt": [0.5, 1.5, 2.0, 4.0]})


@pytest.fixture
def given_weights(tiny: dict, edition_of: Callable[[dict], Edition]) -> Edition:
    """The tiny edition with weights in a column of its survey."""
    survey = tiny["sources"]["survey"]
    survey["columns"]["wt"] = {"type": "number", "least": 0}
    return edition_of(tiny | {"weighting": None, "sources": {"survey": survey | {"weight": "wt"}}})


def test_the_survey_named_in_weighting_is_raked(tiny_edition: Edition) -> None:
    """55 % young by three answers of four, 45 % old by one: 0.55 / 0.75 and 0.45 / 0.25, in millionths."""
    weights = survey_weights({"survey": ANSWERS}, tiny_edition)
    assert weights["row"].to_list() == [2, 3, 5, 8]
    assert weights["weight_micro"].to_list() == [733_333, 733_333, 733_333, 1_800_000]
    assert weights["source"].unique().tolist() == ["survey"]


def test_weights_given_with_the_data_are_kept(given_weights: Edition) -> None:
    """Their mean is 2: they are scaled to mean one and nothing else."""
    weights = survey_weights({"survey": ANSWERS}, given_weights)
    assert weights["weight_micro"].to_list() == [250_000, 750_000, 1_000_000, 2_000_000]


def test_weights_given_as_zero_throughout_are_refused(given_weights: Edition) -> None:
    """A mean of nothing is no weight; the message names source and column."""
    with pytest.raises(EvalcoreError, match="survey: column 'wt': all weights are 0"):
        survey_weights({"survey": ANSWERS.assign(wt=0.0)}, given_weights)


def test_other_sources_have_no_weights(tiny: dict, edition_of: Callable[[dict], Edition]) -> None:
    """Without `weighting` and without a weight column the table is there and empty."""
    weights = survey_weights({"survey": ANSWERS}, edition_of(tiny | {"weighting": None}))
    assert weights.empty
    assert weights.columns.to_list() == ["source", "row", "weight_micro"]


def test_weights_are_whole_millionths(tiny_edition: Edition) -> None:
    """Integers, so that sums of weights do not depend on their order."""
    weights = survey_weights({"survey": ANSWERS}, tiny_edition)
    assert weights["weight_micro"].dtype == np.int64


def test_only_sources_with_weights_are_read_for_them(tiny_edition: Edition, given_weights: Edition) -> None:
    """The raked one, or those that bring weights along; a large source without any is left on disk."""
    assert weighed(tiny_edition) == ["survey"]
    assert weighed(given_weights) == ["survey"]
    assert weighed(tiny_edition.model_copy(update={"weighting": None})) == []
