"""Compiled code that PyTensor keeps between runs draws what code compiled at hand draws."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import hashlib
import numpy as np
import pandas as pd
from evalcore.model import Priors, ordinal_design
from evalcore.model.sample import Settings, sample

rng, levels = np.random.default_rng(1), range(1, 6)
cells = pd.MultiIndex.from_product([list("abcdef"), ["young", "old"], levels], names=["entity", "age", "level"])
counts = pd.DataFrame({"n": rng.integers(5, 60, len(cells))}, index=cells).reset_index().assign(item="csat")
design = ordinal_design(counts, levels, {"entity": None, "age": None}, [("entity", "age")])
tree = sample(design, Priors(), Settings(400, 300), 1)
print(hashlib.sha256(np.ascontiguousarray(tree["posterior"]["effect_entity"].to_numpy())).hexdigest())
"""


@pytest.mark.slow
def test_first_run_on_a_machine_draws_what_the_second_draws(tmp_path: Path) -> None:
    """From an empty compile cache, and from the one that was filled by it."""
    flags = {"PYTENSOR_FLAGS": f"base_compiledir={tmp_path}"}
    command = [sys.executable, "-c", SCRIPT]
    first = subprocess.check_output(command, env=os.environ | flags, text=True)
    assert len(first) == 65
    assert any((tmp_path / "numba").iterdir())
    assert subprocess.check_output(command, env=os.environ | flags, text=True) == first
