"""Hierarchical models: satisfaction, rates, experts; what they say of indicators.

Pure functions from counts to posterior draws. Only the files that fit import PyMC and nutpie, so that counting and
reading a posterior stay light.
"""

from evalcore.model.design import Design, ordinal_design
from evalcore.model.posterior import probabilities
from evalcore.model.priors import Priors
from evalcore.model.responses import ordinal_counts

__all__ = ["Design", "Priors", "ordinal_counts", "ordinal_design", "probabilities"]
