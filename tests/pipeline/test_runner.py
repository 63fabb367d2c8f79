"""The runner: what runs again and what does not, and what is left when something goes wrong."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time

import pytest

from evalcore.errors import EvalcoreError
from evalcore.pipeline.machinery import Machinery
from evalcore.pipeline.report import merge_numbers, report
from evalcore.pipeline.runner import build_lock

ALL = ["10_ingest", "20_count", "30_report", "40_shop-a", "40_shop-b", "50_alone"]
COMMAND = [sys.executable, "-c", "from evalcore.cli import main; main()", "report", "tiny"]
WAITS = """
import time
flag = task.root / "flag"
while not flag.exists() or flag.read_text().count("x") < 2:
    with flag.open("a") as file:
        file.write(".")
    time.sleep(0.02)
"""


def times(project):
    """When each product was last written."""
    return {name: (project.build / name).stat().st_mtime_ns for name in project.files()}


def half_written(project):
    """Scratch files of the build."""
    return [path for path in project.build.rglob("*") if path.name.endswith(".tmp")]


def start(project):
    """A build in a process group of its own, as a terminal starts it."""
    return subprocess.Popen(COMMAND, cwd=project.root, start_new_session=True, stderr=subprocess.PIPE, text=True)


def wait_for(condition):
    """Wait until something is so; two minutes at most."""
    for _ in range(2400):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("waited in vain")


@pytest.fixture
def waiting_project(small_project):
    """A project whose second notebook waits until `flag` holds two x, counting with dots how long it lives."""
    small_project.notebook(
        "20_count",
        WAITS + 'rows = task.read("ingest/survey.parquet")\ntask.write("score/count.parquet", rows.head(1))',
        reads=["ingest/survey.parquet"],
        writes=["score/count.parquet"],
    )
    small_project.notebook("30_report", "1", reads=["score/count.parquet"])
    return small_project


def is_waiting(project):
    """Whether the notebook that waits has begun to."""
    return lambda: (project.root / "flag").is_file()


def test_everything_runs_once(small_project):
    """The first build runs all tasks, the second none and touches nothing."""
    assert small_project.run() == ALL
    assert json.loads(small_project.files()["numbers/30_report.json"])["answers"]["value"] == 4
    before = times(small_project)
    assert small_project.run() == []
    assert times(small_project) == before


def test_changed_input_runs_what_depends_on_it_until_results_are_equal(small_project, changed_answers):
    """Another answer changes both shops' tables but not the count: the report behind the count does not run."""
    small_project.run()
    before = times(small_project)
    small_project.write_answers(changed_answers("yes,90", "yes,80"))
    assert small_project.run() == ["10_ingest", "20_count", "40_shop-a", "40_shop-b"]
    after = times(small_project)
    unchanged = {name for name in before if before[name] == after[name]}
    assert "score/count.parquet" in unchanged  # made again, found equal, put back with its time
    assert "score/shop-b.parquet" in unchanged
    assert not {"ingest/survey.parquet", "score/shop-a.parquet"} & unchanged


def test_changed_section_runs_only_notebooks_that_declare_it(small_project):
    """The seed is a section of one notebook."""
    small_project.run()
    small_project.content["seed"] = 5
    small_project.write_edition()
    assert small_project.run() == ["50_alone"]


def test_removed_product_is_made_again(small_project):
    """A file that is gone is made again by its task alone, as what comes after finds it equal."""
    small_project.run()
    (small_project.build / "score/count.parquet").unlink()
    assert small_project.run() == ["20_count"]


def test_tampered_product_is_made_again(small_project):
    """A product changed by hand is replaced; nothing behind it sees the changed one."""
    small_project.run()
    good = small_project.files()
    (small_project.build / "score/count.parquet").write_bytes(b"tampered")
    assert small_project.run() == ["20_count"]
    assert small_project.files() == good


