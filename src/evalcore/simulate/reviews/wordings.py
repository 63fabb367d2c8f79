"""The wordings of the reviews, from their file."""

from functools import cache
from importlib.resources import files

import yaml


@cache
def wordings() -> dict[str, dict]:
    """`clauses`: aspect -> split -> sentiment -> wordings; `goods` by category; what stands around the clauses."""
    text = files("evalcore.simulate.reviews").joinpath("wordings.yml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.CSafeLoader)
