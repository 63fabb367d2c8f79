"""A new year: its edition, its raw files and what is left to do before it can be built."""

from evalcore.scaffold.check import check
from evalcore.scaffold.new import new_edition
from evalcore.scaffold.propose import propose
from evalcore.scaffold.templates import write_templates

__all__ = ["check", "new_edition", "propose", "write_templates"]
