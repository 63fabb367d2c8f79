"""What a reviewer is asked to look at when an edition is compared with the one before."""

from typing import Literal

from pydantic import Field

from evalcore.edition.text import Frozen

Kind = Literal["choices", "sources", "numbers", "sentences", "tables", "exhibits", "pages"]
"""What can differ between two editions, in the order in which it is shown."""


class Review(Frozen):
    """From when on a difference counts, and from when on a reviewer has to sign it.

    A number in points or percent differs where it moved by more than `points`, any other where it moved by more than
    `relative` percent of its former value. `sign` gives, per kind, the size above which an item must be signed before
    the report is final; a kind that is not named needs no signature. Sizes: of choices the values changed; of sources
    the percent by which valid rows changed (100 where a column came or went); of numbers how many times they moved by
    what counts; of tables and exhibits the percent of values changed; of pages and sentences the percent of words.
    What came or went altogether is above every size.
    """

    points: float = Field(default=0.1, gt=0)
    relative: float = Field(default=1.0, gt=0)
    sign: dict[Kind, float] = {"choices": 0, "sources": 20, "numbers": 50, "exhibits": 100, "pages": 20}
