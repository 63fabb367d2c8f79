"""Calibration by simulation: worlds of known truth are drawn, fitted, and the truth looked up among the draws.

Where model, sampler and code agree, each rank is uniform (Talts et al. 2018, arXiv:1804.06788; Modrak et al. 2025,
doi:10.1214/23-BA1404), and a central interval covers the truth as often as it says. Worlds that break the
model's assumptions are fitted as well, and what they show is reported as it is.
"""

from evalcore.calibrate.experts import EXPERTS
from evalcore.calibrate.ordinal import ORDINAL
from evalcore.calibrate.rates import RATES
from evalcore.calibrate.worlds import calibrate

CALIBRATIONS = {"ordinal": ORDINAL, "rates": RATES, "experts": EXPERTS}
"""Study -> how its worlds are drawn and ranked."""

__all__ = ["CALIBRATIONS", "calibrate"]
