r"""Gradients at each input: how steep the logit of the predicted class is there, and how the loss bends.

The arrays are of shape (S,). `jacobian` is the norm of the gradient of $z_c - \bar{z}$, the logit of the predicted
class $c$ less the mean of all logits. `curvature` is $\lVert \nabla l(x + h v) - \nabla l(x) \rVert^2 / h^2$, where $l$
is the cross-entropy with $c$, $v$ is drawn from +1 and -1 for each number of the input, and $h = 0.01$ in units of the
input. All is computed in float64, as where a network is sure its loss has no digit left in float32.
"""

from collections.abc import Callable
from copy import deepcopy
from typing import TypeAlias

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from benchmark.networks.activations import evaluation_mode
from benchmark.reading import Arrays, AtHand, NotForThese, Reading

Numbers: TypeAlias = NDArray[np.float64]

STEP = 0.01
BATCH = 128  # inputs at once: gradients need more room than reading


def compute(at_hand: AtHand) -> Arrays:
    """Both numbers of each input."""
    if at_hand.inputs.dtype.kind != "f":
        raise NotForThese("texts have no gradients of their inputs")
    network = deepcopy(at_hand.network).double().requires_grad_(False)
    generator = np.random.default_rng([*b"gradients"])
    rows = range(0, len(at_hand.inputs), BATCH)
    with evaluation_mode(network):
        found = [_of_batch(network, at_hand.arguments(at_hand.inputs[row : row + BATCH])[0], generator) for row in rows]
    jacobian, curvature = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return {"jacobian": jacobian, "curvature": curvature}


def _of_batch(network: nn.Module, given: Tensor, generator: np.random.Generator) -> tuple[Numbers, Numbers]:
    inputs = given.double()
    with torch.no_grad():
        classes = network(inputs).argmax(1)
    signs = torch.from_numpy(generator.integers(0, 2, tuple(inputs.shape)) * 2.0 - 1.0).to(inputs.device)

    def above_the_mean(logits: Tensor) -> Tensor:
        return (logits.gather(1, classes[:, None])[:, 0] - logits.mean(1)).sum()

    def loss(logits: Tensor) -> Tensor:
        return cross_entropy(logits, classes, reduction="sum")

    jacobian = _gradient(network, inputs, above_the_mean)
    bend = _gradient(network, inputs + STEP * signs, loss) - _gradient(network, inputs, loss)
    norms = (jacobian.flatten(1).norm(dim=1), bend.flatten(1).square().sum(1) / STEP**2)
    return norms[0].cpu().numpy(), norms[1].cpu().numpy()


def _gradient(network: nn.Module, inputs: Tensor, of: Callable[[Tensor], Tensor]) -> Tensor:
    """The gradient of a sum over the inputs (B, ...), by each of them."""
    at = inputs.detach().requires_grad_()
    (found,) = torch.autograd.grad(of(network(at)), at)
    return found


READING = Reading(
    name="gradients",
    axis="examples",
    compute=compute,
    reference="Novak et al. 2018 (norm of the input Jacobian), Garg et al. 2024 (input curvature)",
)
