"""What can be done about a weak indicator, and who says so."""

import string

from pydantic import Field, model_validator

from evalcore.edition.text import Frozen, Name, Text


class Remedy(Frozen):
    """One measure.

    `weak`: indicators it fits, of this framework or of one it came from; none where it takes several entities together.
    `told`: documents it is from. `others`: what somebody reached with it, with ids of published figures in braces, left
    out where these are not collected.
    """

    id: Name
    weak: tuple[Name, ...] = ()
    told: tuple[str, ...] = Field(min_length=1)
    does: Text
    others: Text | None = None

    @property
    def figures(self) -> frozenset[str]:
        """Ids of the published figures that `others` quotes."""
        phrases = (self.others.en, self.others.zh) if self.others else ()
        return frozenset(name for phrase in phrases for _, name, _, _ in string.Formatter().parse(phrase) if name)


class Remedies(Frozen):
    """The list of measures; a page shows those of the `shown` indicators that cost its entity most points."""

    shown: int = Field(default=3, ge=1)
    items: tuple[Remedy, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _once(self) -> "Remedies":
        ids = [remedy.id for remedy in self.items]
        if twice := sorted({id_ for id_ in ids if ids.count(id_) > 1}):
            raise ValueError(f"remedies.items: {', '.join(twice)} stands there twice; keep one")
        return self

    def against(self, indicator: str) -> tuple[Remedy, ...]:
        """Those that fit an indicator, in the order of the list."""
        return tuple(remedy for remedy in self.items if indicator in remedy.weak)
