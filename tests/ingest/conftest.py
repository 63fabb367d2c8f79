"""A survey of four rows as text, and the ways it is read."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from evalcore.edition import Edition
from evalcore.errors import EvalcoreError
from evalcore.ingest import ingest
from evalcore.ingest.columns import ColumnMap
from evalcore.io.raw import read_file

HEADER = "respondent,shop,goods,submitted_at,age,satisfaction,solved,seconds,paid,comment"
ROWS = (
    "r1,A,fresh,2025-01-01 00:00:00,young,5,yes,100,12.50,很好",
    "r2,A,fresh,2025-03-31 23:59:59,old,4,no,200,,太慢",
    "r3,B,,2025-04-01 00:00:00,young,3,yes,300,-1.2,",
    "r4,B,fresh,2025-06-30 23:59:59,old,1,no,59,1000,还行",
)
SURVEY = "\n".join((HEADER, *ROWS)) + "\n"

Read = Callable[..., pd.DataFrame]
Refuse = Callable[..., str]


@pytest.fixture
def survey_text() -> str:
    """The survey as CSV."""
    return SURVEY


@pytest.fixture
def read(tmp_path: Path, tiny_edition: Edition) -> Read:
    """Content of survey.csv (text or bytes) -> the ingested frame."""

    def ingested(
        content: str | bytes, edition: Edition = tiny_edition, mapping: ColumnMap | None = None
    ) -> pd.DataFrame:
        source = edition.sources["survey"]
        path = tmp_path / source.file
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return ingest(read_file(path, source), "survey", edition, mapping)

    return ingested


@pytest.fixture
def refusal(read: Read) -> Refuse:
    """Content of survey.csv -> the message that refuses it."""

    def message(*content: object, **options: object) -> str:
        with pytest.raises(EvalcoreError) as caught:
            read(*content, **options)
        return str(caught.value)

    return message
