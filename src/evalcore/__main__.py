"""`python -m evalcore` is the command line."""

from evalcore.cli import main

main()
