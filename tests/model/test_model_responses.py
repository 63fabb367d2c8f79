"""Counting answers per cell and level."""

import ibis
import pandas as pd
import pytest

from evalcore.errors import EvalcoreError
from evalcore.model import ordinal_counts

ANSWERS = pd.DataFrame(
    {
        "entity": ["A", "A", "A", "B", "B", "B"],
        "age": ["young", "young", None, "old", "old", "young"],
        "csat": [5, 5, 4, 1, None, 3],
    }
).astype({"csat": "Int64"})


def table(frame: pd.DataFrame):
    """An Ibis table on DuckDB."""
    return ibis.memtable(frame)


def test_counts_agree_with_plain_pandas():
    """Respondents per cell and level, those without an answer left out, as pandas counts them."""
    counted = ordinal_counts(table(ANSWERS), "csat", ["entity", "age"], range(1, 6))
    plain = ANSWERS.dropna(subset="csat").fillna({"age": "unknown"}).value_counts(["entity", "age", "csat"])
    assert counted.set_index(["entity", "age", "level"])["n"].to_dict() == plain.to_dict()
    assert counted["n"].dtype == "int64"
    assert set(counted["item"]) == {"csat"}


def test_a_missing_segment_is_a_group_of_its_own():
    """Who did not tell their age is counted as 'unknown', neither dropped nor guessed."""
    counted = ordinal_counts(table(ANSWERS), "csat", ["entity", "age"], range(1, 6))
    assert counted.loc[counted["age"] == "unknown", ["entity", "level", "n"]].to_numpy().tolist() == [["A", 4, 1]]


def test_an_answer_off_the_scale_is_refused():
    """The message names the item, the value and the scale."""
    with pytest.raises(EvalcoreError, match=r"answers to 'csat': the value 5\n.*allowed: the levels 1, 2, 3, 4"):
        ordinal_counts(table(ANSWERS), "csat", ["entity"], range(1, 5))


def test_a_fractional_answer_is_refused():
    """Half a step is no level."""
    with pytest.raises(EvalcoreError, match=r"the value 2\.5"):
        ordinal_counts(table(ANSWERS.assign(csat=[5, 5, 4, 1, 2.5, 3])), "csat", ["entity"], range(1, 6))
