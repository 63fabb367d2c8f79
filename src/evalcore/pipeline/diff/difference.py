"""All that differs between an edition and a former one, with what of it is signed."""

from dataclasses import dataclass
from pathlib import Path

from evalcore.edition import Edition
from evalcore.errors import EvalcoreError, say
from evalcore.pipeline.diff.items import Item, find_items
from evalcore.pipeline.diff.sides import Side, read_side
from evalcore.pipeline.diff.signoff import SignOff, read_signoff

SHOWN = 30
"""Items a refusal names before it says how many more there are."""


@dataclass(frozen=True)
class Difference:
    """What differs between two builds, and who signed what of it."""

    old: Side
    new: Side
    items: list[Item]
    signed: SignOff

    def state(self, item: Item) -> str:
        """Of its signature: "signed", "void" (it has changed since), "open" (one is wanted) or "" (none is)."""
        found = self.signed.items.get(item.id)
        if found is not None and found.sha256 == item.sha256:
            return "signed"
        return "void" if found is not None else "open" if item.above(self.new.edition.review) else ""

    def unsigned(self) -> list[Item]:
        """Items above the edition's threshold that nobody has signed as they are."""
        review = self.new.edition.review
        return [item for item in self.items if item.above(review) and self.state(item) != "signed"]

    def gone(self) -> list[str]:
        """Signed items that differ no longer."""
        return sorted(set(self.signed.items) - {item.id for item in self.items})

    def as_json(self) -> dict:
        """For machines: every item with its hash, size (None: above every size), signature and details."""
        return {
            "former": self.old.edition.name,
            "edition": self.new.edition.name,
            "review": self.new.edition.review.model_dump(),
            "items": [self._item(item) for item in self.items],
            "void": self.void(),
        }

    def void(self) -> list[str]:
        """Sign-offs that hold no longer, because their item differs otherwise now or not at all."""
        return sorted([*self.gone(), *(item.id for item in self.items if self.state(item) == "void")])

    def _item(self, item: Item) -> dict:
        state, found = self.state(item), self.signed.items.get(item.id)
        return {
            "id": item.id,
            "verdict": item.verdict,
            "size": None if item.size == float("inf") else round(item.size, 6),
            "to_sign": item.above(self.new.edition.review),
            "state": state,
            "signature": found.model_dump(mode="json") if found else None,
            "sha256": item.sha256,
            "detail": item.detail,
        }


def compare_editions(former: Edition, edition: Edition, root: Path) -> Difference:
    """Compare two finished builds, the former first.

    Raises
    ------
    EvalcoreError
        One of them is missing, half built or failed, or both are the same edition.
    """
    if former.name == edition.name:
        raise EvalcoreError(say("diff", f"both editions are {edition.name}", "two editions"))
    old, new = read_side(former, root), read_side(edition, root)
    return Difference(old, new, find_items(old, new), read_signoff(edition.name, former.name, root))


def require_signed(found: Difference, page: str) -> None:
    """Refuse a final report while items above the threshold are unsigned.

    Raises
    ------
    EvalcoreError
        Naming them, and void sign-offs with who gave them.
    """
    unsigned, edition = found.unsigned(), found.new.edition.name
    if not unsigned:
        return
    lines = [f"{item.id}{_void(found, item)}" for item in unsigned[:SHOWN]]
    lines += [f"and {len(unsigned) - SHOWN} more"] if len(unsigned) > SHOWN else []
    what = f"{len(unsigned)} item(s) differ from {found.old.edition.name} by more than the threshold and are not signed"
    remedy = f'look at {page}, then `evalcore sign {edition} ITEM --by NAME --remark "..."`'
    raise EvalcoreError(say(f"{edition} is not final", "\n    ".join([f"{what}:", *lines]), remedy=remedy))


def _void(found: Difference, item: Item) -> str:
    given = found.signed.items.get(item.id)
    return f" (the sign-off by {given.by} of {given.date} is void: the item has changed since)" if given else ""
