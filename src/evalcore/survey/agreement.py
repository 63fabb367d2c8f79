"""Agreement of raters who scored the same things: Krippendorff's alpha, intraclass correlations, Kendall's W."""

import krippendorff
import numpy as np
import pandas as pd
import pingouin
from scipy import stats

from evalcore.errors import EvalcoreError, say


def alpha(ratings: pd.DataFrame, level: str = "interval") -> float:
    """Krippendorff's alpha; missing ratings are no problem.

    Parameters
    ----------
    ratings : DataFrame, raters as rows, things rated as columns
        NaN where a rater did not rate.
    level : {"nominal", "ordinal", "interval", "ratio"}

    Returns
    -------
    float
        1 for perfect agreement, 0 for what chance gives; NaN where all ratings are equal or no thing has two.
    """
    _check(ratings)
    values = ratings.to_numpy(dtype=float)
    known = values[~np.isnan(values)]
    if len(np.unique(known)) < 2 or (~np.isnan(values)).sum(axis=0).max() < 2:
        return float("nan")
    return float(krippendorff.alpha(reliability_data=values, level_of_measurement=level))


def intraclass(ratings: pd.DataFrame) -> pd.Series:
    """The six intraclass correlations (Shrout & Fleiss 1979, doi:10.1037/0033-2909.86.2.420) of complete ratings.

    Parameters
    ----------
    ratings : DataFrame, raters as rows, things rated as columns
        Things that not everybody rated are left out.

    Returns
    -------
    Series
        By type: ICC(1,1), ICC(A,1), ICC(C,1) of one rating, ICC(1,k), ICC(A,k), ICC(C,k) of the raters' mean; A asks
        for the same scores, C for the same differences. NaN where fewer than two things are complete or nothing varies.
    """
    _check(ratings)
    complete = ratings.dropna(axis=1)
    types = ["ICC(1,1)", "ICC(A,1)", "ICC(C,1)", "ICC(1,k)", "ICC(A,k)", "ICC(C,k)"]
    if complete.shape[1] < 2 or np.ptp(complete.to_numpy(dtype=float)) == 0:
        return pd.Series(np.nan, index=types)
    long = complete.set_axis(range(complete.shape[1]), axis=1).set_axis(range(len(complete)), axis=0).astype(float)
    long = long.rename_axis("rater").reset_index().melt("rater", var_name="target", value_name="score")
    with np.errstate(divide="ignore", invalid="ignore"):  # tests of raters who differ by nothing but their severity
        found = pingouin.intraclass_corr(long, targets="target", raters="rater", ratings="score")
    return found.set_index("Type")["ICC"].loc[types].astype(float)


def concordance(ratings: pd.DataFrame) -> float:
    """Kendall's W, corrected for ties, over what everybody rated: 0 no, 1 full agreement of the orders.

    W = chi^2 / (m (n - 1)) with Friedman's chi^2 of m raters and n things (Kendall & Babington Smith 1939).
    NaN for fewer than three complete things or where every rater finds all of them equal.
    """
    _check(ratings)
    complete = ratings.dropna(axis=1).to_numpy(dtype=float)
    raters, things = complete.shape
    if things < 3 or not np.ptp(complete, axis=1).any():
        return float("nan")
    return float(stats.friedmanchisquare(*complete.T).statistic / (raters * (things - 1)))


def _check(ratings: pd.DataFrame) -> None:
    if len(ratings) < 2:
        raise EvalcoreError(say("agreement", f"{len(ratings)} rater", "two at least"))
