"""Search in Chinese: single characters and pairs are indexed, and a query is cut into pairs by the browser too.

Sphinx' own class cuts the index into dictionary words with jieba, but not the query, so that 各平台 finds nothing.
"""

import re

from sphinx.application import Sphinx
from sphinx.search.en import SearchEnglish

RUNS = re.compile("[\u3400-\u9fff]+|[^\\W\u3400-\u9fff]+")
"""Runs of Chinese characters, and words of anything else."""

SPLIT_QUERY = r"""
var splitQuery = (query) => query
  .split(/[^\p{L}\p{N}_]+/u)
  .flatMap((word) => word.match(/[\u3400-\u9fff]+|[^\u3400-\u9fff]+/g) || [])
  .flatMap((run) => /^[\u3400-\u9fff]{2}/.test(run) ? Array.from(run.slice(1), (next, i) => run[i] + next) : [run]);
"""
"""What the browser does with a query: the pairs of a run, a lone character as it is, other words whole."""


class SearchHanzi(SearchEnglish):
    """Chinese by characters and pairs, Latin words as in English."""

    lang = "zh"
    language_name = "Chinese"
    js_splitter_code = SPLIT_QUERY

    def split(self, input: str) -> list[str]:
        """Return the terms of a text."""
        return [term for run in RUNS.findall(input) for term in _terms(run)]

    def word_filter(self, word: str) -> bool:
        """Keep every term but English stop words, of one letter too."""
        return bool(word) and word not in self.stopwords


def _terms(run: str) -> list[str]:
    if not "\u3400" <= run[0] <= "\u9fff":
        return [run]
    return [*run, *(run[i : i + 2] for i in range(len(run) - 1))]


def setup(app: Sphinx) -> None:
    """Take the place of Sphinx' class for books in Chinese."""
    app.add_search_language(SearchHanzi)
