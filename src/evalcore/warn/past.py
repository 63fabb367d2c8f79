"""Which earlier days a day is held against."""

import numpy as np


def past_of(day: int, days: int, ordinary: np.ndarray, alarmed: np.ndarray, least: int) -> tuple[slice, np.ndarray]:
    """The `days` days before a day, and which of them count.

    Days of promotions do not count, nor do days that alarmed, so that an event does not become the standard. A series
    left with fewer than `least` of them gets its alarmed days back: what lasts so long is the new standard.

    Parameters
    ----------
    ordinary, alarmed : ndarray
        (days,) and (days, series) of bool.

    Returns
    -------
    (slice, ndarray)
        The window, and (window, series) of bool.
    """
    window = slice(max(day - days, 0), day)
    calm = ordinary[window, None] & ~alarmed[window]
    enough = calm.sum(axis=0) >= least
    return window, np.where(enough, calm, ordinary[window, None])
