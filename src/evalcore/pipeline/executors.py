"""Where tasks run, behind the one interface of concurrent.futures: processes of this machine, or a dask cluster."""

import json
import multiprocessing
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from evalcore.errors import EvalcoreError, say
from evalcore.pipeline.machinery import Machinery

PATIENCE_SECONDS = 30
"""How long a scheduler may take to answer."""
GONE = frozenset({"cancelled", "released", "forgotten", "error"})
"""States of a task on a worker in which nobody waits for it any more."""


def open_executor(machinery: Machinery) -> Executor:
    """The executor that the choice names.

    A call submitted gets one more argument: a function that says whether it is still wanted.
    """
    return Processes(machinery.workers) if machinery.cluster is None else Cluster(machinery.cluster)


class Processes(ThreadPoolExecutor):
    """Threads, each of which watches over a process that its call starts; shutdown with `cancel_futures` ends them."""

    def __init__(self, workers: int) -> None:
        super().__init__(max_workers=workers)
        self._stopped = threading.Event()

    def submit(self, call: Callable, /, *args: Any) -> Future:
        """Schedule call(*args, wanted)."""
        return super().submit(call, *args, lambda: not self._stopped.is_set())

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the pool; with `cancel_futures` running calls are told that they are no longer wanted."""
        if cancel_futures:
            self._stopped.set()
        super().shutdown(wait=wait, cancel_futures=cancel_futures)


class Cluster(Executor):
    """The workers of a dask cluster, which see the checkout in the same place (a shared file system)."""

    def __init__(self, address: str) -> None:
        try:
            from distributed import Client
        except ImportError as error:
            raise EvalcoreError(say("--executor", f"{error}", remedy="install the extra `dask`")) from None
        try:
            place = _address(Path(address)) if address.endswith(".json") else address
            self._client = Client(place, timeout=PATIENCE_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            remedy = "start it (`dask scheduler`), or correct the address"
            raise EvalcoreError(say("--executor", f"no dask scheduler at {address}: {error}", remedy=remedy)) from None
        self._executor = self._client.get_executor(pure=False)

    def submit(self, call: Callable, /, *args: Any) -> Future:
        """Schedule call(*args, wanted) on some worker."""
        return self._executor.submit(_on_worker, call, *args)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster; what still runs there is given up where `cancel_futures` says so."""
        self._executor.shutdown(wait=wait and not cancel_futures)
        self._client.close()


def _address(scheduler_file: Path) -> str:
    """The address in the file that `dask scheduler --scheduler-file` writes; dask itself waits for ever for one."""
    return json.loads(scheduler_file.read_text(encoding="utf-8"))["address"]


def _on_worker(call: Callable, *args: Any) -> Any:
    """The call on a worker of the cluster; it ends when the client has cancelled it or is gone."""
    from distributed import get_worker

    if multiprocessing.current_process().daemon:
        found = "a worker under a nanny's care may start no process"
        raise EvalcoreError(say("--executor", found, remedy="start the workers with `dask worker --no-nanny`"))
    worker = get_worker()
    key = worker.get_current_task()

    def wanted() -> bool:
        task = worker.state.tasks.get(key)
        return task is not None and task.state not in GONE

    return call(*args, wanted)
