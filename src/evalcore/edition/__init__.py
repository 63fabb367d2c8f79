"""The edition: typed, frozen configuration of one year's evaluation."""

from evalcore.edition.edition import Category, Edition, Entity, Period
from evalcore.edition.framework import Dimension, Framework, Goalposts, Indicator
from evalcore.edition.load import edition_names, load_drawn, load_edition, project_root
from evalcore.edition.measure import Measure
from evalcore.edition.sources import Source
from evalcore.edition.text import Text

__all__ = [
    "Category",
    "Dimension",
    "Edition",
    "Entity",
    "Framework",
    "Goalposts",
    "Indicator",
    "Measure",
    "Period",
    "Source",
    "Text",
    "edition_names",
    "load_drawn",
    "load_edition",
    "project_root",
]
