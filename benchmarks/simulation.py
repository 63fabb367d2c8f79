"""How long a demonstration year takes to be drawn at full volume, in memory.

    python -m benchmarks.simulation [EDITION ...]

Prints a Markdown table; seconds of the wall and of the processor.
"""

import sys
import time
from pathlib import Path

from evalcore.edition import load_drawn
from evalcore.simulate import simulate

ROOT = Path(__file__).resolve().parent.parent


def main(editions: list[str]) -> None:
    """Draw each edition once and print."""
    print("| edition | rows of all sources | wall s | CPU s |\n|---|---|---|---|")
    for name in editions:
        begun, cpu = time.perf_counter(), time.process_time()
        frames = simulate(load_drawn(name, ROOT)).frames
        wall, cpu = time.perf_counter() - begun, time.process_time() - cpu
        print(f"| {name} | {sum(map(len, frames.values())):,} | {wall:.1f} | {cpu:.1f} |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:] or ["demo-2025", "demo-2024"])
