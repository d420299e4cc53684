"""Information measures as pure functions of activations (S, N): samples by neurons, all in nats.

`binned` counts in equal-width bins, `nearest` uses distances to nearest neighbours; `pairs` sums either up over many
pairs of neurons, `bias` says how much of it the estimator adds.
"""

from benchmark.information import bias, binned, nearest, pairs

__all__ = ["bias", "binned", "nearest", "pairs"]
