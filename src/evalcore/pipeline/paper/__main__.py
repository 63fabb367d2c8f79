"""`python -m evalcore.pipeline.paper EDITION [--draft]`: what `make pdf` calls after the report."""

import argparse
import sys
from pathlib import Path

from evalcore.edition import load_edition
from evalcore.errors import EvalcoreError
from evalcore.pipeline.paper import write_pdf
from evalcore.words import LANGUAGES


def main() -> int:
    """Print the built book of each language and print the paths; 1 where that cannot be done."""
    parser = argparse.ArgumentParser(prog="python -m evalcore.pipeline.paper", description=__doc__)
    parser.add_argument("edition")
    parser.add_argument("--draft", action="store_true", help="print the draft instead of the site")
    given, root = parser.parse_args(), Path.cwd()
    try:
        edition = load_edition(given.edition, root)
        for lang in LANGUAGES:
            print(write_pdf(edition, root, lang, "draft" * given.draft).relative_to(root))
    except EvalcoreError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
