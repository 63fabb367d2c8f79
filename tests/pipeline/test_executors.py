"""Where tasks run: the same files from processes of this machine and from workers of a cluster."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from evalcore.errors import EvalcoreError
from evalcore.pipeline.executors import Processes, open_executor
from evalcore.pipeline.machinery import Machinery

MINUTE = 60
WAITS = """
import time
while True:
    with (task.root / "flag").open("a") as file:
        file.write(".")
    time.sleep(0.02)
"""


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait until something is so; a minute at most."""
    for _ in range(20 * MINUTE):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("waited in vain")


def start(folder: Path, *arguments: str) -> subprocess.Popen:
    """A part of the cluster, in a process group of its own; what it says goes to a file."""
    command = [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:], "--no-dashboard"]
    environment = os.environ | {"DASK_TEMPORARY_DIRECTORY": str(folder)}
    with (folder / f"{arguments[0]}.log").open("a") as said:
        return subprocess.Popen(command, env=environment, stdout=said, stderr=said, start_new_session=True)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A scheduler and two workers on this machine, as the examples start them; its scheduler file."""
    folder = tmp_path_factory.mktemp("cluster")
    file = folder / "scheduler.json"
    parts = [start(folder, "scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file))]
    worker = ("worker", "--no-nanny", "--nthreads", "1", "--scheduler-file", str(file))
    parts += [start(folder, *worker), start(folder, *worker)]
    wait_for(file.is_file)
    yield file
    for part in reversed(parts):
        os.killpg(part.pid, signal.SIGKILL)
        part.wait()


@pytest.fixture
def on_cluster(cluster: Path) -> dict[str, str]:
    """The choice of a user."""
    return {"executor": f"dask:{cluster}"}


def test_calls_of_processes_learn_that_they_are_no_longer_wanted() -> None:
    """Shutdown with `cancel_futures` tells the call that runs; before, it is wanted."""
    seen = []

    def call(wanted: Callable[[], bool]) -> None:
        seen.append(wanted())
        while wanted():
            time.sleep(0.01)

    pool = Processes(1)
    future = pool.submit(call)
    wait_for(lambda: seen == [True])
    pool.shutdown(wait=True, cancel_futures=True)
    assert future.done()


@pytest.mark.parametrize("address", ["nowhere.json", "tcp://127.0.0.1:1"])
def test_cluster_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    """Its address or file is named, and the command that starts one."""
    monkeypatch.setattr("evalcore.pipeline.executors.PATIENCE_SECONDS", 0.2)
    with pytest.raises(EvalcoreError, match=f"--executor: no dask scheduler at {address}"):
        open_executor(Machinery(executor=f"dask:{address}"))


@pytest.mark.slow
def test_cluster_makes_the_files_that_this_machine_makes(small_project, on_cluster) -> None:
    """Notebooks run on two workers; every product is the same byte for byte, and nothing is left to do here."""
    small_project.run(**on_cluster)
    distributed = small_project.files()
    assert small_project.run() == []
    shutil.rmtree(small_project.build)
    small_project.run()
    assert small_project.files() == distributed


@pytest.mark.slow
def test_mistake_on_a_worker_is_told_as_here(small_project, on_cluster) -> None:
    """Notebook and cell are named; the workers live on."""
    small_project.notebook("50_alone", "number = 1 / 0")
    with pytest.raises(EvalcoreError, match=r"notebook 50_alone.ipynb, cell 'cell-1': ZeroDivisionError"):
        small_project.run(**on_cluster)
    small_project.notebook("50_alone", "1")
    assert "50_alone" in small_project.run(**on_cluster)


@pytest.mark.slow
def test_notebook_killed_on_a_worker_fails_its_task_only(small_project, on_cluster) -> None:
    """What a node kills for memory is named; the worker that watched over it lives on."""
    small_project.notebook("50_alone", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")
    with pytest.raises(EvalcoreError, match=r"task 50_alone: its process was killed \(SIGKILL\)"):
        small_project.run(**on_cluster)
    small_project.notebook("50_alone", "1")
    assert "50_alone" in small_project.run(**on_cluster)


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_build_that_ends_leaves_nobody_writing_on_the_cluster(project, cluster, how) -> None:
    """Interrupted or killed, the client is gone: within moments the worker ends the notebook it ran."""
    project.notebook("10_waits", WAITS)
    command = [sys.executable, "-c", "from evalcore.cli import main; main()", "report", "tiny"]
    build = subprocess.Popen([*command, "--executor", f"dask:{cluster}"], cwd=project.root, stderr=subprocess.PIPE)
    flag = project.root / "flag"
    wait_for(flag.is_file)
    build.send_signal(how)
    build.communicate(timeout=MINUTE)
    assert build.returncode == {signal.SIGINT: 130, signal.SIGKILL: -9}[how]
    size = 0
    for _ in range(MINUTE):
        time.sleep(1)
        if flag.stat().st_size == size:
            return
        size = flag.stat().st_size
    raise AssertionError("the notebook still runs")
