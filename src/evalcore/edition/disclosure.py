"""What a survey report discloses of itself and no other section of an edition says."""

from evalcore.edition.text import Frozen, Text


class Disclosure(Frozen):
    """Who asked whom, and how: None is printed as "not stated".

    What the AAPOR Code (April 2021, section III.A) asks for beside these, such as dates, sizes, weighting and
    processing, is read from the other sections and from the run.
    """

    sponsor: Text | None = None
    conducted_by: Text | None = None
    population: Text | None = None
    recruitment: Text | None = None
    modes: Text | None = None
