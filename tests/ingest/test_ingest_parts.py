"""A source that is read part by part is the source read at once."""

from itertools import pairwise

import pandas as pd
import pytest

from evalcore.errors import EvalcoreError
from evalcore.ingest import ingest, ingest_parts
from evalcore.ingest.seen import Seen


@pytest.fixture
def raw(survey_text: str) -> pd.DataFrame:
    """The survey as read, all text."""
    header, *rows = (line.split(",") for line in survey_text.splitlines())
    return pd.DataFrame(rows, columns=header)


def cut(frame: pd.DataFrame, *places: int) -> list[pd.DataFrame]:
    """Pieces of a frame, each with rows counted from 0 as a file has them."""
    bounds = [0, *places, len(frame)]
    return [frame.iloc[a:b].reset_index(drop=True) for a, b in pairwise(bounds)]


@pytest.mark.parametrize("places", [(), (1,), (2,), (1, 3), (2, 2)])
def test_parts_together_are_the_whole(raw, tiny_edition, places):
    """Values, types and rows of the file; an empty part counts for nothing."""
    pieces = list(ingest_parts(cut(raw, *places), "survey", tiny_edition))
    pd.testing.assert_frame_equal(pd.concat(pieces, ignore_index=True), ingest(raw, "survey", tiny_edition))


def test_message_names_the_row_of_the_whole(raw, tiny_edition):
    """A bad value in the second part, fourth row of the source, fifth line with the header."""
    raw.loc[3, "solved"] = "maybe"
    with pytest.raises(EvalcoreError, match=r"column solved.*row 5"):
        list(ingest_parts(cut(raw, 2), "survey", tiny_edition))


def test_value_that_must_be_unique_is_refused_across_parts(raw, tiny, edition_of):
    """The second occurrence is named, in whatever part it lies."""
    tiny["sources"]["survey"]["columns"]["respondent"]["unique"] = True
    raw.loc[3, "respondent"] = "r1"
    with pytest.raises(EvalcoreError, match=r"column respondent, row 5: 'r1' occurs more than once \(1 such value"):
        list(ingest_parts(cut(raw, 1, 2), "survey", edition_of(tiny)))


def test_entity_may_lie_in_any_part_but_not_in_none(raw, tiny_edition):
    """The whole is judged after the last part."""
    with pytest.raises(EvalcoreError, match=r"no row for B, which the edition evaluates"):
        list(ingest_parts(cut(raw[raw["shop"] == "A"], 1), "survey", tiny_edition))


def test_source_without_rows_is_refused(raw, tiny_edition):
    """Empty parts are no rows."""
    with pytest.raises(EvalcoreError, match="the file has no rows"):
        list(ingest_parts([raw.iloc[:0], raw.iloc[:0]], "survey", tiny_edition))


def test_keys_are_met_again_in_later_parts_only():
    """Within a part nothing is met; a missing value in a key is met by nothing."""
    parts = [
        pd.DataFrame({"a": ["x", "y", "y", None], "b": [1, 2, 2, 3]}),
        pd.DataFrame({"a": ["y", "y", "x", None], "b": [2, 3, 1, 3]}),
        pd.DataFrame({"a": ["y", "z"], "b": [3, 1]}),
    ]
    seen = Seen()
    assert [seen.met(part).tolist() for part in parts] == [
        [False, False, False, False],
        [True, False, True, False],
        [True, False],
    ]
