"""A fit that failed its checks: what is withheld with it, and where the book goes."""

import json

import pytest

from evalcore.errors import EvalcoreError
from evalcore.pipeline.gate.verdicts import Failed, failed_fits, withheld, withheld_numbers, write_withheld
from evalcore.pipeline.machinery import Machinery
from evalcore.pipeline.report import report

WHY = {"en": "R-hat 1.5, limit 1.01", "zh": "R-hat为1.5，上限1.01"}
WRITE = 'import pandas as pd\ntask.write("{name}", pd.DataFrame({{"x": [1]}}))'
JUDGE = (
    "from evalcore.io.files import write_json\n"
    'verdicts = [{{"fit": name, "file": f"posterior/{{name}}.parquet", "passed": name != "{bad}",'
    ' "reasons": {why!r}}} for name in ("one", "two")]\n'
    'write_json(task.build / "checks/verdicts.json", verdicts)'
)
NUMBER = (
    "from evalcore import publish\nfrom evalcore.words import Number\n"
    'print(publish.numbers(task, {{"{name}": Number(1)}}))'
)


@pytest.fixture
def judged(project):
    """Two fits, a judge, a result of the first by way of a stage, one of the second, one of the judge."""
    for name in ("one", "two"):
        file = f"posterior/{name}.parquet"
        project.notebook(f"35_{name}", WRITE.format(name=file), writes=[file])
    fits = ["posterior/one.parquet", "posterior/two.parquet"]
    project.notebook(
        "39_judge", JUDGE.format(bad="one", why=WHY), reads=fits, writes=["checks/verdicts.json"], judges=True
    )
    stage = WRITE.format(name="score/stage.parquet")
    project.notebook("40_stage", stage, reads=["posterior/one.parquet"], writes=["score/stage.parquet"])
    for name, read in {
        "50_first": "score/stage.parquet",
        "51_second": "posterior/two.parquet",
        "52_judged": "checks/verdicts.json",
    }.items():
        project.notebook(name, NUMBER.format(name=name[3:]), reads=[read], numbers=True)
    return project


def test_failure_goes_to_all_that_was_made_from_it_and_no_further(judged):
    """The stage and the chapter behind the failed fit are withheld; the other fit, its chapter and the judge's not."""
    plan = judged.plan()
    failed = [Failed("one", "posterior/one.parquet", WHY)]
    assert set(withheld(failed, plan)) == {"40_stage", "50_first"}
    reason = withheld(failed, plan)["50_first"]
    assert reason["en"] == "It rests on the fit 'one', which failed its checks: R-hat 1.5, limit 1.01."
    assert "R-hat为1.5" in reason["zh"]


def test_two_failures_are_both_named(judged):
    """What rests on two failed fits names both."""
    both = [Failed(name, f"posterior/{name}.parquet", WHY) for name in ("one", "two")]
    judged.notebook("60_both", "1", reads=[fit.file for fit in both], writes=[])
    assert withheld(both, judged.plan())["60_both"]["en"].count("which failed its checks") == 2


def test_one_file_may_hold_several_fits(judged):
    """Whoever reads it rests on all of them."""
    both = [Failed(name, "posterior/one.parquet", WHY) for name in ("R1", "R2")]
    assert withheld(both, judged.plan())["40_stage"]["en"].count("which failed its checks") == 2


def test_verdicts_are_read_from_what_the_judge_wrote(judged):
    """The failed fit is found with its reasons, the one that passed is not."""
    judged.run()
    assert failed_fits(judged.plan(), judged.build) == [Failed("one", "posterior/one.parquet", WHY)]


@pytest.mark.parametrize(("shown", "text", "value"), [(False, "withheld", None), (True, "72.5", 72.5)])
def test_withheld_number_keeps_its_reason_and_only_in_a_draft_its_value(shown, text, value):
    """Prose that asks for the number gets a word and the reason; other numbers stay as they are."""
    number = {"value": 72.5, "interval": [70, 75], "text": {"en": "72.5", "zh": "72.5"}, "record": "50_first"}
    other = number | {"record": "51_second"}
    found = withheld_numbers({"a": number, "b": other}, {"50_first": WHY}, shown)
    assert (found["a"]["text"]["en"], found["a"]["value"], found["a"]["withheld"]) == (text, value, WHY)
    assert found["b"] == other


def test_withheld_exhibits_are_listed_with_their_reason(small_project):
    """withheld.json names exhibits by their ids, per item where the notebook is repeated."""
    small_project.notebook("60_map", "1", exhibits=["map"], foreach="entity", reads=["ingest/survey.parquet"])
    plan = small_project.plan()
    tasks = withheld([Failed("all", "ingest/survey.parquet", WHY)], plan)
    write_withheld(tasks, plan, small_project.build)
    listed = json.loads((small_project.build / "withheld.json").read_text("utf-8"))["exhibits"]
    assert set(listed) == {"map-a", "map-b"}


@pytest.fixture
def kinds(monkeypatch):
    """The kinds of books that were asked for, in place of building them."""
    asked = []

    def build(edition, root, lineage, kind):
        asked.append(kind)
        return root / "build" / edition.name / "site" / "index.html"

    monkeypatch.setattr("evalcore.pipeline.book.build", build)
    return asked


def reported(project, draft):
    """Report a project."""
    return report(project.edition, project.root, Machinery(), project.told.append, draft)


def test_failed_fit_ends_the_build_with_the_fit_and_its_reason(judged, kinds):
    """The book goes to the failed place, the message names fit and reason, the number is withheld."""
    with pytest.raises(EvalcoreError, match=r"1 fit\(s\) failed(.|\n)*one: R-hat 1.5(.|\n)*--draft"):
        reported(judged, draft=False)
    assert kinds == ["failed"]
    numbers = json.loads((judged.build / "numbers.json").read_text("utf-8"))
    assert {key: number["text"]["en"] for key, number in numbers.items()} == {
        "first": "withheld",
        "second": "1",
        "judged": "1",
    }


def test_draft_is_written_in_spite_of_a_failed_fit_and_says_so(judged, kinds):
    """A draft ends well, shows the number, and tells which fit failed."""
    reported(judged, draft=True)
    assert kinds == ["draft"]
    assert judged.told[-1] == "draft in spite of a failed fit: one: R-hat 1.5, limit 1.01"
    assert json.loads((judged.build / "numbers.json").read_text("utf-8"))["first"]["value"] == 1


def test_nothing_is_withheld_once_the_fit_is_mended(judged, kinds):
    """The next build after a mended fit publishes again, without a trace of the failure."""
    with pytest.raises(EvalcoreError):
        reported(judged, draft=False)
    judged.notebook(
        "39_judge",
        JUDGE.format(bad="none", why=WHY),
        reads=["posterior/one.parquet", "posterior/two.parquet"],
        writes=["checks/verdicts.json"],
        judges=True,
    )
    reported(judged, draft=False)
    assert kinds == ["failed", ""]
    assert "withheld" not in (judged.build / "numbers.json").read_text("utf-8")
    assert json.loads((judged.build / "withheld.json").read_text("utf-8")) == {"exhibits": {}, "tasks": {}}
