"""How far the network goes from its start by its own answers, beside how far by labels: two trainings.

One network is trained on the inputs that measures read, labelled by the network's own answers, and one, the reference,
on as many training examples with labels as given: the same start, batches and setting as the network itself, which says
when each of them stops. There are as many examples as the smaller of both has, at most 1,000, seeded. The arrays are
`distance` (P,), for each of P parameters the norm of the difference between the two networks, and `reference` (P,), the
norm of the reference's parameter. The network is trained twice for it, on fewer examples.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from benchmark.reading import Arrays, AtHand, NotForThese, Reading
from registry import Examples


def compute(at_hand: AtHand) -> Arrays:
    """Both norms for each parameter."""
    count = min(len(at_hand.inputs), len(at_hand.training))
    answers = at_hand.logits(at_hand.inputs).argmax(axis=1).astype(np.int64)
    both = (Examples(at_hand.inputs, answers), at_hand.training)
    pseudo, reference = (at_hand.train_on(_some(examples, count)) for examples in both)
    found = {
        "distance": _norms(one - other for one, other in zip(pseudo.parameters(), reference.parameters(), strict=True)),
        "reference": _norms(reference.parameters()),
    }
    if not np.isfinite([*found.values()]).all():
        raise NotForThese("a training on so few examples diverged")
    return found


def _some(examples: Examples, count: int) -> Examples:
    return examples.at(np.sort(np.random.default_rng([*b"projection"]).permutation(len(examples))[:count]))


def _norms(tensors: Iterable[Tensor]) -> NDArray[np.float64]:
    return np.array([float(tensor.detach().double().norm()) for tensor in tensors])


READING = Reading(
    name="projection",
    axis="network",
    compute=compute,
    reference="Yu et al. 2022, Predicting out-of-distribution error with the projection norm",
)
