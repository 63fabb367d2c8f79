"""What a process held at most."""

import re
import resource
import sys
from pathlib import Path


def peak_mb() -> float:
    """Largest resident size of this process so far, in MB.

    Linux's `ru_maxrss` would be no less than that of the process that started this one.
    """
    if sys.platform == "darwin":
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    return int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text("ascii"))[1]) / 2**10
