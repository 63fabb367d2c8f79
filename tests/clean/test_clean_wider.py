"""Sources that tell of more than the evaluated entities."""

import pandas as pd
import pytest

from evalcore.clean import clean
from evalcore.errors import EvalcoreError
from evalcore.ingest import ingest

ROWS = pd.DataFrame({"shop": ["A", ""], "said": ["很好", "店里没人"], "key": ["k1", ""]})


@pytest.fixture
def made(tiny, edition_of):
    """An edition with talks about shops and others; `wider` as given."""

    def edition(wider=True, **columns):
        talks = {
            "shop": {"type": "entity", "blank": True},
            "said": {"type": "text"},
            "key": {"type": "key", "blank": True},
        }
        tiny["sources"]["talks"] = {
            "name": {"en": "talks", "zh": "访谈"}, "perspective": "user", "file": "talks.csv", "wider": wider,
            "columns": talks | columns,
        }  # fmt: skip
        return edition_of(tiny)

    return edition


def test_rows_about_others_belong_to_all(made):
    """A blank shop becomes "all"; no shop is promised a row, and keys stay for joining."""
    edition = made()
    valid = clean(ingest(ROWS, "talks", edition), "talks", edition).valid
    assert list(valid["entity"]) == ["A", "all"]
    assert valid["key"].isna().to_list() == [False, True]


def test_other_sources_promise_a_row_of_every_entity(made):
    """The same rows are refused where the source is not wider."""
    edition = made(wider=False)
    with pytest.raises(EvalcoreError, match="no row for B"):
        ingest(ROWS, "talks", edition)
