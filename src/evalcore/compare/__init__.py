"""Years side by side: results an edition leaves behind, last year under this framework, what a change is made of."""

from evalcore.compare.results import Results, collect, read_results
from evalcore.compare.years import Years, compare_years

__all__ = ["Results", "Years", "collect", "compare_years", "read_results"]
