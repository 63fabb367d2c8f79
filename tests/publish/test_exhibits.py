"""Exhibits: both languages, data, words and a record that leads back to code and inputs."""

import json

import pandas as pd
import pytest
from matplotlib import pyplot

from evalcore import publish
from evalcore.edition import Text
from evalcore.errors import EvalcoreError
from evalcore.pipeline.gate import check_exhibits
from evalcore.tables.table import Table

FRAME = pd.DataFrame({"entity": ["A", "=B"], "low": [-1.25, 70.0]})
FACTS = {"first": Text(en="Shop A", zh="甲"), "last": Text(en="Shop B", zh="乙"), "mean": "34.4"}


def draw(data, words):
    """A bar per row."""
    figure, axes = pyplot.subplots()
    axes.bar(range(len(data)), data["low"])
    axes.set_title(words("score"))
    return figure


def make(data, words):
    """A row per row."""
    rows = tuple((entity, f"{low:.1f}") for entity, low in data.itertuples(index=False))
    return Table((words("entity"), words("score")), rows, (False, True))


def record(task, exhibit):
    """What was written about an exhibit."""
    return json.loads((task.build / "exhibits" / exhibit / "record.json").read_text("utf-8"))


def test_figure_is_drawn_in_both_languages(task):
    """Two pictures, the data as CSV, nothing else; the line for the page says how much."""
    said = publish.figure(task, "summary-scores", draw, FRAME, FACTS)
    folder = task.build / "exhibits" / "summary-scores"
    assert {path.name for path in folder.iterdir()} == {"en.svg", "zh.svg", "data.csv", "record.json"}
    assert (folder / "en.svg").read_bytes() != (folder / "zh.svg").read_bytes()
    assert (folder / "data.csv").read_text("utf-8") == "entity,low\nA,-1.25\n'=B,70.0\n"
    assert said == "figure summary-scores: 2 rows of data, published in en and zh"


def test_record_leads_back_to_cell_and_function(task):
    """Task, notebook and cell, function with file and line; its inputs stand in the task's record alone."""
    publish.figure(task, "summary-scores", draw, FRAME, FACTS)
    found = record(task, "summary-scores")
    assert (found["id"], found["kind"], found["task"]) == ("summary-scores", "figure", "53_scores")
    assert (found["notebook"], found["cell"]) == ("notebooks/53_scores.ipynb", "scores")
    assert found["function"]["name"].endswith("draw")
    assert found["function"]["line"] == draw.__code__.co_firstlineno


def test_record_holds_no_folder_of_the_machine(task, checkout):
    """Paths are relative to the checkout, and a function from elsewhere is named by its file alone."""
    publish.table(task, "composite-ranking", make, FRAME)
    assert record(task, "composite-ranking")["function"]["file"] == "test_exhibits.py"
    assert str(checkout) not in json.dumps(record(task, "composite-ranking"))


def test_caption_and_alt_text_name_the_facts_in_their_language(task):
    """Names of the edition appear as each language writes them."""
    publish.figure(task, "summary-scores", draw, FRAME, FACTS)
    alt = record(task, "summary-scores")["alt"]
    assert "Shop A" in alt["en"]
    assert "34.4" in alt["en"]
    assert "甲" in alt["zh"]


def test_table_holds_formatted_text(task):
    """Labels and alignment per column, rows of text, in both languages."""
    publish.table(task, "composite-ranking", make, FRAME)
    folder = task.build / "exhibits" / "composite-ranking"
    english, chinese = (json.loads((folder / f"{lang}.json").read_text("utf-8")) for lang in ("en", "zh"))
    assert english["columns"] == [{"label": "Name", "align": "left"}, {"label": "Score", "align": "right"}]
    assert english["rows"] == chinese["rows"] == [["A", "-1.2"], ["=B", "70.0"]]
    assert english["columns"] != chinese["columns"]


def test_repeated_notebook_publishes_under_its_item(shop_task):
    """The id takes the item in lower case, the record its name."""
    publish.figure(shop_task, "entity-profile", draw, FRAME, {"name": Text(en="Shop B", zh="乙")})
    found = record(shop_task, "entity-profile-b")
    assert found["id"] == "entity-profile-b"
    assert found["caption"]["zh"].startswith("乙")


def test_published_exhibits_pass_the_gate(task):
    """What these functions write is what the gate asks for."""
    publish.figure(task, "summary-scores", draw, FRAME, FACTS)
    publish.table(task, "composite-ranking", make, FRAME)
    check_exhibits(task.build)


def test_drawing_again_touches_nothing(task):
    """A figure of equal data is equal byte for byte, without date or random ids, and is left alone."""
    publish.figure(task, "summary-scores", draw, FRAME, FACTS)
    folder = task.build / "exhibits" / "summary-scores"
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    publish.figure(task, "summary-scores", draw, FRAME, FACTS)
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def draw_named(data, words):
    """A picture with a name in it that looks like code."""
    figure, axes = pyplot.subplots()
    axes.set_title("<img src=x onerror=alert(1)> --> <script>alert(1)</script>")
    return figure


def test_name_that_looks_like_code_is_only_drawn(task):
    """A label is lines and curves: its text stands nowhere in the picture, and the gate has nothing to object to."""
    publish.figure(task, "summary-scores", draw_named, FRAME, FACTS)
    picture = (task.build / "exhibits" / "summary-scores" / "en.svg").read_text("utf-8")
    assert "alert" not in picture
    assert "<!--" not in picture
    check_exhibits(task.build)


@pytest.mark.parametrize("publishes", [publish.figure, publish.table])
def test_undeclared_exhibit_is_refused(task, publishes):
    """The message lists what the notebook declares; nothing is written."""
    with pytest.raises(EvalcoreError, match=r"publishes exhibit 'other' without declaring it\n  allowed: summary-scor"):
        publishes(task, "other", draw, FRAME)
    assert not (task.build / "exhibits").exists()


def test_figures_are_closed(task):
    """Nothing stays open after publishing, however many figures a notebook has."""
    publish.figure(task, "summary-scores", draw, FRAME, FACTS)
    assert pyplot.get_fignums() == []
