"""Two built editions compared, as a page and as a file, and what reviewers signed of it.

`compare_editions(former, edition, root)` finds the differences, `write_diff` writes them, `require_signed` keeps a
final report back until a reviewer has signed what the edition wants signed.
"""

from evalcore.pipeline.diff.difference import Difference, compare_editions, require_signed
from evalcore.pipeline.diff.signoff import sign
from evalcore.pipeline.diff.write import read_diff, write_diff

__all__ = ["Difference", "compare_editions", "read_diff", "require_signed", "sign", "write_diff"]
