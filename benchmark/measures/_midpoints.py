"""The loss half-way between training inputs that are labelled alike, which more than one measure reads."""

import numpy as np

from benchmark.measures._losses import losses, mean
from benchmark.types import Taken, Value


def midpoint_loss(taken: Taken) -> Value:
    """Mean over the classes of the mean cross-entropy of their midpoints, in nats, from the reading `training-set`.

    A class without a pair is left out; undefined where none has any.
    """
    if not len(taken.arrays.get("midpoints", ())):
        return Value(None, reason="no two training inputs that are labelled alike have a point half-way between them")
    labels = taken["midpoint-labels"]
    found = losses(taken["midpoints"], labels)
    return Value(mean([mean(found[labels == label]) for label in np.unique(labels)]))
