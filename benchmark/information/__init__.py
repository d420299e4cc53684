"""Information measures as pure functions of activations (S, N): samples by neurons, all in nats.

`binned` counts in equal-width bins, `nearest` uses distances to nearest neighbours; `pairs` sums up
either over many pairs.
"""

from benchmark.information._kernel_cache import kept_by_sources

with kept_by_sources():
    from benchmark.information import binned, nearest, pairs

__all__ = ["binned", "nearest", "pairs"]
