"""Figures and tables in both languages, with data and record."""

import inspect
from collections.abc import Callable
from pathlib import Path

import pandas as pd
from matplotlib import pyplot
from matplotlib.figure import Figure

from evalcore.errors import EvalcoreError, say
from evalcore.figures.style import house_style
from evalcore.io.files import write_bytes, write_csv, write_json
from evalcore.io.task import Task
from evalcore.provenance.cells import publishing_cell
from evalcore.provenance.declarations import exhibit_id
from evalcore.publish.svg import svg
from evalcore.tables.table import Table
from evalcore.words import LANGUAGES, Words


def figure(task: Task, exhibit: str, draw: Callable[..., Figure], data: pd.DataFrame, facts: dict | None = None) -> str:
    """Draw and publish a figure.

    Parameters
    ----------
    exhibit : str
        Its id; in a repeated notebook the item is added to it.
    draw : callable
        `draw(data, words)` returns a matplotlib figure; called once per language.
    data : DataFrame
        All that the figure shows, and nothing private; published as CSV.
    facts : dict, optional
        What the caption and the alternative text mention: values, or names in both languages.

    Returns
    -------
    str
        A line for the notebook's page.
    """
    folder = _folder(task, exhibit)
    for lang in LANGUAGES:
        with house_style():
            drawn = draw(data, Words(lang, exhibit, task.edition))
            write_bytes(folder / f"{lang}.svg", svg(drawn))
            pyplot.close(drawn)
    return _finish(task, exhibit, "figure", draw, data, facts)


def table(task: Task, exhibit: str, make: Callable[..., Table], data: pd.DataFrame, facts: dict | None = None) -> str:
    """Publish a table: `make(data, words)` returns its formatted cells; otherwise as `figure`."""
    folder = _folder(task, exhibit)
    for lang in LANGUAGES:
        write_json(folder / f"{lang}.json", make(data, Words(lang, exhibit, task.edition)).as_json())
    return _finish(task, exhibit, "table", make, data, facts)


def _folder(task: Task, exhibit: str) -> Path:
    if exhibit not in task.declaration.exhibits:
        raise EvalcoreError(
            say(
                f"notebook {task.notebook}",
                f"publishes exhibit '{exhibit}' without declaring it",
                ", ".join(task.declaration.exhibits),
            )
        )
    return task.build / "exhibits" / exhibit_id(exhibit, task.item)


def _finish(task: Task, exhibit: str, kind: str, function: Callable, data: pd.DataFrame, facts: dict | None) -> str:
    id_ = exhibit_id(exhibit, task.item)
    write_csv(_folder(task, exhibit) / "data.csv", data)
    write_json(_folder(task, exhibit) / "record.json", _record(task, exhibit, kind, function, facts or {}))
    return f"{kind} {id_}: {len(data)} rows of data, published in {' and '.join(LANGUAGES)}"


def _record(task: Task, exhibit: str, kind: str, function: Callable, facts: dict) -> dict:
    words = {lang: Words(lang, exhibit, task.edition) for lang in LANGUAGES}
    return {
        "id": exhibit_id(exhibit, task.item),
        "kind": kind,
        "task": task.name,
        "notebook": f"notebooks/{task.notebook}.ipynb",
        "cell": publishing_cell(task.root / "notebooks" / f"{task.notebook}.ipynb", exhibit),
        "function": _place(function, task.root),
        "caption": {lang: say_("caption", **facts) for lang, say_ in words.items()},
        "alt": {lang: say_("alt", **facts) for lang, say_ in words.items()},
    }


def _place(function: Callable, root: Path) -> dict:
    file = Path(inspect.getsourcefile(function)).resolve()
    shown = file.relative_to(root) if file.is_relative_to(root) else Path(file.name)
    _, line = inspect.getsourcelines(function)
    return {"name": f"{function.__module__}.{function.__qualname__}", "file": shown.as_posix(), "line": line}
