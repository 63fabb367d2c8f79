"""Functions that a notebook names and reaches, found in the source without importing it."""

import pytest

from evalcore.provenance.definitions import Definitions

FILES = {
    "__init__.py": "",
    "score/__init__.py": '"""Scores."""\nfrom evalcore.score.mean import mean\n',
    "score/mean.py": "LIMIT = 3\n\ndef mean(x):\n    return total(x) / LIMIT\n\ndef total(x):\n    return sum(x)\n",
    "score/other.py": "def other():\n    pass\n",
    "score/families.py": (
        "from evalcore.score import mean\nfrom evalcore.score.other import other\n\n"
        'FAMILIES = {"mean": mean}\nSPARE = other\n\ndef choose(name):\n    return FAMILIES[name]\n'
    ),
    "lazy.py": "def late():\n    from evalcore.score.other import other\n    return other()\n",
    "registered.py": (
        "from evalcore.book import register\n\n@register('x')\ndef shown():\n    return hidden()\n\n"
        "def hidden():\n    pass\n\ndef asked():\n    pass\n"
    ),
    "book.py": "def register(name):\n    return lambda f: f\n",
    "thing.py": "import evalcore.lazy\n\nclass Thing:\n    def act(self):\n        return evalcore.lazy.late()\n",
}


@pytest.fixture
def src(tmp_path):
    """A package with re-exports, a registry, a lazy import, a decorator and a class."""
    for name, code in FILES.items():
        path = tmp_path / "src" / "evalcore" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(code)
    return tmp_path / "src"


def names(found):
    """Dotted names without the package."""
    return [definition.name.removeprefix("evalcore.") for definition in found]


def test_each_cell_has_what_it_names(src):
    """A re-exported name is told where it is defined, with file and line; imports of one cell count in the next."""
    cells = {
        "load": "from evalcore.score import mean\nfrom evalcore import thing",
        "go": "mean([1])",
        "pass": "f(mean)",
    }
    found = Definitions(src).named(cells)
    (place,) = found["go"]
    assert (place.name, place.file, place.line) == ("evalcore.score.mean.mean", "src/evalcore/score/mean.py", 3)
    assert found == {"load": [], "go": [place], "pass": [place]}


@pytest.mark.parametrize(
    ("code", "reached"),
    [
        ("from evalcore.score import mean\nmean(1)", ["score.mean.LIMIT", "score.mean.mean", "score.mean.total"]),
        ("from evalcore import score\nscore.mean(1)", ["score.mean.LIMIT", "score.mean.mean", "score.mean.total"]),
        ("from evalcore.lazy import late\nlate()", ["lazy.late", "score.other.other"]),
        ("from evalcore.thing import Thing\nThing().act()", ["lazy.late", "score.other.other", "thing.Thing"]),
        ("import evalcore.score.other as o\no.other()", ["score.other.other"]),
        ("import pandas as pd\npd.DataFrame()", []),
    ],
    ids=["re-export", "package", "lazy", "class", "alias", "other"],
)
def test_what_a_name_names_is_reached(src, code, reached):
    """Through functions, methods, constants and lazy imports."""
    assert names(Definitions(src).reached({"cell": code})) == reached


def test_registry_reaches_what_it_holds_and_nothing_beside_it(src):
    """What is chosen by name at run time counts; a neighbour in the same file does not."""
    found = names(Definitions(src).reached({"cell": "from evalcore.score.families import choose\nchoose('mean')"}))
    assert {"score.families.FAMILIES", "score.mean.total"} <= set(found)
    assert not {"score.families.SPARE", "score.other.other"} & set(found)


def test_decorated_function_is_part_of_its_module(src):
    """A decorator may register it, so whoever uses the module may run it."""
    found = names(Definitions(src).reached({"cell": "from evalcore.registered import asked\nasked()"}))
    assert found == ["book.register", "registered.asked", "registered.hidden", "registered.shown"]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("evalcore.score.mean", "evalcore.score.mean.mean"),
        ("evalcore.score.mean.total", "evalcore.score.mean.total"),
        ("evalcore.thing.Thing.act", "evalcore.thing.Thing"),
        ("evalcore.score.nothing", None),
        ("pandas.DataFrame", None),
    ],
)
def test_definition_is_found_by_its_dotted_name(src, name, found):
    """As written or as re-exported; a method gives its class; the unknown gives nothing."""
    place = Definitions(src).find(name)
    assert (place and place.name) == found
