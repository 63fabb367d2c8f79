"""From which probability on the report says that one is ahead of another."""

from typing import Annotated

from pydantic import Field, model_validator

from evalcore.edition.text import Frozen

Chance = Annotated[float, Field(ge=0.5, le=1)]
"""A probability of the likelier order of two: below one half it would be the other order."""


class Grammar(Frozen):
    """Thresholds for sentences about order; each holds for the probability of the likelier order of a pair.

    `ahead` and more: "ahead of". `probably` and more: "probably ahead of". Less: "cannot be told apart from"; and less
    than `tied`: "tied with", where neither order is to be preferred.
    """

    ahead: Chance = 0.95
    probably: Chance = 0.8
    tied: Chance = 0.6

    @model_validator(mode="after")
    def _fall(self) -> "Grammar":
        if not self.ahead > self.probably > self.tied:
            raise ValueError(
                f"thresholds must fall: ahead {self.ahead:g}, probably {self.probably:g}, tied {self.tied:g}; "
                "they are probabilities of the likelier order, 0.5 to 1"
            )
        return self
