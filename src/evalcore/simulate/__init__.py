"""The demonstration world: raw sources drawn from a known truth."""

from evalcore.simulate.part import within
from evalcore.simulate.world import World, simulate
from evalcore.simulate.write import write_world

__all__ = ["World", "simulate", "within", "write_world"]
