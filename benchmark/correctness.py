"""What accuracy is, wherever it is computed."""

from math import sqrt

import numpy as np

from benchmark.types import Outputs, Value


def share_correct(outputs: Outputs) -> Value:
    """Share of the examples whose largest logit is that of their label.

    The first class counts if several logits are the largest. The standard error is that of a binomial share, the root
    of p (1 - p) / S. `by_example` (S,) is 1 for an example that is right, else 0.
    """
    examples = len(outputs.labels)
    correct = outputs.logits.argmax(axis=1) == outputs.labels
    share = float(correct.mean())
    error = sqrt(share * (1 - share) / examples)
    return Value(share, standard_error=error, by_example=correct.astype(np.float64))
