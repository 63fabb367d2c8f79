"""Projects of a few notebooks with a cell or two, on the tiny edition."""

import json
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from nbformat import from_dict

from evalcore.edition import Edition, load_edition
from evalcore.io.manifest import accept
from evalcore.pipeline.machinery import Machinery
from evalcore.pipeline.plan import PlannedTask, make_plan
from evalcore.pipeline.runner import Runner

HEADER = (
    "respondent,shop,goods,submitted_at,age,satisfaction,solved,seconds,paid,comment\n"
    "r1,A,fresh,2025-01-05 10:00:00,young,5,yes,90,1.5,good\n"
    "r2,A,fresh,2025-04-05 10:00:00,old,4,no,95,,\n"
    "r3,B,fresh,2025-01-07 10:00:00,young,3,yes,99,,\n"
    "r4,B,fresh,2025-05-07 10:00:00,old,2,no,91,,\n"
)
ENTRY = {"what": {"en": "answers", "zh": "回答"}, "licence": "none", "date": "2025-07-01", "obtained": "asked"}
PARAMETERS = 'edition = "tiny"\nroot = "."\nitem = None\ninputs = []'
OPEN = 'from evalcore.io import Task\ntask = Task.open("{name}", edition, root, item, inputs)'
ROWS = 'rows = task.read("ingest/survey.parquet")\n'
COUNT = 'import pandas as pd\ncount = pd.DataFrame({"rows": [len(rows)]})\n'


@dataclass
class Project:
    """A checkout with one edition; `told` collects the lines of progress."""

    root: Path
    content: dict
    name: str = "tiny"
    told: list[str] = field(default_factory=list)

    @property
    def build(self) -> Path:
        """Everything generated."""
        return self.root / "build" / self.name

    @property
    def edition(self) -> Edition:
        """The edition as its file says now."""
        return load_edition(self.name, self.root)

    def notebook(self, name: str, *cells: str, parameters: str = PARAMETERS, **declared: object) -> None:
        """Write a notebook: parameters, opening of the task, then the given cells (`cell-1`, `cell-2`, ...)."""
        named = {f"cell-{number}": source for number, source in enumerate(cells, start=1)}
        sources = {"parameters": parameters, "open": OPEN.format(name=name), **named}
        document = {
            "nbformat": 4,
            "nbformat_minor": 5,
            "metadata": {"evalcore": declared, "kernelspec": {"name": "python3", "display_name": "Python 3"}},
            "cells": [_code(id_, source) for id_, source in sources.items()],
        }
        path = self.root / "notebooks" / f"{name}.ipynb"
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(document, indent=1), encoding="utf-8")

    def write_edition(self) -> None:
        """Write the edition's content to its file."""
        path = self.root / "editions" / f"{self.name}.yml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(yaml.safe_dump(self.content, allow_unicode=True, sort_keys=False), encoding="utf-8")

    def write_answers(self, text: str) -> None:
        """Write the survey and accept it."""
        (self.root / "data" / "raw" / self.name / "survey.csv").write_text(text, encoding="utf-8")
        accept(self.edition, self.root)

    def plan(self) -> list[PlannedTask]:
        """The tasks in an order in which they can run."""
        return make_plan(self.edition, self.root)

    def task(self, name: str) -> PlannedTask:
        """One task of the plan."""
        return next(task for task in self.plan() if task.name == name)

    def run(self, **machinery: object) -> list[str]:
        """Bring everything up to date; returns the names of the tasks that ran, sorted."""
        return sorted(Runner(self.edition, self.root, Machinery(**machinery), self.told.append).run())

    def files(self) -> dict[str, bytes]:
        """Every product and its content, by path below the build."""
        kinds = ("ingest", "score", "clean", "numbers", "exhibits", "notebooks")
        found = [path for kind in kinds for path in (self.build / kind).rglob("*") if path.is_file()]
        return {path.relative_to(self.build).as_posix(): path.read_bytes() for path in found}


def _code(id_: str, source: str) -> dict:
    metadata = {"tags": ["parameters"]} if id_ == "parameters" else {}
    return from_dict(
        {"cell_type": "code", "id": id_, "metadata": metadata, "source": source, "outputs": [], "execution_count": None}
    )


def new_project(place: Path, content: dict, root: Path) -> Project:
    """A checkout with the tiny edition, its survey and no notebook; `root` is the project's."""
    made = Project(place, content)
    (place / "src").symlink_to(root / "src")
    (place / "notebooks").mkdir()
    (place / "_config.yml").write_text("title: tiny\n")
    (place / "requirements.lock").write_text("nothing==1\n")
    folder = place / "data" / "raw" / "tiny"
    folder.mkdir(parents=True)
    (folder / "SOURCES.yml").write_text(yaml.safe_dump({"survey.csv": ENTRY}, allow_unicode=True))
    made.write_edition()
    made.write_answers(HEADER)
    return made
