r"""The two measures beside an anchor: a network trained alike on the same inputs with labels drawn at random.

An anchor shows how far the recipe by itself goes when there is nothing but single examples to learn. It needs no label
and no clean data. The anchor is that of the network's own condition, or ("-first") of the plan's first.

$$E(f) - E(a), \qquad M(f) / M(a)$$

$E$ is mean entropy and $M$ is mean MI, both over all taps, of the network $f$ and of its anchor $a$.

They fail where no anchor was trained, which a plan asks for by `anchors: random-labels`, and where the anchor has no
value of its own. Each anchor is one more training. A ratio of two small numbers is not known well.
"""

from collections.abc import Mapping

from benchmark.types import Anchored, Direction, Measure
from registry import Kind

REFERENCE = "the anchor: Zhang et al. 2017; the measures: Bansal, Pruthi, Belinkov 2022, section 3"
ENTROPY: Mapping[Kind, Direction] = {"heuristic": "high", "example-level": "low"}
MI: Mapping[Kind, Direction] = {"heuristic": "low", "example-level": "high"}

MEASURES = (
    Measure(
        name="anchored-entropy",
        better=ENTROPY,
        needs=("anchors",),
        compute=Anchored("mean-entropy", "difference", "own"),
        reference=REFERENCE,
        summary="mean-entropy less its anchor's: that of a network trained alike on random labels.",
    ),
    Measure(
        name="anchored-entropy-first",
        better=ENTROPY,
        needs=("anchors",),
        compute=Anchored("mean-entropy", "difference", "first"),
        reference=REFERENCE,
        summary="mean-entropy less that of the first condition's anchor.",
    ),
    Measure(
        name="anchored-mi",
        better=MI,
        needs=("anchors",),
        compute=Anchored("mean-mi", "ratio", "own"),
        reference=REFERENCE,
        summary="mean-mi over its anchor's: that of a network trained alike on random labels.",
    ),
    Measure(
        name="anchored-mi-first",
        better=MI,
        needs=("anchors",),
        compute=Anchored("mean-mi", "ratio", "first"),
        reference=REFERENCE,
        summary="mean-mi over that of the first condition's anchor.",
    ),
)
