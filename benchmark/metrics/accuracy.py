"""Accuracy on the labelled evaluation examples."""

from benchmark.types import Metric, Outputs, Value


def compute(outputs: Outputs) -> Value:
    """Share of the examples whose largest logit is that of their label."""
    return Value(float((outputs.logits.argmax(axis=1) == outputs.labels).mean()))


METRIC = Metric(
    name="accuracy",
    higher_is_better=True,
    needs=("predictions", "labels"),
    compute=compute,
    reference="Bansal, Pruthi, Belinkov 2022, section 4",
)
