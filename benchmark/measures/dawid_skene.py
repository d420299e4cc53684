r"""Dawid and Skene's accuracy of a network: how often it gives the labels that all candidates together make likely.

$$\hat a_q = \frac{1}{S} \sum_{s=1}^{S} t_s(c_s^{(q)}), \qquad
t_s(k) \propto \prod_{q=1}^{Q} \hat a_q^{[c_s^{(q)} = k]}
\left( \frac{1 - \hat a_q}{K - 1} \right)^{[c_s^{(q)} \ne k]}$$

$c_s^{(q)}$ is the class that candidate $q$ gives example $s$. Both equations are applied in turn, from the majority's
answer on, until no accuracy moves by more than $10^{-9}$, and at most 200 times. This is expectation maximization with
one coin for each candidate: it is right with chance $a_q$ whatever the class, all classes are alike before, and all
errors of a candidate alike. An accuracy stays half an example away from 0 and 1. The candidates are those of
`consensus`, and are estimated once for all of them.

It fails where errors are not independent given the label, as those of networks that all take the same shortcut: they
agree, so that they count as accurate, and the others as wrong. With two candidates it cannot tell which of them is
right.
"""

import numpy as np
from numpy.typing import NDArray

from benchmark.estimator import Settings
from benchmark.measures._candidates import Votes, votes
from benchmark.plain.keeping import kept
from benchmark.types import Measure, Outputs, Value

MOST_ROUNDS, MOVED = 200, 1e-9


def compute(outputs: Outputs, settings: Settings) -> Value:
    """The posterior accuracy of the network, from 0 to 1."""
    given, own = votes(outputs)
    return Value(accuracies(given)[own])


@kept(most=4)
def accuracies(given: Votes) -> tuple[float, ...]:
    """The posterior accuracy of each candidate."""
    predicted, classes = given.predicted, given.classes
    candidates, examples = predicted.shape
    cells = (predicted + classes * np.arange(examples)).ravel()

    def summed(weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """For each example and class (S, K) the sum of the weights (Q,) of the candidates that gave it."""
        found = np.bincount(cells, np.repeat(weights, examples), examples * classes).astype(np.float64)
        return found.reshape(examples, classes)

    counts = summed(np.ones(candidates))
    truth = (counts == counts.max(axis=1, keepdims=True)).astype(np.float64)
    truth /= truth.sum(axis=1, keepdims=True)
    rows, found = np.arange(examples), np.zeros(candidates)
    for _ in range(MOST_ROUNDS):
        before, found = found, np.array([truth[rows, own].mean() for own in predicted])
        if np.abs(found - before).max() <= MOVED:
            break
        bounded = np.clip(found, 0.5 / examples, 1 - 0.5 / examples)
        odds = summed(np.log(bounded) - np.log1p(-bounded) + np.log(classes - 1))
        truth = np.exp(odds - odds.max(axis=1, keepdims=True))
        truth /= truth.sum(axis=1, keepdims=True)
    return tuple(found.tolist())


MEASURE = Measure(
    name="dawid-skene",
    better={"heuristic": "high", "example-level": "high"},
    needs=("predictions",),
    compute=compute,
    reference="Dawid, Skene 1979; to rank networks: Hu et al. 2023, labeling-free model selection",
    over="candidates",
    on_request=True,
)
