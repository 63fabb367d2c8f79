"""How a result came about: the lineage of a built edition, from raw files to exhibits and numbers and back.

`read_lineage(edition, root)` reads the tasks' records; everything else asks the `Lineage` it returns.
"""

from evalcore.audit.lineage import Lineage
from evalcore.audit.reading import read_lineage

__all__ = ["Lineage", "read_lineage"]
