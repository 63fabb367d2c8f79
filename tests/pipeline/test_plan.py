"""The plan: what runs before what, and which declarations cannot be brought in order."""

import pytest

from evalcore.errors import EvalcoreError
from evalcore.pipeline.plan import make_plan, upstream, urgent_first


def names(project):
    """Names of the planned tasks, in order."""
    return [task.name for task in project.plan()]


def test_task_runs_after_those_that_make_what_it_reads(project):
    """The order follows reads and writes, not the numbers in the notebooks' names."""
    project.notebook("10_last", reads=["score/middle.parquet"])
    project.notebook("20_middle", reads=["clean/first.parquet"], writes=["score/middle.parquet"])
    project.notebook("30_first", writes=["clean/first.parquet"])
    assert names(project) == ["30_first", "20_middle", "10_last"]
    assert upstream(project.task("10_last"), project.plan()) == {"20_middle"}


def test_task_that_most_others_wait_for_comes_first_among_those_that_can_run(project):
    """With fewer workers than tasks what takes long would else begin last."""
    project.notebook("10_short", writes=["score/short.json"])
    project.notebook("20_long", writes=["score/long.json"])
    project.notebook("30_next", reads=["score/long.json"], writes=["score/next.json"])
    project.notebook("40_last", reads=["score/next.json"])
    assert [task.name for task in urgent_first(project.plan())] == ["20_long", "30_next", "10_short", "40_last"]


def test_raw_data_need_no_maker(project):
    """Raw data are there from the start; nobody is waited for."""
    project.notebook("10_ingest", reads=["raw/survey"])
    assert upstream(project.task("10_ingest"), project.plan()) == set()


def test_read_that_nobody_makes_is_refused(project):
    """The message names notebook and path."""
    project.notebook("10_reader", reads=["clean/nothing.parquet"])
    with pytest.raises(EvalcoreError, match=r"10_reader.ipynb: reads: nobody makes 'clean/nothing.parquet'"):
        project.plan()


def test_two_makers_of_one_file_are_refused(project):
    """The message names the file and both tasks."""
    project.notebook("10_one", writes=["clean/same.parquet"])
    project.notebook("20_two", writes=["clean/same.parquet"])
    with pytest.raises(EvalcoreError, match=r"clean/same.parquet: is made by 10_one and by 20_two"):
        project.plan()


def test_two_notebooks_cannot_publish_one_exhibit(project):
    """An exhibit id has one maker, as every other product."""
    project.notebook("10_one", exhibits=["summary-scores"])
    project.notebook("20_two", exhibits=["summary-scores"])
    with pytest.raises(EvalcoreError, match=r"exhibits/summary-scores: is made by 10_one and by 20_two"):
        project.plan()


def test_circle_is_refused(project):
    """Tasks that wait for each other are named."""
    project.notebook("10_hen", reads=["clean/egg.parquet"], writes=["clean/hen.parquet"])
    project.notebook("20_egg", reads=["clean/hen.parquet"], writes=["clean/egg.parquet"])
    with pytest.raises(EvalcoreError, match="wait for each other") as refused:
        project.plan()
    assert {"10_hen", "20_egg"} <= set(str(refused.value).replace("\n", " ").split())


@pytest.mark.parametrize("path", ["../outside.parquet", "clean/../../outside.parquet", "elsewhere/x.parquet", "x.csv"])
def test_product_outside_the_product_folders_is_refused(project, path):
    """A product may neither leave the build nor lie where nobody would clear it away."""
    project.notebook("10_stray", writes=[path])
    with pytest.raises(EvalcoreError, match=r"10_stray.ipynb: writes: .*\n.*allowed: files in ingest, clean"):
        project.plan()


def test_notebook_without_its_source_is_left_out(project):
    """A chapter whose source the edition did not collect has no task."""
    project.notebook("10_tickets", needs=["tickets"])
    project.notebook("20_survey", needs=["survey", "periods"])
    assert names(project) == ["20_survey"]


def test_repeated_notebook_has_a_task_per_item(project):
    """`foreach` and `{item}` give each platform its own task, files and exhibits, in lower case."""
    project.notebook(
        "60_shop", foreach="entity", writes=["score/{item}.parquet"], exhibits=["entity-profile"], numbers=True
    )
    assert names(project) == ["60_shop-a", "60_shop-b"]
    assert project.task("60_shop-b").item == "B"
    assert project.task("60_shop-b").products == (
        "notebooks/60_shop-b.ipynb",
        "score/b.parquet",
        "exhibits/entity-profile-b",
        "numbers/60_shop-b.json",
    )


def test_repetition_for_unknown_things_is_refused(project):
    """The message says what a notebook can be repeated for."""
    project.notebook("60_moon", foreach="moon")
    with pytest.raises(EvalcoreError, match=r"60_moon.ipynb: foreach: 'moon'\n  allowed: entity"):
        project.plan()


def test_real_notebooks_form_a_plan(root, mini_edition):
    """The project's own notebooks have one order in which ingest comes first and each entity has its page."""
    plan = [task.name for task in make_plan(mini_edition, root)]
    assert plan.index("10_ingest") < plan.index("20_clean") < plan.index("30_indicators") < plan.index("40_score")
    assert [name for name in plan if name.startswith("60_")] == ["60_entity-a", "60_entity-b", "60_entity-c"]
