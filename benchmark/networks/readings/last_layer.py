"""What goes into the last layer for training examples, what comes out, and its weights.

The arrays are `features` (T, H), the inputs of the last layer, and `logits` (T, K) of at most 1,000 seeded training
examples, with `labels` (T,) as given; and `weight` (K, H) of that layer, with `bias` (K,) where it has one. All is
computed in float32. A network whose logits are not the output of one linear layer has no such reading.
"""

from benchmark.networks.readings._features import as_array, last_features
from benchmark.reading import Arrays, AtHand, Reading


def compute(at_hand: AtHand) -> Arrays:
    """The arrays by name."""
    layer, features, logits = last_features(at_hand, at_hand.training.inputs)
    own = {"weight": as_array(layer.weight)} | ({} if layer.bias is None else {"bias": as_array(layer.bias)})
    return {"features": features, "logits": logits, "labels": at_hand.training.labels, **own}


READING = Reading(
    name="last-layer",
    axis="network",
    compute=compute,
    reference="Daxberger et al. 2021, Laplace redux (last-layer Laplace approximations)",
)
