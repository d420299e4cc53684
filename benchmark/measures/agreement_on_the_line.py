r"""Accuracy on unlabelled inputs, from how often networks agree there and on held-out examples. A rival.

$$\hat w = \arg\min_w \sum_{i < j} \left( \frac{w_i + w_j}{2} - \Phi^{-1}(A_{ij}) - b \left(
\frac{\Phi^{-1}(a_i) + \Phi^{-1}(a_j)}{2} - \Phi^{-1}(B_{ij}) \right) \right)^2, \qquad \text{the number is }
\Phi(\hat w_q)$$

This is ALine-D. $A_{ij}$ is the share of the inputs on which candidates $i$ and $j$ give one class, $B_{ij}$ the share
of the held-out examples, drawn as the training set was, and $a_i$ the accuracy on these with labels as given. $b$ is
the slope of the line by which $\Phi^{-1}(A)$ is fitted from $\Phi^{-1}(B)$ over all pairs, and $\Phi$ the normal
distribution. Shares stay half an example away from 0 and 1. No label of the inputs is read.

Agreement is defined among networks with the same held-out examples, labelled alike: of the candidates of `consensus`
those of the same condition. The others are left out. It takes three such networks, and pairs that do not all agree
alike; but where all are right on every held-out example, nothing stands behind $b$, and none is needed.

It fails where the pairs are on no line (`details` has their correlation), as where a shortcut that all networks take in
part lets them err together on the inputs: they agree there and are wrong.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from benchmark.estimator import Settings
from benchmark.measures._candidates import candidates
from benchmark.types import Measure, Outputs, Value

HELD_OUT = "held-out-as-given"
FEWEST = 3  # networks: with two there is one pair, and no line


def compute(outputs: Outputs, settings: Settings) -> Value:
    """The estimated accuracy, from 0 to 1."""
    sharing = [one for one in candidates(outputs) if HELD_OUT in one.readings]
    if len(sharing) < FEWEST:
        return Value(None, reason="fewer than two networks beside it have the same held-out examples")
    one, other = np.triu_indices(len(sharing), 1)
    inputs = np.array([given.logits.argmax(axis=1) for given in sharing])
    held_out = np.array([given.readings[HELD_OUT]["logits"].argmax(axis=1) for given in sharing])
    agree, agreed = (_probit(classes[one] == classes[other]) for classes in (inputs, held_out))
    right = _probit(held_out == outputs.readings[HELD_OUT]["labels"])
    above = (right[one] + right[other]) / 2 - agreed
    slope = float(np.cov(agreed, agree, bias=True)[0, 1] / agreed.var()) if np.ptp(agreed) else None
    if slope is None and above.any():
        return Value(None, reason="all pairs of networks agree alike on the held-out examples: there is no line")
    found = _of_pairs(agree + (slope or 0.0) * above, one, other, len(sharing))
    correlation = float(np.corrcoef(agreed, agree)[0, 1]) if np.ptp(agreed) and np.ptp(agree) else None
    details = {"networks": len(sharing), "slope": slope, "correlation": correlation}
    return Value(float(norm.cdf(found[sharing.index(outputs)])), details=details)


def _probit(hits: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The normal quantiles (P,) of the shares of hits (P, S)."""
    least = 0.5 / hits.shape[1]
    return np.asarray(norm.ppf(np.clip(hits.mean(axis=1), least, 1 - least)))


def _of_pairs(
    means: NDArray[np.float64], one: NDArray[np.int64], other: NDArray[np.int64], count: int
) -> NDArray[np.float64]:
    """The numbers (Q,) whose means over pairs are nearest, in least squares, to those given for all pairs (P,)."""
    sums = np.bincount(one, means, count) + np.bincount(other, means, count)
    return np.asarray((2 * sums - sums.sum() / (count - 1)) / (count - 2))


MEASURE = Measure(
    name="agreement-on-the-line",
    better={"heuristic": "high", "example-level": "high"},
    needs=("predictions",),
    compute=compute,
    reference="Baek et al. 2022, Agreement-on-the-line: ALine-D",
    readings=("held-out-as-given",),
    over="candidates",
    on_request=True,
)
