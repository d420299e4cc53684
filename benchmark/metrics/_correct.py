"""What accuracy is, wherever it is computed."""

from math import sqrt

from benchmark.types import Outputs, Value


def share_correct(outputs: Outputs) -> Value:
    """Share of the examples whose largest logit is that of their label, with its binomial standard error."""
    examples = len(outputs.labels)
    share = float((outputs.logits.argmax(axis=1) == outputs.labels).mean())
    return Value(share, standard_error=sqrt(share * (1 - share) / examples))
