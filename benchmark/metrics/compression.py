r"""MDL compression: how much shorter labels or groups become once a probe may read the representation.

The online code (Voita, Titov 2020): examples in a seeded order, in blocks that grow; the first is sent as it is, each
other one by a probe trained on all before it. Everything is in bits.

$$\frac{S \,\log_2 \, K}{L}, \qquad
L = S_1 \,\log_2 \, K - \sum_{t \ge 2} \sum_{s \in B_t} \log_2 \, q_t(g_s \mid a_s)$$

$B_t$ are the blocks, of which the first has $S_1$ examples, 2 % of all. $g_s$ is the group of example $s$ out of $K$,
$a_s$ its activations at a tap, and $q_t$ the probe that was trained on all blocks before $B_t$.

It fails without groups, and where all examples are of one. It is 1 where the representation tells nothing of the group,
less by what the probe learns in vain, and 50 at most. Where labels go with groups a representation of the labels tells
something of the groups as well: what it is by chance stands beside it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from math import log, log2, sqrt
from statistics import fmean
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from benchmark.information._matrix import checked
from benchmark.metrics import _probes
from benchmark.metrics._permuted import permuted_within
from benchmark.types import Metric, Outputs, Value

BLOCKS = (20, 30, 44, 65, 95, 140, 210, 310, 457, 676, 1000)  # where they end, per mille of the examples
Probe = Literal["linear", "mlp"]
Units = Literal["bits", "mixed"]
PERMUTED = 5  # times, for what compression is by chance: its error is then a third of the number's own, or less


@dataclass(frozen=True, eq=False)
class Code:
    """How many bits each label takes in the online code (S,), in the order of the examples, and in a uniform one."""

    lengths: NDArray[np.float64]
    uniform_length: float

    @property
    def online_bits(self) -> float:
        """Bits of all labels in the online code."""
        return float(self.lengths.sum())

    @property
    def uniform_bits(self) -> float:
        """Bits of all labels in the uniform code."""
        return len(self.lengths) * self.uniform_length

    @property
    def compression(self) -> float:
        """Uniform over online: 1 for labels that the features do not tell, at most examples / first block."""
        return self.uniform_bits / self.online_bits

    @property
    def by_example(self) -> NDArray[np.float64]:
        """The compression c plus what each example's code length l moves it by, (S,): c (2 - l / mean of l).

        This is the delta method. The mean is c. A length comes back as l = (2 - by_example / c) times the mean length,
        which is the uniform length over c.
        """
        return np.asarray(self.compression * (2 - self.lengths / self.lengths.mean()))

    @property
    def standard_error(self) -> float:
        """Of the compression, from the spread of the code lengths of all examples, those of the first block too.

        In simulations (200 to 1,000 examples, 16 and 64 features) intervals of two errors held in .88 to 1.00 of draws;
        without the first block in .85 to 1.00.
        """
        return float(self.by_example.std(ddof=1)) / sqrt(len(self.lengths))


def online_code(
    features: ArrayLike, labels: ArrayLike, probe: Probe = "linear", seed: int = 0, units: Units = "bits"
) -> Code:
    """The online code of labels given features (Voita, Titov 2020).

    Args:
        features: (S, N), a numpy array or a torch tensor.
        labels: (S,) integers.
        probe: "linear" is logistic regression (L2, C = 1, converged, features as they are). It cannot code a label that
            it has not seen, so a block is sent uniformly, as the first is, until every label has occurred before it.
            "mlp" is a perceptron of one hidden layer.
        seed: Of the order of the examples, and of the MLP.
        units: "mixed" adds nats to the bits of the first block, as published code does: noise then has 1.43.

    Raises:
        ValueError: Fewer than two examples, features that are not finite, or labels that are no integers or all the
            same.

    >>> labels = np.arange(1000) % 2
    >>> found = online_code(100.0 * labels[:, None], labels)
    >>> found.uniform_bits, round(found.compression), found.lengths[:2].round(2).tolist()
    (1000.0, 50, [0.0, 0.0])
    """
    x, y = _labelled(features, labels)
    coders: dict[str, Callable[..., NDArray[Any]]] = {"linear": _probes.linear, "mlp": _probes.mlp}
    for word, given, allowed in (("probe", probe, tuple(coders)), ("units", units, ("bits", "mixed"))):
        if given not in allowed:
            raise ValueError(f"{word} is {' or '.join(map(repr, allowed))}, not {given!r}")
    kinds = int(y.max()) + 1
    order = np.random.default_rng(seed).permutation(len(y))
    x, y = x[order], y[order]
    ends = sorted({max(1, len(y) * end // 1000) for end in BLOCKS})
    uniform = log2(kinds)
    per_nat = 1.0 if units == "mixed" else 1 / log(2)
    lengths = [np.full(ends[0], uniform)]
    drawn = {"seed": seed} if probe == "mlp" else {}
    for known, end in pairwise(ends):
        if probe == "linear" and len(np.unique(y[:known])) < kinds:
            lengths.append(np.full(end - known, uniform))
        else:
            nats = coders[probe](x[:known], y[:known], x[known:end], y[known:end], kinds, **drawn)
            lengths.append(nats * per_nat)
    in_order = np.empty(len(y))
    in_order[order] = np.concatenate(lengths)
    return Code(in_order, uniform)


def _labelled(features: ArrayLike, labels: ArrayLike) -> tuple[NDArray[Any], NDArray[np.int64]]:
    x, y = checked(features, minimum=2).values, np.asarray(labels)
    if y.shape != x.shape[:1]:
        raise ValueError(f"features are (S, N) and labels (S,), not {x.shape} and {y.shape}")
    if not np.issubdtype(y.dtype, np.integer):
        raise ValueError(f"labels are integers, not {y.dtype}")
    kinds, numbers = np.unique(y, return_inverse=True)
    if len(kinds) < 2:
        raise ValueError("all labels are the same: there is nothing to code")
    return x, numbers


def compute(outputs: Outputs) -> Value:
    """Compression of the groups at every tap, linear probe; the headline is the last tap's.

    By chance it is what the last tap's is with groups permuted inside labels: a probe then reads of the groups only
    what the labels tell of them.
    """
    if outputs.groups is None:
        raise ValueError("the examples have no groups")
    if len(np.unique(outputs.groups)) < 2:
        return Value(None, reason="all examples are of one group")
    codes = {tap: online_code(matrix, outputs.groups) for tap, matrix in outputs.activations.by_tap.items()}
    tap, last = list(codes.items())[-1]
    features = outputs.activations.by_tap[tap]
    drawn = (permuted_within(outputs.labels, outputs.groups, seed) for seed in range(PERMUTED))
    chance = [online_code(features, groups).compression for groups in drawn]
    return Value(
        last.compression,
        per_tap={tap: code.compression for tap, code in codes.items()},
        standard_error=last.standard_error,
        details={
            "online_bits": {tap: code.online_bits for tap, code in codes.items()},
            "uniform_bits": last.uniform_bits,
        },
        by_example=last.by_example,
        by_chance=fmean(chance),
    )


METRIC = Metric(
    name="compression",
    higher_is_better=False,
    needs=("activations", "groups"),
    compute=compute,
    reference="Voita, Titov 2020 (online code); Bansal, Pruthi, Belinkov 2022, section 4.1",
    version=2,
    form="last tap",
)
