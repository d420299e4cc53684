"""Activations to measure speed on: (S, N), seeded."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def mixture(samples: int, neurons: int, seed: int = 0) -> Floats:
    """Activations (samples, neurons) of neurons that share eight latent variables: saturating, noisy, dependent."""
    generator = np.random.default_rng(seed)
    latent = generator.normal(size=(samples, 8))
    noise = 0.3 * generator.normal(size=(samples, neurons))
    return np.asarray(np.tanh(latent @ generator.normal(size=(8, neurons))) + noise)


def hard(activations: Floats) -> dict[str, Floats]:
    """Activations of the same shape (S, N) that are hard for nearest neighbours, by name."""
    neurons = np.arange(activations.shape[1])
    return {
        "after ReLU": np.maximum(activations, 0),
        "heavy tails": np.random.default_rng(1).standard_cauchy(activations.shape),
        "saturated tanh": np.tanh(20 * activations),
        "one rogue scale": activations * np.where(neurons == 0, 1e6, 1.0),
        "coarse grid": np.round(4 * activations),
        "each neuron twice": np.repeat(activations[:, ::2], 2, axis=1)[:, : len(neurons)],
        "every other constant": np.where(neurons % 2, activations, 1.0),
        "r = .99": activations[:, :1] + 0.1 * activations,
    }
