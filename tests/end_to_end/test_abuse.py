"""What happens to a build in the hands of people and machines: interrupts, full disks, wrong clocks, odd locales."""

import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from checkouts import Checkout, finished

pytestmark = pytest.mark.slow
RESULTS = ("indicators", "score", "exhibits", "numbers")
LINES = 55
"""About as many lines as a build says."""
INTERRUPTS = 10
LIMITS = {
    Path("/sys/fs/cgroup/memory"): "memory.limit_in_bytes",  # version 1
    Path("/sys/fs/cgroup"): "memory.max",
}
"""Control groups -> the file that limits the memory of one."""
AHEAD = """
import time

_time, _time_ns, YEARS = time.time, time.time_ns, 10 * 365 * 86400
time.time = lambda: _time() + YEARS
time.time_ns = lambda: _time_ns() + YEARS * 10**9
"""


def results(checkout: Checkout) -> dict[str, str]:
    """Hashes of cells, scores, exhibits and numbers, and the merged numbers."""
    return checkout.hashes(*RESULTS) | {"numbers.json": (checkout.build / "numbers.json").read_text("utf-8")}


def forget(checkout: Checkout) -> None:
    """Remove everything generated."""
    shutil.rmtree(checkout.build)


def stop_at(process: subprocess.Popen, line: int, seconds: float, how: signal.Signals) -> int:
    """Stop a build after so many lines and a moment more; its code."""
    for number, _ in enumerate(process.stderr, start=1):
        if number >= line:
            break
    time.sleep(seconds)
    process.send_signal(how)
    process.communicate(timeout=1500)
    return process.returncode


