"""Part of a simulated year: the rows that a quarter's edition would have had at hand when it was made."""

from dataclasses import replace

import pandas as pd

from evalcore.edition import Edition, Source
from evalcore.simulate.world import World


def within(world: World, edition: Edition) -> World:
    """The world with the edition's sources only, and of their rows only those dated in its periods.

    A source without a date belongs to the year as a whole and is kept as it is.
    """
    frames = {
        name: _within(world.frames[name], source, edition)
        for name, source in edition.sources.items()
        if name in world.frames
    }
    return replace(world, frames=frames)


def _within(frame: pd.DataFrame, source: Source, edition: Edition) -> pd.DataFrame:
    if source.when is None:
        return frame
    if source.types[source.when] == "period":
        return frame[frame[source.when].isin([p.id for p in edition.periods])].reset_index(drop=True)
    days = pd.to_datetime(frame[source.when]).dt.normalize()
    first, last = edition.periods[0].first, edition.periods[-1].last
    return frame[days.between(pd.Timestamp(first), pd.Timestamp(last))].reset_index(drop=True)
