"""A source that comes as a folder of Parquet parts, from the raw folder to the scores."""

import pandas as pd
import pytest

from checkouts import Checkout

pytestmark = pytest.mark.slow
STEP = 7_000
"""Rows a part; the miniature's tickets make several."""


def test_tickets_in_parts_give_the_results_of_tickets_in_one_file(copied_few: Checkout) -> None:
    """Ingested and cleaned part by part: the same cells and scores; what tells of the files alone differs."""
    before = copied_few.hashes("indicators", "score", "weights")
    raw = copied_few.root / "data/raw/few/tickets.parquet"
    tickets = pd.read_parquet(raw)
    raw.unlink()
    raw.mkdir()
    for number, first in enumerate(range(0, len(tickets), STEP)):
        tickets.iloc[first : first + STEP].to_parquet(raw / f"part-{number}.parquet", index=False)
    assert "tickets.parquet: " in copied_few.evalcore("sources", "accept", copied_few.edition)
    copied_few.report()
    assert len(list((copied_few.build / "clean/tickets.parquet").iterdir())) == number + 1 > 2
    assert copied_few.hashes("indicators", "score", "weights") == before
    (raw / "part-1.parquet").unlink()
    assert "SHA-256 of the values is" in copied_few.report(code=1)
