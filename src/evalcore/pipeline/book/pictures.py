"""Figures as PNG, for those who put them into slides: drawn from the SVG, so that both show the same."""

from pathlib import Path

import resvg_py

from evalcore.pipeline.book.places import Places

DOTS_PER_INCH, ZOOM = 96, 3  # the SVG's points in pixels of a browser, three times as fine


def png_of(exhibit: str, svg: bytes, places: Places) -> bytes:
    """Return the picture as PNG; the one of the last assembly serves where the SVG is the same."""
    before = places.source / "_exhibits" / exhibit
    old, drawn = Path(f"{before}.svg"), Path(f"{before}.png")
    if drawn.is_file() and old.is_file() and old.read_bytes() == svg:
        return drawn.read_bytes()
    options = {"zoom": ZOOM, "dpi": DOTS_PER_INCH, "skip_system_fonts": True, "background": "#ffffff"}
    return bytes(resvg_py.svg_to_bytes(svg_string=svg.decode(), **options))
