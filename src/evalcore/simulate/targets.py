"""What the demonstration world is drawn around (demonstration-world.md, section 1; the indicator points are ours)."""

import numpy as np

DIMENSIONS = ("R", "S", "E", "C")

PLATFORMS = {
    "head": np.array(
        [
            [88.2, 72.1, 77.8, 86.5],
            [86.5, 70.4, 76.6, 85.0],
            [85.9, 69.5, 76.0, 84.1],
            [85.1, 68.2, 75.4, 83.2],
            [84.6, 67.1, 74.1, 82.4],
            [83.2, 66.3, 73.3, 81.3],
            [84.4, 67.5, 75.8, 81.8],
            [83.5, 66.4, 74.9, 80.4],
            [83.6, 65.9, 73.9, 79.2],
            [82.0, 64.6, 72.2, 76.1],
        ]
    ),
    "small-mid": np.array(
        [
            [67.9, 70.9, 78.4, 79.5],
            [66.0, 69.2, 76.9, 78.3],
            [64.8, 68.4, 75.8, 77.0],
            [63.1, 66.5, 73.2, 74.0],
            [61.2, 64.0, 70.7, 71.2],
        ]
    ),
}
"""Dimension scores (R, S, E, C) of the published world, by size of the platform."""

_RESOLUTION = {"S1": 70, "S2": 52.5, "S3": 87.5, "S4": 82.6, "S5": 64, "S6": 62, "S7": 54}
_COMPLIANCE = {"C1": 74, "C2": 74, "C3": 100}
PROFILES = {
    "head": {"R1": 74, "R2": 94, "R3": 93, "R4": 77, "R5": 90, "R6": 91, **_RESOLUTION}
    | {"E1": 75, "E2": 76, "E3": 80, "E4": 69, **_COMPLIANCE},
    "small-mid": {"R1": 52, "R2": 83, "R3": 78, "R4": 45.5, "R5": 79, "R6": 70, **_RESOLUTION}
    | {"E1": 75, "E2": 74, "E3": 66, "E4": 85, **_COMPLIANCE},
}
"""Points each indicator is drawn around. E: stated; S1, S2, S3, S4, R4: the published 85, 72, 95, 12 and 65 %."""

_PLEASANT = {"E1": 5, "E2": 5, "E3": -7.5, "E4": -7.5}
TILTS = {
    "comprehensive": {**_PLEASANT, "R1": 4, "S4": 6},
    "vertical": {**{key: -1.2 * points for key, points in _PLEASANT.items()}, "R1": -4, "S4": 2},
    "social": {**{key: -2 * points for key, points in _PLEASANT.items()}, "R1": -8, "S4": -17.5},
}
"""Points by which a type of platform deviates (CSAT 4.3 / 4.1 / 4.0, instant response, repeat complaints)."""

FIRST_CONTACT_TILTS = {
    "head": {"comprehensive": 7, "vertical": -6, "social": -16},
    "small-mid": {"comprehensive": 20, "vertical": -8, "social": 5},
}
"""The same for R4, whose types differ between head and small-mid platforms."""

HIGHEST = {"R1": 90.0, "R2": 99.5, "R3": 8.0, "R4": 88.0, "R5": 88.0, "R6": 96.0, "S3": 99.7, "S4": 1.0, "E1": 4.85}
HIGHEST |= {"C1": 100.0, "C2": 96.0, "C3": 100.0}
HIGHEST_SHARE = 98.5
"""Best values that can occur, in the indicator's unit; other shares reach HIGHEST_SHARE."""

CATEGORY_EFFECTS = {"S1": {"appliances": 0.9}, "S5": {"fresh": 1.7}, "S7": {"fresh": -0.5}}
"""Known differences between categories on the logit scale (returns 92 %, refunds 95 %, disputes under 70 %)."""

SCENES = ("consultation", "order_query", "return", "complaint")
SCENE_SHARES = np.array([0.435, 0.145, 0.30, 0.12])
SCENE_FIRST_CONTACT = np.array([0.887, 0.80, 0.62, 0.545])
"""First contacts solved by scene; means over platforms then come out at the published 88, 79.5, 62 and 55 %."""
FIRST_CONTACT_ENDS = {("head", "comprehensive"): 78.3, ("small-mid", "vertical"): 46.3}
"""R4 of the best of one group and the lowest of another: 85 and 60 % of all contacts."""

INSTANT = {"comprehensive": 85.0, "vertical": 80.0, "social": 78.0}
INSTANT_FALL, INSTANT_LOWEST = 18.0, 50.0
"""Replies within 60 s in percent, over days; fall in promotions in points, and the lowest platform then."""
HANDLING_MINUTES = {"comprehensive": 11.0, "vertical": 11.6, "social": 15.0, "ordinary": 10.8, "promotion": 25.0}

CATEGORY_SHARES = {"appliances": 0.20, "fresh": 0.18, "maternal": 0.13, "apparel": 0.22, "home": 0.14, "other": 0.13}
SIZE_SHARES = {"head": 1.0, "small-mid": 0.5}
"""Relative numbers of contacts and respondents."""

COVERAGE = {"head": 76.0, "small-mid": 60.0}
"""On-site repair coverage (A1) in percent of districts."""

UNFAIR_PLATFORMS = 2 / 15
UNFAIR_POINTS = 75.0
EXPERTS = 15
