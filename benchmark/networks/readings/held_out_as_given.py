"""Logits and labels as given on held-out examples that were drawn as the training set was, noise of labels included.

The arrays are `logits` (H, K) and `labels` (H,). None of the examples is one that metrics are computed on. Whoever has
a training set of their own has such examples too: they hold some of it back.
"""

from benchmark.reading import Arrays, AtHand, NotForThese, Reading


def compute(at_hand: AtHand) -> Arrays:
    """The arrays by name."""
    if not len(at_hand.held_out):
        raise NotForThese("no held-out example is left beside those that are judged for the metrics")
    return {"logits": at_hand.logits(at_hand.held_out.inputs), "labels": at_hand.held_out.labels}


READING = Reading(
    name="held-out-as-given",
    axis="network",
    compute=compute,
    reference="Guillory et al. 2021, Garg et al. 2022 (labelled examples of the source)",
)
