"""Pages in fewer bytes: what is read, heard and linked stays."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "book" / "_ext"))
from evalcore_book.lean import lean

CASES = {
    "cell": ('<td class="text-right"><p>72.5</p>\n</td>', '<td class="text-right">72.5</td>'),
    "paragraphs": ("<td><p>a</p>\n<p>b</p>\n</td>", "<td><p>a</p>\n<p>b</p></td>"),
    "code": (
        '<code class="docutils literal notranslate"><span class="pre">a</span> <span class="pre">b</span></code>',
        "<code>a b</code>",
    ),
    "kind": ('<code class="command docutils literal notranslate">x</code>', '<code class="command">x</code>'),
    "words": ("<p>one\n   two</p>\n\n  <p>three</p>", "<p>one\ntwo</p>\n<p>three</p>"),
    "listing": (
        '<pre>\n\n<span class="k">def</span>  <span class="n">f</span></pre>',
        '<pre>\n\n<span class="k">def</span>  f</pre>',
    ),
    "script": ("<script>\n\n  a;  <!-- b -->\n</script>", "<script>\n\n  a;  <!-- b -->\n</script>"),
    "link": ('<a class="reference internal" href="a.html">a</a>', '<a href="a.html">a</a>'),
    "download": ('<a class="reference download internal" href="a.csv">a</a>',) * 2,
}


@pytest.mark.parametrize("case", CASES)
def test_page_loses_what_nobody_needs_and_nothing_else(case):
    """White space between words stays one; listings and scripts keep theirs."""
    html, expected = CASES[case]
    assert lean(html) == expected
