"""The command that measures false alarms, run again on worlds of its own."""

from pathlib import Path

import pytest
from benchmarks.alarms import EDITION, PLANT, UNPLANTED, measure
from scipy import stats

from evalcore.edition import load_edition

WORLDS, SEED = 6, 9000
BY_CHANCE = 1e-3


@pytest.mark.slow
def test_false_alarms_are_as_rare_as_stated(root: Path) -> None:
    """Six other worlds: alarms on clean data as a rate of at most one in a hundred gives them, plants found.

    The hidden wait is found in most worlds only: at a tenth of the volume its users are few.
    """
    found = measure(load_edition(EDITION, root), WORLDS, SEED)
    for sign, own in found["signs"].items():
        assert own["alarms"] <= stats.binom.isf(BY_CHANCE, own["clean"], 0.01), sign
        assert own["planted"] == (0 if sign in UNPLANTED else WORLDS), sign
        least = stats.binom.ppf(BY_CHANCE, WORLDS, 0.8) if sign == "mean_response_min" else own["planted"]
        assert own["found"] >= least, sign
    assert set(found["signs"]) == set(PLANT)
    for rule, own in found["rules"].items():
        assert abs(own["caught"] - own["planted"]) < 0.2, rule
