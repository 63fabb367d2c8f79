"""Figures as short SVG: the same picture, names and places resolved."""

import io
import re

import numpy as np
import pytest
import resvg_py
from matplotlib import pyplot
from PIL import Image

from evalcore.figures.style import house_style
from evalcore.publish.svg import shortened, svg


@pytest.fixture
def drawn():
    """A figure with text in both scripts, turned text, markers, curves, a clipped line and an image."""
    with house_style():
        figure, axes = pyplot.subplots(figsize=(4, 3))
        axes.plot(np.linspace(0, 7, 50), np.sin(np.linspace(0, 7, 50)), marker="o")
        axes.fill_between([1, 2, 3], [0, 0.2, 0.1], alpha=0.4)
        axes.imshow([[0, 1]], extent=(3, 4, -1, 0), aspect="auto")
        axes.set(xlim=(0, 5), title="Score 综合得分", ylabel="turned by 90°")
        yield figure
        pyplot.close(figure)


def pixels(picture):
    """The picture twice as large, in grey."""
    options = {"zoom": 2, "dpi": 96, "skip_system_fonts": True, "background": "#ffffff"}
    return np.asarray(
        Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=picture, **options)))).convert("L"), int
    )


def test_short_picture_looks_like_the_long_one(drawn):
    """Of all dots at twice a screen's fineness, not one in a thousand differs by a fourth of black."""
    long = io.StringIO()
    drawn.savefig(long, format="svg", metadata={"Date": None, "Creator": None})
    short = svg(drawn).decode()
    assert len(short) < 0.6 * len(long.getvalue())
    assert (abs(pixels(short) - pixels(long.getvalue())) > 64).mean() < 1e-3


def test_every_name_that_is_called_is_there(drawn):
    """Glyphs, markers and clips are found under their short names, each once."""
    short = svg(drawn).decode()
    names = re.findall(r' id="([^"]+)"', short)
    assert len(names) == len(set(names))
    assert set(re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)', short)) >= {(names[0], "")}
    assert {a or b for a, b in re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)', short)} == set(names)
    assert "<!--" not in short
    assert "metadata" not in short


def test_points_do_not_drift():
    """Three thousand steps of a third of a hundredth end where they should: points are rounded, steps are not."""
    path = "M 0 0 " + " ".join(f"L {i / 300} 0" for i in range(3001))
    short = shortened(f'<svg ><path d="{path}"/></svg>')
    steps = [float(x) for x in re.findall(r"l([-\d.]+) ", short)]
    assert sum(steps) == pytest.approx(10, abs=0.005)
