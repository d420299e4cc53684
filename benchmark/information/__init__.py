"""Information measures as pure functions of activations (S, N): samples by neurons, all in nats.

`binned` counts in equal-width bins, `nearest` uses distances to nearest neighbours.
"""

from benchmark.information import binned, nearest

__all__ = ["binned", "nearest"]
