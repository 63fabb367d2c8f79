"""Figures as PNG, for those who put them into slides: drawn from the SVG, so that both show the same."""

import io
from pathlib import Path

import resvg_py
from PIL import Image

from evalcore.pipeline.book.places import Places

DOTS_PER_INCH, ZOOM = 96, 2  # the SVG's points in pixels of a browser, twice as fine
COLOURS = 64  # more than the house style has, edges between two included; a fourth of the bytes


def png_of(exhibit: str, svg: bytes, places: Places) -> bytes:
    """Return the picture as PNG; the one of the last assembly serves where the SVG is the same."""
    before = places.source / "_exhibits" / exhibit
    old, drawn = Path(f"{before}.svg"), Path(f"{before}.png")
    if drawn.is_file() and old.is_file() and old.read_bytes() == svg:
        return drawn.read_bytes()
    options = {"zoom": ZOOM, "dpi": DOTS_PER_INCH, "skip_system_fonts": True, "background": "#ffffff"}
    drawn_now = Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg.decode(), **options))))
    small = io.BytesIO()
    drawn_now.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
    return small.getvalue()
