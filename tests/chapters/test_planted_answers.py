"""Careless, hasty and repeated answers are caught in the planted shares, under two seeds at a tenth of the volume."""

import numpy as np
import pytest
from benchmarks.alarms import EDITION, RULES_OF, VOLUME, world_of
from worlds import SEEDS

from evalcore.edition import load_edition
from evalcore.simulate.survey import ANSWERS_A_QUARTER

BEYOND = 4
"""Standard errors of a share; ten shares go beyond by chance once in 1,500 runs."""


@pytest.mark.parametrize("seed", SEEDS)
def test_rules_catch_what_was_planted(root, seed):
    """Each rule by itself, within four sampling errors of the planted share of 24,000 answers."""
    edition = load_edition(EDITION, root)
    number = ANSWERS_A_QUARTER * VOLUME * len(edition.periods)
    _, caught = world_of(edition, seed)
    for rule, planted in RULES_OF.items():
        assert abs(caught[rule] - planted) < BEYOND * np.sqrt(planted * (1 - planted) / number), rule
