"""Nobody can be found in what is published: neither by a value of the raw data nor by subtracting what is shown."""

import json
import re
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml
from scipy.optimize import linprog

from checkouts import Checkout, made_once

pytestmark = pytest.mark.slow
PUBLISHED = ("exhibits", "numbers", "notebooks", "book-src", "site")
TEXT = {".json", ".csv", ".svg", ".html", ".ipynb", ".md", ".js", ".txt", ".yml"}
PLANTED = ["欧阳明月", "Wilhelmina Featherstone", "幸福路88号院6单元", "13912345678", "139 1234 5678", "moon_ouyang"]
"""A name in two scripts, an address, a telephone number in two writings and an account, as people write them."""
STORY = "我叫{0}（{1}），住{2}，电话{3}或{4}，微信{5}。"
SAME_ROWS = [("E1", "E2"), ("E1", "E3"), ("E1", "E4"), ("R4", "S6"), ("S3", "S4")]
"""Indicators counted among the same rows: who knows one count knows the other."""
OF_PERSONS = ["R1", "R4", "R5", "R6", "S1", "S2", "S3", "S4", "S5", "S6", "S7", "E1", "E2", "E3", "E4"]


@pytest.fixture(scope="module")
def careful(built: Checkout, shared_folder: Path) -> Checkout:
    """The miniature with a minimum that some of its cells miss, and people who write about themselves."""
    folder = shared_folder / "careful"
    checkout = Checkout(folder / "copy")

    def build() -> None:
        shutil.copytree(built.root, checkout.root)
        least = sorted(counts(built)[lambda n: n > 0])[3] + 1
        checkout.replace("editions/demo-mini.yml", "minimum_cell: 10", f"minimum_cell: {least}")
        path = checkout.root / "data/raw/demo-mini/survey.csv"
        survey = pd.read_csv(path, encoding="utf-8-sig", dtype=str, keep_default_na=False)
        for column in (name for name in survey if name.startswith("open_")):
            survey.loc[survey.index[::50], column] = STORY.format(*PLANTED)
        survey.to_csv(path, index=False, encoding="utf-8-sig")
        checkout.evalcore("sources", "accept", "demo-mini")
        checkout.evalcore("report", "demo-mini")

    made_once(folder, build)
    return checkout


def counts(checkout: Checkout) -> pd.Series:
    """True number of rows by indicator, entity and category, from the cells; 0 where there is none."""
    cells = pd.read_parquet(checkout.build / "indicators" / "cells.parquet")
    main = cells[(cells["part"] == 0) & cells["indicator"].isin(OF_PERSONS)]
    found = main.groupby(["indicator", "entity", "category"])["n"].sum()
    return found.reindex(pd.MultiIndex.from_product(found.index.levels), fill_value=0)


def published(checkout: Checkout) -> dict[str, str]:
    """Path -> text of everything that leaves the house."""
    files = [path for folder in PUBLISHED for path in (checkout.build / folder).rglob("*") if path.suffix in TEXT]
    files.append(checkout.build / "numbers.json")
    return {path.relative_to(checkout.build).as_posix(): path.read_text("utf-8") for path in files}


def private_values(checkout: Checkout) -> set[str]:
    """Every value of every column that the edition calls an id or a key; shorter ones could be any word."""
    sources = yaml.safe_load((checkout.root / "editions/demo-2025.yml").read_text("utf-8"))["sources"]
    found: set[str] = set()
    for source in sources.values():
        path = checkout.root / "data/raw/demo-mini" / source["file"]
        private = [n for n, column in source["columns"].items() if column["type"] == "id" or n.endswith("_key")]
        if private and path.suffix in READ and path.is_file():
            frame = READ[path.suffix](path)
            found |= {str(value) for value in frame[private].to_numpy().ravel() if len(str(value)) > 4}
    return found - {"<NA>"}


READ = {".csv": lambda path: pd.read_csv(path, encoding="utf-8-sig", dtype=str), ".parquet": pd.read_parquet}


def test_no_private_value_is_published(careful: Checkout) -> None:
    """No id of a person, device, address, ticket, visit or review, and no key that links them."""
    private = private_values(careful)
    assert len(private) > 10_000
    words = {name: set(re.findall(r"[A-Za-z0-9][A-Za-z0-9.@_+-]*", text)) for name, text in published(careful).items()}
    assert {name: sorted(private & found)[:3] for name, found in words.items() if private & found} == {}


@pytest.mark.parametrize("value", PLANTED)
def test_what_people_wrote_about_themselves_is_not_published(careful: Checkout, value: str) -> None:
    """Names, addresses, telephone numbers and accounts of open answers, by value."""
    assert [name for name, text in published(careful).items() if value in text] == []


def test_no_small_count_follows_from_what_is_published(careful: Checkout) -> None:
    """All published counts as equations: every hidden count could be another number as well."""
    truth = counts(careful)
    place = {cell: number for number, cell in enumerate(truth.index)}
    equations = _equations(careful, place)
    matrix, sums = np.array([row for row, _ in equations]), np.array([value for _, value in equations])
    np.testing.assert_array_equal(matrix @ truth.to_numpy(), sums)  # what is published is true
    least = yaml.safe_load((careful.root / "editions/demo-mini.yml").read_text("utf-8"))["minimum_cell"]
    small = truth[(truth > 0) & (truth < least)]
    assert len(small) > 3
    told = {cell: _range(place[cell], matrix, sums) for cell in small.index}
    assert {cell: span for cell, span in told.items() if span[1] - span[0] < 1} == {}


def _equations(checkout: Checkout, place: dict[tuple, int]) -> list[tuple[np.ndarray, int]]:
    """Row of coefficients and known sum, for each count in a table or among the numbers, and for rows counted twice."""
    entities, categories = ({cell[k] for cell in place} for k in (1, 2))
    found = []
    for path in sorted((checkout.build / "exhibits").glob("*/data.csv")):
        table = pd.read_csv(path)
        if {"indicator", "n", "status"} <= set(table.columns):
            one = {path.parent.name.rsplit("-", 1)[1].upper()} if "entity" not in table else set()
            for row in table[table["status"].eq("measured") & table["indicator"].isin(OF_PERSONS)].itertuples():
                of, groups = one or {row.entity}, {row.group} if hasattr(row, "group") else categories
                found.append((_row(place, {row.indicator}, of, groups), row.n))
    valid = json.loads((checkout.build / "numbers.json").read_text("utf-8"))["data.survey.valid"]["value"]
    found.append((_row(place, {"E1"}, entities, categories), valid))
    for one, other in SAME_ROWS:
        for entity, category in ((e, c) for e in entities for c in categories):
            same = [_row(place, {name}, {entity}, {category}) for name in (one, other)]
            found.append((same[0] - same[1], 0))
    return found


def _row(place: dict[tuple, int], indicators: set, entities: set, categories: set) -> np.ndarray:
    chosen = [i in indicators and e in entities and c in categories for i, e, c in place]
    return np.array(chosen, dtype=int)


def _range(cell: int, matrix: np.ndarray, sums: np.ndarray) -> tuple[float, float]:
    """Least and most that a cell can hold under the equations; infinite where they do not bind it."""
    aim = np.eye(matrix.shape[1])[cell]
    least, most = (linprog(sign * aim, A_eq=matrix, b_eq=sums) for sign in (1, -1))
    return least.fun if least.status == 0 else -np.inf, -most.fun if most.status == 0 else np.inf
