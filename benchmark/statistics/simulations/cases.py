"""The boards on which a measure has no effect, by name: what a reader of a table is told.

In: nothing. Out: for each kind of claim its cases.
"""

from collections.abc import Mapping
from dataclasses import replace

from benchmark.statistics.simulations.conditions import KINDS, Board
from benchmark.statistics.simulations.selection import Field
from benchmark.statistics.simulations.shapes import SHAPES

EIGHT = Board()
PAIRS = Board(conditions=(5,) * 16, data=tuple("aabbccddeeffgghh"), kinds=KINDS * 8)

CORNERS = (0, 1, 3, 4, 9, 10, 12, 13)  # places of 2 x 2 x 2 recipes among 3 x 3 x 3

# What is odd about a board, and how its measures run along the knob.
BOARDS: Mapping[str, tuple[Board, str]] = {
    **{f"eight suites: {shape}": (EIGHT, shape) for shape in SHAPES},
    "pairs of suites that share data (correlation .9): trends": (PAIRS, "trends of random sign"),
    "pairs of suites that share data (correlation .9): AR(1)": (PAIRS, "AR(1), .8"),
    "each suite twice: trends": (replace(PAIRS, alike=1.0), "trends of random sign"),
    "each suite twice: AR(1)": (replace(PAIRS, alike=1.0), "AR(1), .8"),
    "four suites on one group of data beside seven others: trends": (
        Board((5,) * 11, tuple("aaaabcdefgh"), (*KINDS * 5, KINDS[0])),
        "trends of random sign",
    ),
    "3 to 11 conditions: AR(1)": (replace(EIGHT, conditions=(3, 4, 5, 6, 7, 9, 11, 5)), "AR(1), .8"),
    "three metrics in each suite: trends": (replace(EIGHT, metrics=3), "trends of random sign"),
    "metrics with three values: humps": (replace(EIGHT, levels=3), "smooth humps"),
    "a suite without a tau: trends": (
        Board((5,) * 9, tuple("abcdefghi"), (*KINDS * 4, KINDS[0]), undefined=(4,)),
        "trends of random sign",
    ),
    "heuristic suites alone: trends": (replace(EIGHT, kinds=(KINDS[0],) * 8), "trends of random sign"),
    "two scopes, eight tests, nine suites: trends": (
        Board((5,) * 9, tuple("abcdefghi"), (*KINDS * 4, KINDS[0]), scopes=2),
        "trends of random sign",
    ),
    "one hypothesis, one kind of inputs, five suites: trends": (
        Board((5,) * 5, tuple("abcde"), (*KINDS * 2, KINDS[0]), inputs=1, hypotheses=1),
        "trends of random sign",
    ),
}

FIELDS: Mapping[str, Field] = {
    "eight unrelated recipes": Field("recipes", 8),
    "eight unrelated recipes, four suites": Field("recipes", 8, suites=4),
    "sixteen unrelated recipes": Field("recipes", 16),
    "a grid of 2 x 2 x 2": Field("levels", 8, grid=(2, 2, 2)),
    "a grid of 2 x 2 x 2 x 2": Field("levels", 16, grid=(2, 2, 2, 2)),
    "a grid of 4 x 4": Field("levels", 16, grid=(4, 4)),
    "a grid of 3 x 3 x 2": Field("levels", 18, grid=(3, 3, 2)),
    "2 x 2 x 2 less a recipe": Field("levels", 7, grid=(2, 2, 2), there=tuple(range(7))),
    "2 x 2 x 2 and one with another level of a factor": Field("levels", 9, grid=(3, 2, 2), there=(*range(8), 8)),
    "2 x 2 x 2 and one that shares nothing": Field("levels", 9, grid=(3, 3, 3), there=(*CORNERS, 26)),
    "2 x 2 x 2 with a setting that goes with another": Field("levels", 8, grid=(2, 2, 2), tied=1),
    "3 x 2 with a setting that goes with the first": Field("levels", 6, grid=(3, 2), tied=1),
    "half of 2 x 2 x 2 x 2": Field("levels", 8, grid=(2, 2, 2, 2), there=(0, 3, 5, 6, 9, 10, 12, 15)),
    "2 x 2 and one that shares nothing": Field("levels", 5, grid=(3, 3), there=(0, 1, 3, 4, 8)),
    "4 x 4 and one that shares nothing": Field(
        "levels", 17, grid=(5, 5), there=(0, 1, 2, 3, 5, 6, 7, 8, 10, 11, 12, 13, 15, 16, 17, 18, 24)
    ),
    "a list of eight values of one setting, smooth effects": Field("recipes", 8, smooth=1),
    "eight drawn recipes of four settings, smooth effects": Field("recipes", 8, smooth=4),
    "sixteen drawn recipes of three settings, smooth effects": Field("recipes", 16, smooth=3),
    "sixteen drawn recipes of four settings, smooth effects": Field("recipes", 16, smooth=4),
    "three seeds in each condition": Field("seeds", 3, common=0.0),
    "five seeds in each condition": Field("seeds", 5, common=0.0),
    "five seeds, two suites": Field("seeds", 5, suites=2, common=0.0),
    "five seeds that have half of their variance in all conditions alike": Field("seeds", 5, common=0.5),
}
