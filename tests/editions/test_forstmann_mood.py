"""The published counts of mood: one column per group, each count so many rows."""

from pathlib import Path

import pandas as pd
import pytest

from evalcore.edition import Edition, load_edition
from evalcore.errors import EvalcoreError
from evalcore.ingest import ingest
from evalcore.ingest.columns import ColumnMap
from evalcore.io.manifest import read_map, read_raw


@pytest.fixture(scope="module")
def edition(root: Path) -> Edition:
    """The edition."""
    return load_edition("forstmann-mood", root)


@pytest.fixture(scope="module")
def mapping(root: Path) -> ColumnMap:
    """The committed map."""
    return read_map("forstmann-mood", root)


def test_every_counted_person_is_a_row(root: Path, shared_data: Path, edition: Edition, mapping: ColumnMap) -> None:
    """1,160 rows, by group and mood as in the file, each under the row of the file it was counted in."""
    people = ingest(read_raw(edition, "survey", root), "survey", edition, mapping)
    plain = pd.read_csv(shared_data / "forstmann-mood" / "mood_by_h24_counts.csv", index_col="mood")
    found = people.value_counts(["mood", "h24"]).unstack(fill_value=0)
    assert len(people) == 1160
    assert found["no"].to_list() == plain["h24_no"].to_list()
    assert found["yes"].to_list() == plain["h24_yes"].to_list()
    assert (people["row"] == people["mood"] + 1).all()


@pytest.mark.parametrize("wrong", ["-1", "2.5", "", "many"])
def test_counts_that_count_nobody_are_refused(edition: Edition, mapping: ColumnMap, wrong: str) -> None:
    """Negative, fractional, missing: row and value are named."""
    raw = pd.DataFrame({"mood": ["1", "2"], "h24_no": ["5", wrong], "h24_yes": ["1", "1"]})
    message = rf"mood_by_h24_counts.csv, row 3, counts 'people': '{wrong}'\n.*allowed: whole numbers of 0 or more"
    with pytest.raises(EvalcoreError, match=message):
        ingest(raw, "survey", edition, mapping)


def test_a_group_without_its_column_is_refused(edition: Edition, mapping: ColumnMap) -> None:
    """The edition evaluates two groups."""
    with pytest.raises(EvalcoreError, match="no row for yes"):
        ingest(pd.DataFrame({"mood": ["1"], "h24_no": ["5"]}), "survey", edition, mapping)
