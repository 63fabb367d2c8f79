"""Editions that are compared with this one: the year before, with what was called otherwise, and its quarters."""

from typing import TYPE_CHECKING

from pydantic import Field

from evalcore.edition.text import Frozen, Name

if TYPE_CHECKING:
    from evalcore.edition.edition import Edition


class Previous(Frozen):
    """Last year's edition, to compare with.

    `entities` names those that were called otherwise: this year's id -> last year's (one: renamed, several: merged);
    all others keep their id. `redefined` indicators have their code in both years and do not mean the same.
    A change of fewer than `smallest` points of 100 (or, of an indicator, of its score) is not called real.
    """

    edition: Name
    entities: dict[Name, tuple[Name, ...]] = {}
    redefined: tuple[Name, ...] = ()
    smallest: float = Field(default=1.0, ge=0, le=100)


def check_quarters(edition: "Edition") -> None:
    """Each quarter is named once, there are no more than periods, and none is this edition."""
    named = edition.quarters
    if edition.name in named or len(set(named)) < len(named):
        raise ValueError(f"quarters: {', '.join(named)}; name editions of quarters, each once, and not this one")
    if len(named) > len(edition.periods):
        raise ValueError(f"quarters: {len(named)} named; the edition has {len(edition.periods)} periods")


def check_previous(edition: "Edition") -> None:
    """Renamed entities and redefined indicators are this year's, and nobody was two of them last year."""
    if edition.previous is None:
        return
    if edition.previous.edition == edition.name:
        raise ValueError(f"previous.edition: {edition.name} is this edition; name the one before")
    known = {"entities": {e.id for e in edition.entities}, "redefined": set(edition.indicators)}
    for key, ids in known.items():
        unknown = sorted(set(getattr(edition.previous, key)) - ids)
        if unknown:
            raise ValueError(f"previous.{key}: unknown {', '.join(unknown)}; known: {', '.join(sorted(ids))}")
    olds = [old for several in edition.previous.entities.values() for old in several]
    doubled = sorted({old for old in olds if olds.count(old) > 1})
    if doubled:
        raise ValueError(f"previous.entities: {', '.join(doubled)} named more than once; one successor each")
