r"""Placebo: the training loss of the first epoch.

It is $\ell_1$, the mean loss over the training examples while the first epoch trains on them. It knows of the learning
rate, the batch size and the first steps, and of nothing that is learned later.
"""

from benchmark.estimator import Settings
from benchmark.types import Measure, Outputs, Value


def compute(outputs: Outputs, settings: Settings) -> Value:
    """Mean training loss of the first epoch."""
    losses = outputs.history.losses
    return Value(losses[0]) if losses else Value(None, reason="no epoch was trained")


MEASURE = Measure(
    name="first-epoch-loss",
    better={"heuristic": "either", "example-level": "either"},
    needs=("history",),
    compute=compute,
    reference="placebo: a recipe's learning rate and batch size set it",
    on_request=True,
)