def test_file_added_to_an_exhibit_is_removed(project, root):
    """A folder that is a product holds what its task put there and nothing else."""
    shutil.copy(root / "notebooks" / "51_framework.ipynb", project.root / "notebooks")
    project.run()
    stray = project.build / "exhibits" / "framework-weights" / "stray.svg"
    stray.write_text("<svg/>")
    assert project.run() == ["51_framework"]
    assert not stray.exists()


def test_items_dropped_from_the_edition_leave_nothing_behind(small_project):
    """From three shops to two: the third one's table, notebook and record are deleted."""
    third = {"id": "C", "name": {"en": "Shop C", "zh": "丙"}, "categories": ["fresh"]}
    small_project.content["entities"].append(third)
    small_project.write_edition()
    assert "40_shop-c" in small_project.run()
    traces = ["score/shop-c.parquet", "notebooks/40_shop-c.ipynb", "records/40_shop-c.json"]
    assert all((small_project.build / name).is_file() for name in traces)
    small_project.content["entities"].pop()
    small_project.write_edition()
    small_project.run()
    assert [name for name in traces if (small_project.build / name).exists()] == []


def test_failing_notebook_stops_only_what_needs_it(small_project):
    """Its products are removed, notebook and cell are named, what others made stays."""
    small_project.run()
    small_project.notebook(
        "20_count",
        'import pandas as pd\ntask.write("score/count.parquet", pd.DataFrame({"rows": [1]}))',
        "number = 1 / 0",
        reads=["ingest/survey.parquet"],
        writes=["score/count.parquet"],
    )
    small_project.content["seed"] = 5
    small_project.write_edition()
    with pytest.raises(EvalcoreError, match=r"notebook 20_count.ipynb, cell 'cell-2': ZeroDivisionError"):
        small_project.run()
    left = small_project.files()
    assert not {"score/count.parquet", "notebooks/20_count.ipynb"} & set(left)
    assert {"score/shop-a.parquet", "numbers/30_report.json", "clean/alone.parquet"} <= set(left)
    assert not (small_project.build / "records" / "20_count.json").exists()


def test_mistake_in_data_is_told_without_a_traceback(small_project):
    """An EvalcoreError of the package passes as it is, with the place where it was raised."""
    path = small_project.root / "data" / "raw" / "tiny" / "survey.csv"
    path.write_text(path.read_text().replace("r1", "r9"))
    with pytest.raises(EvalcoreError, match=r"SOURCES.yml: survey.csv: SHA-256") as failed:
        small_project.run()
    assert "(in notebook 10_ingest.ipynb, cell 'cell-1')" in str(failed.value)
    assert "Traceback" not in str(failed.value)


def test_declared_product_that_is_not_made_is_a_failure(project):
    """A declaration is a promise."""
    project.notebook("10_promise", "1", writes=["clean/promised.parquet"])
    with pytest.raises(EvalcoreError, match=r"10_promise.ipynb: did not make clean/promised.parquet"):
        project.run()


