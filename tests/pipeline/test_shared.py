"""What two books have alike stands once, and both still find it."""

import pytest

from evalcore.pipeline.book.shared import holds, share

PAGE = (
    '<link href="{up}_static/style.css?v=1"/><script src="{up}search.js"></script>'
    ' <a href="{up}_downloads/1/a.csv">a</a>'
)


@pytest.fixture
def books(tmp_path):
    """Two books with one style and one download alike, and words of their own for the search."""
    for lang in ("en", "zh"):
        for name, up in (("index.html", ""), ("parts/a.html", "../")):
            (tmp_path / lang / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / lang / name).write_text(PAGE.format(up=up))
        for name, content in (("_static/style.css", "p {}"), ("_downloads/1/a.csv", "1"), ("search.js", lang)):
            (tmp_path / lang / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / lang / name).write_text(content)
    return tmp_path / "en", tmp_path / "zh"


def test_pages_of_the_second_book_lead_to_the_first(books):
    """From any depth; what differs stays, and a link keeps what follows its path."""
    first, book = books
    share(book, first, "en")
    left = {path.relative_to(book).as_posix() for path in book.rglob("*") if path.is_file()}
    assert left == {"index.html", "parts/a.html", "search.js"}
    assert '"../en/_static/style.css?v=1"' in (book / "index.html").read_text()
    assert '"../../en/_downloads/1/a.csv"' in (book / "parts/a.html").read_text()
    assert '"../search.js"' in (book / "parts/a.html").read_text()


def test_a_first_book_that_lost_a_file_does_not_hold_the_second(books):
    """Then the second has to be built again."""
    first, book = books
    share(book, first, "en")
    assert holds(first, book, "en")
    (first / "_downloads/1/a.csv").unlink()
    assert not holds(first, book, "en")
