"""A figure as SVG: what matplotlib writes, in half the bytes and the same to the eye."""

import re
from io import BytesIO

from matplotlib.figure import Figure

UNSEEN = re.compile(r"\A.*?(?=<svg )|<!--.*?-->|<metadata>.*?</metadata>|(?<=>)\s+(?=<)", re.DOTALL)
"""Prolog, comments (they repeat every label, which the gate would take for code), metadata, white space."""
PATH = re.compile(r' d="([^"]*)"( transform="scale\(0\.015625\)")?')
STEP = re.compile(r"([MLQCz])([^MLQCz]*)")
PLACE = re.compile(r"(?:scale|matrix)\([^)]*\)|(?<![\w#.])-?\d+\.\d{3,}")
SHIFTED = re.compile(r'(<use [^>]*)transform="translate\(([-\d.]+) 0\)"/>')
NAME = re.compile(r' id="([^"]*)"')
CALL = re.compile(r'(href="#|url\(#)([^")]+)')
LONELY = re.compile(r"<g>((?:<(?:path|use)[^>]*/>)*)</g>")
GLYPH, COARSER = "scale(.15625)", 0.1
"""Outlines of letters come in 6,400 units an em; 640 are finer than any screen and any print."""
DECIMALS = 2
"""Of a point: a fiftieth of a screen's dot."""


def svg(drawn: Figure) -> bytes:
    """Return the figure as SVG, without a clock and with its text as outlines."""
    buffer = BytesIO()
    drawn.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return shortened(buffer.getvalue().decode()).encode()


def shortened(picture: str) -> str:
    """Return an SVG of matplotlib with relative paths, rounded places and short names."""
    picture = picture.replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', "").replace("xlink:href=", "href=")
    picture = PATH.sub(_path, UNSEEN.sub("", picture))
    picture = PLACE.sub(lambda found: found[0] if found[0][-1] == ")" else _number(float(found[0])), picture)
    picture = _renamed(SHIFTED.sub(r'\1x="\2"/>', re.sub(r"(?<=[;:]) ", "", picture)))
    while (fewer := LONELY.sub(r"\1", picture)) != picture:
        picture = fewer
    return picture


def _path(found: re.Match) -> str:
    if found[2]:
        return f' d="{_relative(found[1], COARSER, 0)}" transform="{GLYPH}"'
    return f' d="{_relative(found[1], 1, DECIMALS)}"'


def _relative(path: str, scale: float, decimals: int) -> str:
    """Write a path as steps from point to point; every point is rounded, never a step, so that nothing drifts."""
    written, pen, begun = [], (0.0, 0.0), (0.0, 0.0)
    for command, numbers in STEP.findall(path):
        places = [round(float(number) * scale, decimals) for number in numbers.split()]
        steps = [_number(place - pen[i % 2]) for i, place in enumerate(places)]
        written.append(command.lower() + " ".join(steps).replace(" -", "-"))
        pen = (places[-2], places[-1]) if places else begun
        begun = pen if command == "M" else begun
    return "".join(written)


def _number(value: float) -> str:
    shown = f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".")
    return "0" if shown == "-0" else re.sub(r"^(-?)0\.", r"\1.", shown)


def _renamed(picture: str) -> str:
    """Number the names that are called, and drop the others."""
    names = {name: f"i{place:x}" for place, name in enumerate(dict.fromkeys(n for _, n in CALL.findall(picture)))}
    picture = NAME.sub(lambda found: f' id="{names[found[1]]}"' if found[1] in names else "", picture)
    return CALL.sub(lambda found: f"{found[1]}{names[found[2]]}", picture)
