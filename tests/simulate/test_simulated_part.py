"""A quarter's raw data are the year's rows of that quarter, and nothing else."""

from pathlib import Path

import pandas as pd

from evalcore.edition import load_drawn, load_edition
from evalcore.simulate import World, within

TICKETS = pd.DataFrame(
    {"opened_at": pd.to_datetime(["2024-12-31 23:59", "2025-01-01 00:00", "2025-03-31 23:59", "2025-04-01 00:00"])}
)


def test_rows_of_the_quarter_are_kept_and_no_other_source(root: Path):
    """First and last day belong to it, to the last minute; reports by their period; experts are of the year."""
    reports = pd.DataFrame({"period": ["Q1", "Q2"], "numerator": [1, 2]})
    year = World({"tickets": TICKETS, "platform_reports": reports, "experts": reports}, {"seed": 1})
    part = within(year, load_edition("demo-mini-q1", root))
    assert part.frames["tickets"]["opened_at"].dt.day.tolist() == [1, 31]
    assert part.frames["platform_reports"]["numerator"].tolist() == [1]
    assert set(part.frames) == {"tickets", "platform_reports"}
    assert part.truth == year.truth


def test_a_quarter_is_drawn_as_its_year(root: Path):
    """By the year's framework and volume, so that its rows are those the year will have."""
    assert load_drawn("demo-mini-q3", root) == load_drawn("demo-mini", root)
