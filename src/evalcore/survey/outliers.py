"""Values that lie further from the others than chance would have one of so many lie."""

import numpy as np
from scipy import stats


def outliers(values: np.ndarray, chance: float = 0.05) -> np.ndarray:
    """Which values are outlying: the generalized extreme Studentized deviate test (Rosner 1983).

    Values that hide each other are found together: up to a quarter of them are taken out in turn, and all up to the
    last whose deviate is too large are outlying (doi:10.1080/00401706.1983.10487848).

    Parameters
    ----------
    values : ndarray
        Known values, normally distributed but for the outlying ones.
    chance : float
        Probability that any is called outlying where none is.

    Returns
    -------
    ndarray of bool
    """
    left, n, taken, last = np.arange(len(values)), len(values), [], 0
    for k in range(1, n // 4 + 1):
        own = values[left]
        if np.ptp(own) == 0:
            break
        deviate = np.abs(own - own.mean()) / own.std(ddof=1)
        t = stats.t.ppf(1 - chance / (2 * (n - k + 1)), n - k - 1)
        limit = (n - k) * t / np.sqrt((n - k - 1 + t**2) * (n - k + 1))
        last = k if deviate.max() > limit else last
        taken.append(left[deviate.argmax()])
        left = np.delete(left, deviate.argmax())
    return np.isin(np.arange(n), taken[:last])