def test_killed_process_fails_its_task_only(small_project):
    """What the system kills for memory is named as killed; the others' work is kept and the next build goes on."""
    small_project.notebook("50_alone", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")
    with pytest.raises(EvalcoreError, match=r"task 50_alone: its process was killed \(SIGKILL\)"):
        small_project.run()
    small_project.notebook("50_alone", "1")
    assert "50_alone" in small_project.run()
    assert set(small_project.files()) >= {"score/count.parquet", "notebooks/50_alone.ipynb"}


def test_input_that_changes_meanwhile_is_no_result(project):
    """A notebook that changes what it was made from does not count as done."""
    project.notebook(
        "10_selfish", '(task.root / "requirements.lock").write_text("other==1")', 'print("done")', writes=[]
    )
    with pytest.raises(EvalcoreError, match=r"10_selfish: changed while it ran: environment requirements.lock changed"):
        project.run()
    assert project.files() == {}


def test_interrupt_keeps_finished_work(waiting_project):
    """Ctrl-C ends with code 130 and a word about it; finished tasks are kept, the others leave nothing half-written."""
    build = start(waiting_project)
    wait_for(is_waiting(waiting_project))
    os.killpg(build.pid, signal.SIGINT)
    said = build.communicate(timeout=240)[1]
    assert build.returncode == 130
    assert "interrupted: finished work is kept" in said
    assert "Traceback" not in said
    assert "ingest/survey.parquet" in waiting_project.files()
    assert "score/count.parquet" not in waiting_project.files()
    assert half_written(waiting_project) == []


def test_build_after_an_interrupt_ends_as_one_without(waiting_project):
    """Going on gives the files an undisturbed build gives, and finished tasks do not run again."""
    build = start(waiting_project)
    wait_for(is_waiting(waiting_project))
    os.killpg(build.pid, signal.SIGINT)
    build.communicate(timeout=240)
    kept = set(waiting_project.files())
    (waiting_project.root / "flag").write_text("xx")
    ran = waiting_project.run()
    assert "20_count" in ran
    assert not {name for name in ran if f"notebooks/{name}.ipynb" in kept}
    files = waiting_project.files()
    shutil.rmtree(waiting_project.build)
    waiting_project.run()
    assert waiting_project.files() == files


def test_killed_build_leaves_nobody_writing(waiting_project):
    """When the runner's process is killed, those it had started end within a moment, and the lock is free."""
    build = start(waiting_project)
    wait_for(is_waiting(waiting_project))
    build.kill()
    build.communicate(timeout=240)
    time.sleep(1)
    flag = waiting_project.root / "flag"
    lived = flag.read_text()
    time.sleep(0.5)
    assert flag.read_text() == lived
    with build_lock("tiny", waiting_project.root):
        pass


def test_second_build_of_an_edition_is_refused(small_project):
    """One build at a time: the message names the edition; another edition is free."""
    with build_lock("tiny", small_project.root):
        with pytest.raises(EvalcoreError, match=r"build/tiny: another build of this edition is running"):
            report(small_project.edition, small_project.root, Machinery(workers=1), print)
        with build_lock("other", small_project.root):
            pass
    with build_lock("tiny", small_project.root):
        pass


def test_number_published_twice_is_refused(small_project):
    """An id of a number belongs to one notebook."""
    small_project.run()
    source = small_project.root / "notebooks" / "30_report.ipynb"
    source.with_name("31_again.ipynb").write_text(source.read_text().replace("30_report", "31_again"))
    small_project.run()
    with pytest.raises(EvalcoreError, match=r"31_again: publishes number\(s\) another task published: answers"):
        merge_numbers(small_project.plan(), small_project.build, {}, shown=False)


def test_progress_names_the_task_and_the_time_left(small_project):
    """Each task is told when it begins and when it ends; the last line counts all and leaves no time."""
    small_project.run()
    begun = [line for line in small_project.told if " ... " in line]
    assert {line.split("] ")[1].split()[0] for line in begun} == set(ALL)
    assert re.fullmatch(r"\[  6/6\] \S+ +[\d.]+ s +about 0:00 left", small_project.told[-1])


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ('import sys\nprint("careless", file=sys.stderr)', "cell cell-1: wrote to stderr: careless"),
        ('import warnings\nwarnings.warn("old habit")', "cell cell-1: wrote to stderr: .*old habit"),
        ('from IPython.display import HTML, display\ndisplay(HTML("<script>x</script>"))', "cell cell-1: has unsafe"),
    ],
    ids=["stderr", "warning", "script"],
)
def test_gate_stops_what_must_not_become_a_page(project, cell, said):
    """An executed notebook passes the gate before it is put in place."""
    project.notebook("10_careless", cell)
    with pytest.raises(EvalcoreError, match=f"notebook 10_careless, {said}"):
        project.run()
    assert project.files() == {}


def test_parameter_that_a_notebook_does_not_declare_is_refused(project):
    """papermill only logs it; the gate does not let it pass."""
    project.notebook("10_deaf", "1", parameters='edition = "tiny"\nroot = "."\nitem = None')
    with pytest.raises(EvalcoreError, match="was given the unknown parameter 'inputs'"):
        project.run()
