"""Accuracy on the labelled evaluation examples."""

from benchmark.correctness import share_correct
from benchmark.types import Metric

METRIC = Metric(
    name="accuracy",
    higher_is_better=True,
    needs=("predictions", "labels"),
    compute=share_correct,
    reference="Bansal, Pruthi, Belinkov 2022, section 4",
    version=3,
)
