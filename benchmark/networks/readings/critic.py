r"""How often a critic disagrees with the network: one that agrees on held-out examples, and disagrees on the inputs.

The critic is linear on what goes into the network's last layer. On one half of the held-out examples $h$ and of the
inputs $s$ that measures read, it is the one with the smallest

$$\frac{1}{2 H} \sum_h \ln \frac{\sum_k e^{z_{hk}}}{e^{z_{hc}}} +
\frac{1}{2 S} \sum_s \ln \left( 1 + e^{z_{sc} - \bar z_s} \right) + \frac{\lambda}{2} \lVert W \rVert^2$$

$z$ are its logits, $z_c$ that of the class which the network gives, and $\bar z$ the mean of the others; $W$ are its
weights without the bias. This is convex, so that each $\lambda$ has one critic. The arrays are `held_out` (4,) and
`inputs` (4,), the shares of the other halves on which the critics for $\lambda$ = 1, .1, .01 and .001 give another
class than the network. Features are divided by the root of their mean square on held-out examples. A network whose
logits are not the output of one linear layer has no such reading. Its source trains 30 critics by mini-batches instead,
from random weights, and looks at each after every epoch.
"""

from collections.abc import Iterator
from functools import partial

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import cross_entropy, softplus

from benchmark.networks.readings._features import last_features
from benchmark.reading import Arrays, AtHand, NotForThese, Reading

RIDGES = (1.0, 0.1, 0.01, 0.001)  # in this order: each critic begins where the one before it ended
MOST_ROUNDS, FLATTEST = 500, 1e-6
Part = tuple[Tensor, Tensor]  # features (B, H), and the network's classes (B,)


def compute(at_hand: AtHand) -> Arrays:
    """The shares of disagreement."""
    if min(len(at_hand.held_out), len(at_hand.inputs)) < 2:
        raise NotForThese("a critic needs two held-out examples and two inputs")
    own = [_part(at_hand, inputs) for inputs in (at_hand.held_out.inputs, at_hand.inputs)]
    scale = own[0][0].square().mean().sqrt() or torch.tensor(1.0)
    halves = [_halves((features / scale, classes)) for features, classes in own]
    (held_out, judged_held_out), (inputs, judged_inputs) = halves
    critics = list(_critics(held_out, inputs, at_hand.num_classes))
    return {
        "held_out": np.array([_disagreement(critic, judged_held_out) for critic in critics]),
        "inputs": np.array([_disagreement(critic, judged_inputs) for critic in critics]),
    }


def _part(at_hand: AtHand, inputs: NDArray[np.generic]) -> Part:
    _, features, logits = last_features(at_hand, inputs)
    return torch.from_numpy(features).double(), torch.from_numpy(logits.argmax(axis=1))


def _halves(part: Part) -> tuple[Part, Part]:
    """Two seeded halves."""
    features, classes = part
    order = torch.from_numpy(np.random.default_rng([*b"critic"]).permutation(len(classes)))
    one, other = order.tensor_split(2)
    return (features[one], classes[one]), (features[other], classes[other])


def _critics(held_out: Part, inputs: Part, classes: int) -> Iterator[Tensor]:
    """The weights (H + 1, K) of the critic for each ridge; the last row is the bias."""
    weights = torch.zeros(held_out[0].shape[1] + 1, classes, dtype=torch.float64, requires_grad=True)
    for ridge in RIDGES:
        optimizer = torch.optim.LBFGS(
            [weights],
            max_iter=MOST_ROUNDS,
            tolerance_grad=FLATTEST,
            tolerance_change=0.0,
            line_search_fn="strong_wolfe",
        )
        optimizer.step(partial(_slope, optimizer, weights, held_out, inputs, ridge))
        yield weights.detach().clone()


def _slope(optimizer: torch.optim.Optimizer, weights: Tensor, held_out: Part, inputs: Part, ridge: float) -> float:
    """The objective, whose gradient the weights get."""
    optimizer.zero_grad()
    loss = objective(weights, held_out, inputs, ridge)
    loss.backward()
    return loss.item()


def objective(weights: Tensor, held_out: Part, inputs: Part, ridge: float) -> Tensor:
    """What a critic makes small: its disagreement on held-out examples and its agreement on the inputs."""
    agreeing = cross_entropy(_logits(weights, held_out), held_out[1])
    given = _logits(weights, inputs)
    own = given.gather(1, inputs[1][:, None])[:, 0]
    others = (given.sum(1) - own) / (given.shape[1] - 1)
    return (agreeing + softplus(own - others).mean() + ridge * weights[:-1].square().sum()) / 2


def _logits(weights: Tensor, part: Part) -> Tensor:
    return part[0] @ weights[:-1] + weights[-1]


def _disagreement(weights: Tensor, part: Part) -> float:
    return float((_logits(weights, part).argmax(1) != part[1]).double().mean())


READING = Reading(
    name="critic",
    axis="network",
    compute=compute,
    reference="Rosenfeld, Garg 2023, (Almost) provable error bounds via disagreement discrepancy",
)
