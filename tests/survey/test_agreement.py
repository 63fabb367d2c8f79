"""Agreement: published examples, values by hand, and what cannot be computed."""

import numpy as np
import pandas as pd
import pingouin
import pytest

from evalcore.errors import EvalcoreError
from evalcore.survey.agreement import alpha, concordance, intraclass

NAN = np.nan

# The example of Krippendorff's alpha in the docstring of the package krippendorff 0.9.0 (there from Hayes and
# Krippendorff), with its printed values.
CODERS = pd.DataFrame(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
        [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
    ]
)
# Shrout & Fleiss (1979), 6 targets and 4 judges, as the tests of the R package psych print it
# (tests/testthat/test_ICC.R).
JUDGES = pd.DataFrame([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]).T
PRINTED = [0.17, 0.29, 0.71, 0.44, 0.62, 0.91]


@pytest.mark.parametrize(("level", "printed"), [("nominal", 0.743), ("ordinal", 0.815), ("ratio", 0.797)])
def test_alpha_of_the_published_example(level: str, printed: float) -> None:
    """Four coders, twelve units, ratings missing."""
    assert round(alpha(CODERS, level), 3) == printed


def test_alpha_of_an_interval_scale_by_hand() -> None:
    """Two raters, (1, 2) and (3, 3): observed 2 * 1 / 4; expected over all pairs of 1, 2, 3, 3: 11 * 2 / 12."""
    observed, expected = 2 * 1 / 4, 2 * (1 + 4 + 4 + 1 + 1 + 0) / 12
    assert alpha(pd.DataFrame([[1.0, 3.0], [2.0, 3.0]])) == pytest.approx(1 - observed / expected)


def test_intraclass_correlations_of_shrout_and_fleiss() -> None:
    """All six at printed precision."""
    assert intraclass(JUDGES).round(2).to_list() == PRINTED


def test_intraclass_correlations_of_the_wines() -> None:
    """The example data that pingouin ships, with the values its documentation prints."""
    wines = pingouin.read_dataset("icc").pivot_table(index="Judge", columns="Wine", values="Scores")
    assert intraclass(wines).round(3).to_list() == [0.728, 0.728, 0.729, 0.914, 0.914, 0.915]


def test_things_not_everybody_rated_leave_the_intraclass_correlation() -> None:
    """An incomplete seventh target changes nothing."""
    more = JUDGES.assign(extra=[1.0, NAN, 2.0, 3.0])
    pd.testing.assert_series_equal(intraclass(more), intraclass(JUDGES))


def test_concordance_by_hand() -> None:
    """Ranks 123, 132, 213: sums 4, 6, 8 deviate by 4 + 0 + 4, and 12 * 8 / (9 * 24) is 4 / 9."""
    ratings = pd.DataFrame([[1, 2, 3], [1, 3, 2], [2, 1, 3]])
    sums = np.array([4, 6, 8])
    assert concordance(ratings) == pytest.approx(12 * np.sum((sums - 6) ** 2) / (9 * 24))


def test_concordance_corrects_for_ties() -> None:
    """Two raters with the same ranks 1, 2.5, 2.5, one tie of two each: full agreement."""
    assert concordance(pd.DataFrame([[1, 5, 5], [2, 7, 7]])) == pytest.approx(1)


def test_equal_ratings_have_no_agreement_to_speak_of() -> None:
    """Not perfect, not none: undefined."""
    equal = pd.DataFrame(np.full((3, 4), 7.0))
    assert np.isnan([alpha(equal), concordance(equal), *intraclass(equal)]).all()


@pytest.mark.parametrize("measure", [alpha, intraclass, concordance])
def test_one_rater_is_refused(measure) -> None:
    """Agreement takes two."""
    with pytest.raises(EvalcoreError, match="two at least"):
        measure(pd.DataFrame([[1.0, 2.0, 3.0]]))
