"""How long things take when some have not ended: Kaplan-Meier from counts."""

import numpy as np
import pandas as pd
from scipy import stats


def kaplan_meier(ended: np.ndarray, censored: np.ndarray, level: float) -> pd.DataFrame:
    """still_open, lower, upper after each bin of time.

    Parameters
    ----------
    ended, censored : ndarray
        (bins,) Number of cases that ended, and that were last seen open, in each bin. Within a bin cases end first, as
        is the convention for ties; the last bin may hold all that is longer.
    level : float
        Probability of the pointwise intervals: Greenwood's variance on the scale of log(-log), which keeps them
        between 0 and 1.
    """
    at_risk = (ended + censored)[::-1].cumsum()[::-1]
    alive = np.maximum(at_risk, 1)
    still_open = np.cumprod(1 - ended / alive)
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = np.cumsum(ended / (alive * np.maximum(alive - ended, 1)))
        half = stats.norm.ppf(0.5 + level / 2) * np.sqrt(variance) / np.abs(np.log(still_open))
        bounds = [still_open ** np.exp(sign * half) for sign in (1, -1)]
    known = (still_open > 0) & (still_open < 1)
    lower, upper = (np.where(known, bound, still_open) for bound in bounds)
    return pd.DataFrame({"still_open": still_open, "lower": lower, "upper": upper})
