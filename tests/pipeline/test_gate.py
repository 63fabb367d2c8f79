"""The gate: which notebooks and exhibits never get onto a page."""

import json

import pytest
from matplotlib import pyplot
from nbformat import v4

from evalcore.errors import EvalcoreError
from evalcore.pipeline.gate import check_exhibits, check_notebook

TABLE = (
    "<div>\n<style scoped>\n    .dataframe tbody tr th {\n        vertical-align: top;\n    }\n</style>\n"
    '<table border="1" class="dataframe">\n<thead><tr style="text-align: right;"><th></th><th>score</th></tr></thead>\n'
    "<tbody><tr><th>0</th><td>1 &lt; 2</td></tr></tbody></table>\n</div>"
)


def cell(source="1 + 1", outputs=(), count=1, id_="the-cell", **metadata):
    """A code cell called the-cell."""
    return v4.new_code_cell(source, id=id_, execution_count=count, outputs=list(outputs), metadata=metadata)


def shown(mime, content, **metadata):
    """A displayed output."""
    return v4.new_output("display_data", data={mime: content}, metadata=metadata)


def notebook(*cells):
    """A notebook of these cells."""
    return v4.new_notebook(cells=list(cells))


def with_parameters(declared, injected):
    """A notebook that declares parameters and was given some."""
    first = v4.new_code_cell(declared, id="parameters", execution_count=1, metadata={"tags": ["parameters"]})
    second = v4.new_code_cell(injected, id="given", execution_count=2, metadata={"tags": ["injected-parameters"]})
    return notebook(first, second)


@pytest.mark.parametrize(
    "output",
    [
        v4.new_output("stream", name="stdout", text="done"),
        shown("text/html", TABLE),
        shown("text/html", '<p class="x">See <a href="https://example.org/a">here</a> or <a href="#b">below</a>.</p>'),
        shown("text/html", '<img alt="a dot" src="data:image/png;base64,iVBORw0KGgo=">'),
        shown("text/markdown", "**bold**, 2 < 3, [link](https://example.org) and a <b>word</b>"),
        shown("image/png", "iVBORw0KGgo=", **{"image/png": {"alt": "a dot"}}),
    ],
)
def test_ordinary_outputs_pass(output):
    """Text, tables as pandas writes them, harmless markup and described pictures may become a page."""
    check_notebook(
        notebook(v4.new_markdown_cell("# Title"), cell(outputs=[output]), cell("  ", count=None, id_="blank")), "40_x"
    )


def test_alt_text_may_stand_in_the_cell():
    """The alternative text where myst-nb looks for it is as good as in the output."""
    described = {"mystnb": {"image": {"alt": "a dot"}}}
    check_notebook(notebook(cell(outputs=[shown("image/png", "iVBO")], **described)), "40_x")


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (cell(outputs=[v4.new_output("error", ename="KeyError", evalue="'E1'")]), "stopped with KeyError: 'E1'"),
        (cell(count=None), "was not run"),
        (cell(outputs=[v4.new_output("stream", name="stderr", text="\nslow\n")]), "wrote to stderr: slow"),
        (cell(outputs=[shown("application/javascript", "alert(1)")]), "output of type application/javascript"),
        (cell(outputs=[shown("image/png", "iVBO")]), "without alternative text"),
        (
            cell(outputs=[shown("image/svg+xml", "<svg><script/></svg>", **{"image/svg+xml": {"alt": "x"}})]),
            "unsafe pic",
        ),
    ],
)
def test_broken_cells_stop_the_build(broken, said):
    """An error, a cell that did not run, stderr, an active output or an undescribed picture names notebook and cell."""
    with pytest.raises(EvalcoreError, match="notebook 40_x, cell the-cell") as stopped:
        check_notebook(notebook(broken), "40_x")
    assert said in str(stopped.value)


@pytest.mark.parametrize("mime", ["text/html", "text/markdown"])
@pytest.mark.parametrize(
    "markup",
    [
        "<script>alert(1)</script>",
        "<td>x<scr<style></style>ipt>",
        '<img alt="x" src="x" onerror="alert(1)">',
        '<img alt="x" src="https://example.org/pixel.png">',
        "<img/src=x/onerror=alert(1)>",
        '<a title="<style>" onclick=alert(1) x="</style>">x</a>',
        '<a href="javascript:alert(1)">x</a>',
        '<a href="&#106;avascript:alert(1)">x</a>',
        '<a href="javascript:alert(1)" href="#">x</a>',
        "<https://x/onclick=alert(1)>",
        '<p style="background: url(https://example.org/x)">x</p>',
        '<p style="background: u&#114;l(//example.org)">x</p>',
        "<style>@import 'https://example.org/x.css'</style>",
        "<!-- --!><img src=x onerror=alert(1)> -->",
        "<iframe srcdoc='x'></iframe>",
        "<b onclick='alert(1)'>x</b>",
        "[x](javascript:alert(1))",
    ],
)
def test_unsafe_markup_stops_the_build(markup, mime):
    """Whatever could run or load something is refused, however it is spelt."""
    with pytest.raises(EvalcoreError, match=r"notebook 40_x, cell the-cell: has unsafe markup"):
        check_notebook(notebook(cell(outputs=[shown(mime, markup)])), "40_x")


