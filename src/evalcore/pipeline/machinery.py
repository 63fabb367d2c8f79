"""With what a report is built: workers, engines, cluster. Results do not depend on it."""

import os
from dataclasses import dataclass
from typing import Any

from evalcore.errors import EvalcoreError, say
from evalcore.io.engines import ENGINE, ENGINES

NOTEBOOKS = {"warm": "warm", "kernel": "nbclient"}
"""Who runs the cells -> papermill's name for it: a forked warm process, or an ordinary Jupyter kernel."""
DASK = "dask:"


@dataclass(frozen=True)
class Machinery:
    """With what the tasks are carried out.

    No part of any fingerprint: every choice gives the same bytes, which tests hold.

    Parameters
    ----------
    workers : int
        Tasks that run at once.
    notebooks : str
        Who runs the cells: "warm" or "kernel".
    engine : str
        Who counts rows: "duckdb" or "spark".
    executor : str
        Where tasks run: "local", or "dask:" and the address (or the scheduler file) of a cluster.
    """

    workers: int = 2
    notebooks: str = "warm"
    engine: str = "duckdb"
    executor: str = "local"

    def __post_init__(self) -> None:
        """Refuse what is not there, before anything runs."""
        _require("--notebooks", self.notebooks, list(NOTEBOOKS))
        _require("--engine", self.engine, list(ENGINES), "who runs the cells is chosen with --notebooks")
        if not self.cluster:
            _require("--executor", self.executor, ["local", f"{DASK}tcp://HOST:PORT", f"{DASK}SCHEDULER.json"])

    @property
    def cluster(self) -> str | None:
        """Address of the dask cluster, None where tasks run on this machine."""
        return self.executor.removeprefix(DASK) if self.executor.startswith(DASK) else None

    def settle(self) -> None:
        """Make the choice of the engine known to the notebooks of this process."""
        os.environ[ENGINE] = self.engine


def _require(option: str, value: Any, allowed: list[str], remedy: str = "") -> None:
    if value not in allowed:
        raise EvalcoreError(say(option, repr(value), ", ".join(allowed), remedy or "choose one of these"))