@pytest.fixture
def mounted(copied_few: Checkout) -> Iterator[Callable[[str], None]]:
    """A function that puts the build folder on a small disk with given options; skipped where one may not mount."""
    forget(copied_few)
    copied_few.build.mkdir()

    def mount(options: str) -> None:
        again = ["-o", f"remount,{options}"] if os.path.ismount(copied_few.build) else ["-o", options]
        done = subprocess.run(
            ["mount", "-t", "tmpfs", *again, "tmpfs", str(copied_few.build)],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            pytest.skip(f"no disk of its own for the build: mounting needs root ({done.stderr.strip()})")

    yield mount
    subprocess.run(["umount", "--lazy", str(copied_few.build)], capture_output=True, check=False)


@pytest.mark.parametrize("seed", range(2))
def test_interrupted_builds_end_as_one_without(copied_few: Checkout, seed: int) -> None:
    """Ten times in a row Ctrl-C or a kill at a random moment, in the tasks or in the book, then nobody interferes.

    Each build goes on from what the one before has left, and the results are the same.
    """
    before, chance = results(copied_few), random.Random(seed)
    forget(copied_few)
    for how in chance.choices([signal.SIGINT, signal.SIGKILL], k=INTERRUPTS):
        process = copied_few.start("report", copied_few.edition)
        code = stop_at(process, chance.randint(1, 2 * LINES // INTERRUPTS), chance.uniform(0, 3), how)
        assert code in ({130, 0} if how == signal.SIGINT else {-9, 0})
    copied_few.report()
    assert results(copied_few) == before
    assert [path for path in copied_few.build.rglob("*") if path.name.endswith((".tmp", ".aside"))] == []


def test_full_disk_is_told_and_leaves_nothing_half_written(
    few: Checkout, copied_few: Checkout, mounted: Callable[[str], None]
) -> None:
    """4 MB are too little: the message says so; with room again the build goes on and ends as ever."""
    mounted("size=4m")
    said = copied_few.report(code=1)
    assert "No space left on device" in said
    assert "Traceback" not in said
    assert not copied_few.site.exists()
    mounted("size=300m")
    copied_few.report()
    assert results(copied_few) == results(few)


def test_read_only_folder_is_told(copied_few: Checkout, mounted: Callable[[str], None]) -> None:
    """Nothing can be written: one sentence with the folder, no traceback."""
    mounted("ro")
    said = copied_few.report(code=1)
    assert "Read-only file system" in said
    assert "build/few" in said
    assert "Traceback" not in said


def test_wrong_clock_changes_nothing(copied_few: Checkout, tmp_path: Path) -> None:
    """A build whose clock is ten years ahead gives the same; when it is set right, changed prose is still seen."""
    before = results(copied_few)
    forget(copied_few)
    (tmp_path / "clock").mkdir()
    (tmp_path / "clock" / "sitecustomize.py").write_text(AHEAD, "utf-8")
    path = os.pathsep.join([str(copied_few.root / "src"), str(tmp_path / "clock")])
    finished(copied_few.start("report", copied_few.edition, PYTHONPATH=path))
    assert results(copied_few) == before
    copied_few.replace("book/en/index.md", "## How sure we are", "## How certain that is")
    assert "\n0 task(s) ran" in copied_few.report()
    assert "How certain that is" in copied_few.pages()["index.html"]


@pytest.mark.parametrize("moment", [0, 4_000_000_000])
def test_time_stamps_of_files_mean_nothing(copied_few: Checkout, moment: int) -> None:
    """All files of 1970 or of 2096: nothing runs; one changed input is noticed all the same."""
    for path in copied_few.root.rglob("*"):
        os.utime(path, (moment, moment), follow_symlinks=False)
    assert "\n0 task(s) ran" in copied_few.report()
    copied_few.replace(
        "src/evalcore/words/en.yml", "caption: How probable each level is.", "caption: Chances of levels."
    )
    os.utime(copied_few.root / "src/evalcore/words/en.yml", (moment, moment))
    assert "\n1 task(s) ran" in copied_few.report()


def test_locale_without_unicode_builds_and_speaks(copied_few: Checkout) -> None:
    """ASCII and no help from Python: the build is the same, messages with Chinese names are told, not a traceback."""
    plain = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C"}
    before = results(copied_few)
    forget(copied_few)
    finished(copied_few.start("report", copied_few.edition, **plain))
    assert results(copied_few) == before
    copied_few.replace("editions/demo-mini.yml", "zh: 平台A", "中文: 平台A")
    said = finished(copied_few.start("report", copied_few.edition, **plain), code=1)
    assert "error: " in said
    assert "Traceback" not in said


def test_second_user_of_an_edition_is_asked_to_wait(copied_few: Checkout) -> None:
    """While one builds, the other is told so at once; the first build is not disturbed."""
    before = results(copied_few)
    forget(copied_few)
    first = copied_few.start("report", copied_few.edition)
    first.stderr.readline()
    assert "another build of this edition is running" in copied_few.report(code=1)
    finished(first)
    assert results(copied_few) == before


@pytest.fixture
def limited() -> Iterator[Callable[[subprocess.Popen, int], None]]:
    """A function that gives a process and its children so many bytes; skipped where one may not say so."""
    folder, key = next(((place, key) for place, key in LIMITS.items() if (place / key).exists()), (None, None))
    if folder is None or not os.access(folder / key, os.W_OK):
        pytest.skip("no control group whose memory may be limited")
    group = folder / f"evalcore-{os.getpid()}"
    group.mkdir()

    def limit(process: subprocess.Popen, size: int) -> None:
        (group / key).write_text(str(size))
        (group / "cgroup.procs").write_text(str(process.pid))

    yield limit
    while (group / "cgroup.procs").read_text():  # the last of its children are on their way out
        time.sleep(0.1)
    group.rmdir()


def test_notebook_killed_for_memory_is_named_and_the_build_goes_on(
    copied_few: Checkout, limited: Callable[[subprocess.Popen, int], None]
) -> None:
    """The kernel kills a notebook that takes too much: it is named; mended, it builds as ever."""
    before, name = results(copied_few), "notebooks/52_quality.ipynb"
    plain = (copied_few.root / name).read_text("utf-8")
    copied_few.replace(
        name,
        "waterfall = task.read",
        'hoard = [bytes([1]) * 2**26 for _ in range(64)]\\n",\n    "waterfall = task.read',
    )
    build = copied_few.start("report", copied_few.edition)
    limited(build, 2 * 2**30)
    said = finished(build, code=1)
    assert "task 52_quality: its process was killed (SIGKILL)" in said
    assert "Traceback" not in said
    (copied_few.root / name).write_text(plain, "utf-8")
    assert "\n1 task(s) ran" in copied_few.report()
    assert results(copied_few) == before
