"""The risk register: what could go wrong, by which sign it would be seen, and who answers for it."""

from pydantic import model_validator

from evalcore.edition.text import Frozen, Name, Text


class Risk(Frozen):
    """One risk; `sign` names what looks for it in the data (`evalcore.chapters.risks`), none where nothing does."""

    id: Name
    kind: Text
    name: Text
    sign: Name | None = None
    effect: Text
    response: Text
    owner: Text
    told: tuple[str, ...] = ()


class Risks(Frozen):
    """All risks, in the order of the register."""

    items: tuple[Risk, ...]

    @model_validator(mode="after")
    def _once(self) -> "Risks":
        ids = [risk.id for risk in self.items]
        if twice := sorted({id_ for id_ in ids if ids.count(id_) > 1}):
            raise ValueError(f"risks.items: {', '.join(twice)} stands there twice; keep one")
        return self
