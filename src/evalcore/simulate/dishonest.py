"""What every survey has beside honest answers: haste, a wrong year, second answers from one address or device."""

import numpy as np

from evalcore.edition import Edition
from evalcore.simulate.frames import numbered
from evalcore.simulate.year import random_days

HASTY, REPEATED, OUTSIDE = 0.04, 0.02, 0.001
"""Shares of all rows; a row may be several of these."""
HASTIEST = 25
SPREAD = 0.35
"""Of the time taken, on the log scale."""
ADDRESSES = 256**3
WAKING = (7 * 3600, 59400)


def submitted(edition: Edition, quarter: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Seconds since 1970, in waking hours of the quarter; a few lie a year too early."""
    clock = WAKING[0] + WAKING[1] * rng.beta(1.6, 1.3, len(quarter))
    early = rng.random(len(quarter)) < OUTSIDE
    return random_days(edition, quarter, rng) - 366 * 86400 * early + np.floor(clock)


def seconds_taken(number: int, usual: float, fastest: int, rng: np.random.Generator) -> np.ndarray:
    """Time taken; attentive people need `fastest` at least, hasty ones less."""
    attentive = np.maximum(np.exp(rng.normal(np.log(usual), SPREAD, number)), fastest)
    return np.where(rng.random(number) < HASTY, rng.integers(HASTIEST, fastest, number), attentive).astype(int)


def addresses(number: int, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Address and device; who answers again keeps one of them, or both."""
    again = rng.random(number) < REPEATED
    again[0] = False
    earlier = np.floor(rng.random(number) * np.arange(number)).astype(int)
    kept = rng.choice(3, number)  # address, device, both
    address = rng.choice(ADDRESSES, number, replace=False, shuffle=True)
    device = rng.permutation(number)
    address = np.where(again & (kept != 1), address[earlier], address)
    device = np.where(again & (kept != 0), device[earlier], device)
    dotted = [f"10.{a >> 16}.{a >> 8 & 255}.{a & 255}" for a in address.tolist()]
    return {"ip": np.array(dotted, dtype=object), "device": numbered("D", number, 7)[device]}
