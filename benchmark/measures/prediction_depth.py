r"""How early the answer stands: whether near training examples at a tap are labelled as the network answers. Rivals.

$$\frac{1}{S} \sum_{s=1}^{S} \left[ k_s^{(1)} = c_s \right], \qquad
\frac{1}{S} \sum_{s=1}^{S} \max \left\{ t : k_s^{(t)} \neq c_s \right\}$$

$c_s$ is the class that the network predicts for input $s$, and $k_s^{(t)}$ the most frequent label as given among its
30 nearest training examples, of at most 1,000 seeded ones, at tap $t$ of $L$. Of labels that are equally frequent it is
the one whose nearest example is the nearest. The first number is the agreement at the first tap. The second is the
depth in taps behind which the neighbours agree with the network for good: 0 where they do at every tap, $L$ where they
do not at the last.

They fail where networks have unlike taps: depth counts taps, and a later first tap agrees more. Noise of labels makes
the neighbours err as well. The hypotheses are that what is memorized by single examples is decided late (Baldock et
al. 2021), and what a shortcut says early (Murali et al. 2023).
"""

import numpy as np
from numpy.typing import NDArray

from benchmark.estimator import Settings
from benchmark.measures._answers import agreement, answers
from benchmark.measures._losses import mean
from benchmark.types import Measure, Outputs, Value

REFERENCE = "Baldock, Maennel, Neyshabur 2021, Deep learning through the lens of example difficulty"


def first(outputs: Outputs, settings: Settings) -> Value:
    """Share of the inputs whose neighbours at the first tap say what the network says, from 0 to 1."""
    return Value(agreement(next(iter(_said(outputs).values())), answers(outputs.logits)))


def depth(outputs: Outputs, settings: Settings) -> Value:
    """Mean number of taps up to the last one whose neighbours say something else; the agreement of each in details."""
    own, said = answers(outputs.logits), _said(outputs)
    last = np.zeros(len(own))
    for tap, found in enumerate(said.values(), start=1):
        last[found != own] = tap
    return Value(mean(last), details={"agreement": {tap: agreement(found, own) for tap, found in said.items()}})


def _said(outputs: Outputs) -> dict[str, NDArray[np.int64]]:
    """What the neighbours at each tap say (S,), first tap first."""
    classes = outputs.logits.shape[1]
    return {tap: majority(labels, classes) for tap, labels in outputs.readings["training-neighbours"].arrays.items()}


def majority(labels: NDArray[np.int64], classes: int) -> NDArray[np.int64]:
    """The most frequent label (S,) of neighbours (S, k), the nearest first; of equally frequent ones the nearest.

    >>> majority(np.array([[2, 0, 0, 2, 1]]), 3).tolist()
    [2]
    """
    counts = np.stack([(labels == label).sum(axis=1) for label in range(classes)], axis=1)
    often = np.take_along_axis(counts, labels, axis=1)  # how frequent the label of each neighbour is
    return np.asarray(np.take_along_axis(labels, often.argmax(axis=1)[:, None], axis=1)[:, 0])


MEASURES = (
    Measure(
        name="knn-agreement-first",
        better={"heuristic": "low", "example-level": "high"},
        needs=("predictions",),
        compute=first,
        reference=f"{REFERENCE}; of shortcuts: Murali et al. 2023",
        summary="How often the nearest training examples in the first tap are labelled as the network answers.",
        readings=("training-neighbours",),
        on_request=True,
    ),
    Measure(
        name="prediction-depth",
        better={"heuristic": "high", "example-level": "low"},
        needs=("predictions",),
        compute=depth,
        reference=f"{REFERENCE}; of shortcuts: Murali et al. 2023",
        summary="After how many taps the nearest training examples agree with the network for good.",
        readings=("training-neighbours",),
        on_request=True,
    ),
)
