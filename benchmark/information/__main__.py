"""Compile what a run measures with, and keep it: `python -m benchmark.information`. A first score would wait for it."""

import numpy as np

from benchmark.information import binned, nearest, pairs


def main() -> None:
    """Estimate once, by the default settings, what networks are measured by."""
    activations = np.random.default_rng(0).normal(size=(100, 5)).astype(np.float32)
    binned.entropy(activations)
    pairs.tap_summaries(nearest.pair_information(activations), range(10), np.zeros(5, dtype=np.int64))


if __name__ == "__main__":
    main()