def test_declared_parameters_pass():
    """What the parameters cell declares may be given, annotated or not."""
    check_notebook(with_parameters("edition = ''\nitem: str | None = None", "edition = 'mini'\nitem = 'A'"), "40_x")


def test_unknown_parameter_stops_the_build():
    """A parameter the notebook does not declare is named together with those it does."""
    with pytest.raises(EvalcoreError, match=r"40_x, cell given: .*unknown parameter 'editon'\n.*allowed: edition"):
        check_notebook(with_parameters("edition = ''", "editon = 'mini'"), "40_x")


def put_exhibit(build, kind="figure", **record):
    """Publish a complete exhibit, its record changed as wished."""
    folder = build / "exhibits" / "composite-rank"
    folder.mkdir(parents=True)
    both = {"en": "words", "zh": "文字"}
    facts = {"id": folder.name, "kind": kind, "task": "53", "notebook": "n", "cell": "c", "function": {}}
    words = {"reason": both} if kind == "absent" else {"caption": both, "alt": both}
    (folder / "record.json").write_text(json.dumps(facts | words | record))
    for name in ("en.svg", "zh.svg", "data.csv") if kind == "figure" else ():
        (folder / name).write_text("<svg/>")
    for name in ("en.json", "zh.json") if kind == "table" else ():
        (folder / name).write_text(json.dumps({"columns": [{}], "rows": [["1"]]}))
        (folder / "data.csv").write_text("")
    return folder


@pytest.mark.parametrize("kind", ["figure", "table", "absent"])
def test_complete_exhibits_pass(tmp_path, kind):
    """A figure, a table and something not collected are complete each in their way."""
    put_exhibit(tmp_path, kind)
    check_exhibits(tmp_path)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"alt": {"en": "words"}}, "has no alt.zh"),
        ({"alt": {}}, "has no alt.en, alt.zh"),
        ({"caption": {"en": "", "zh": "文字"}}, "has no caption.en"),
        ({"kind": "absent", "reason": None}, "has no reason.en, reason.zh"),
        ({"kind": "film"}, "kind 'film'"),
        ({"id": "other"}, "id 'other'"),
    ],
)
def test_incomplete_records_stop_the_build(tmp_path, change, said):
    """Words missing in a language, an unknown kind or another id are said with the exhibit's name."""
    put_exhibit(tmp_path, **change)
    with pytest.raises(EvalcoreError, match="exhibit composite-rank") as stopped:
        check_exhibits(tmp_path)
    assert said in str(stopped.value)


@pytest.mark.parametrize("name", ["record.json", "zh.svg", "data.csv"])
def test_missing_file_stops_the_build(tmp_path, name):
    """Record, pictures of both languages and data all have to be there."""
    (put_exhibit(tmp_path) / name).unlink()
    with pytest.raises(EvalcoreError, match=f"exhibit composite-rank: .*{name}"):
        check_exhibits(tmp_path)


@pytest.mark.parametrize("content", ['<svg onload="x()"/>', '<svg><image href="https://example.org/x.png"/></svg>'])
def test_active_picture_stops_the_build(tmp_path, content):
    """A picture that could run or load something is refused."""
    (put_exhibit(tmp_path) / "en.svg").write_text(content)
    with pytest.raises(EvalcoreError, match=r"exhibit composite-rank: en.svg is unsafe"):
        check_exhibits(tmp_path)


def test_matplotlib_pictures_pass(tmp_path):
    """What matplotlib draws, raster parts and clip paths included, is not mistaken for something active."""
    figure, axes = pyplot.subplots()
    axes.imshow([[1, 2], [3, 4]])
    axes.plot([0, 1], [0, 1], label="on = off")
    axes.legend()
    figure.savefig(put_exhibit(tmp_path) / "en.svg")
    pyplot.close(figure)
    check_exhibits(tmp_path)


def test_ragged_table_stops_the_build(tmp_path):
    """A row with more cells than the table has columns is refused."""
    (put_exhibit(tmp_path, "table") / "zh.json").write_text(json.dumps({"columns": [{}], "rows": [["1", "2"]]}))
    with pytest.raises(EvalcoreError, match=r"zh.json has rows of \[2\] cells"):
        check_exhibits(tmp_path)
