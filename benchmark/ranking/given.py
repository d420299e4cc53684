"""What somebody gives to have ranked: the activations of some networks, read on the same examples, checked.

In: arrays of numpy, torch or a list, one for a network or one for each of its taps. Out: `Activations`, or an error in
one line that says what cannot be ranked and why.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from benchmark.types import Activations
from registry import UserError
from registry.arrays import float_inputs, plain_inputs

FEWEST_NETWORKS = 2
TOLERANCE = 1e-5  # of the spread of a tap's values: what rounding may move one by
WHOLE = "activations"  # the name of the tap where a network is given as one array

Given: TypeAlias = "ArrayLike | Mapping[str, ArrayLike]"


def networks(given: Mapping[str, Given]) -> dict[str, Activations]:
    """The networks to rank, by name, in their order.

    Args:
        given: For each network its activations (S, N), or those of each tap by the tap's name; S examples, N neurons.

    Returns:
        The activations in float32. Every network has the same S examples.

    Raises:
        UserError: Fewer than two networks, two that are the same, or as `network` does.

    >>> found = networks({"a": [[0.0, 1.0], [2.0, 3.0]], "b": {"fc": [[0.0, 1.0], [1.0, 3.0]]}})
    >>> {name: list(one.by_tap) for name, one in found.items()}
    {'a': ['activations'], 'b': ['fc']}
    """
    check_named(given)
    check_count(len(given))
    found: dict[str, Activations] = {}
    for name, one in given.items():
        own = network(name, one)
        found[name] = in_order(own, list(next(iter(found.values()), own).by_tap))
    check_examples({name: examples_of(one) for name, one in found.items()})
    check_different({name: digest_of(one) for name, one in found.items()})
    return found


def check_count(count: int) -> None:
    """Raises UserError for fewer than two networks."""
    if count < FEWEST_NETWORKS:
        raise UserError(f"a ranking needs {FEWEST_NETWORKS} networks or more, got {count}")


def check_named(given: object) -> None:
    """Raises UserError for networks that are not given by name."""
    if not isinstance(given, Mapping):
        raise UserError(f"networks are given by name, as {{'a': one, 'b': another}}, not as {type(given).__name__}")


def examples_of(activations: Activations) -> int:
    """How many examples S they were read on."""
    return len(next(iter(activations.by_tap.values())))


def check_examples(counts: Mapping[str, int]) -> None:
    """Raises UserError where two networks were read on other numbers of examples."""
    (first, count), *others = counts.items()
    for name, own in others:
        if own != count:
            raise UserError(f"{first!r} has {count} examples and {name!r} {own}: read all networks on the same ones")


def check_different(digests: Mapping[str, str]) -> None:
    """Raises UserError where two networks have the same activations, by their digests."""
    first: dict[str, str] = {}
    for name, digest in digests.items():
        if digest in first:
            raise UserError(f"{first[digest]!r} and {name!r} are the same network: all their activations are equal")
        first[digest] = name


def digest_of(activations: Activations) -> str:
    """What tells the activations of one network from those of another, whatever its taps are called."""
    found = hashlib.sha256()
    for matrix in activations.by_tap.values():
        found.update(repr(matrix.shape).encode() + np.ascontiguousarray(matrix).tobytes())
    return found.hexdigest()


def in_order(activations: Activations, taps: Sequence[str]) -> Activations:
    """The taps in the order in which the first network has them, so that the last one of all is the same one."""
    if set(activations.by_tap) != set(taps):
        return activations
    return Activations({tap: activations.by_tap[tap] for tap in taps})


def network(name: object, given: Given) -> Activations:
    """The activations of one network in float32.

    Args:
        name: Of the network, for messages.
        given: Its activations (S, N), or those of each tap by the tap's name; S examples, N neurons.

    Raises:
        UserError: An array of another shape or of other numbers of examples than those beside it, numbers that are not
            finite in float32, or no tap with two neurons.
    """
    if not isinstance(name, str) or not name.strip():
        raise UserError(f"a network's name is a text, not {name!r}")
    by_tap = given if isinstance(given, Mapping) else {WHOLE: given}
    if not by_tap:
        raise UserError(f"network {name!r} has no tap")
    if len({str(tap) for tap in by_tap}) < len(by_tap):
        raise UserError(f"network {name!r}: two taps have one name as texts: {', '.join(map(repr, by_tap))}")
    matrices = {str(tap): _matrix(f"network {name!r}, tap {str(tap)!r}", one) for tap, one in by_tap.items()}
    check_taps(name, matrices)
    return Activations(matrices)


def check_taps(name: str, matrices: Mapping[str, NDArray[np.float32]]) -> None:
    """Raises UserError where a network's taps have other numbers of examples, or nowhere two neurons."""
    counts = {tap: len(matrix) for tap, matrix in matrices.items()}
    (first, count), *others = counts.items()
    for tap, own in others:
        if own != count:
            raise UserError(f"network {name!r}: tap {first!r} has {count} examples and tap {tap!r} {own}")
    if all(matrix.shape[1] < 2 for matrix in matrices.values()):
        raise UserError(f"network {name!r} has one neuron at each tap: mutual information needs two at the same tap")


def _matrix(where: str, given: ArrayLike) -> NDArray[np.float32]:
    """One tap's activations (S, N) in float32."""
    if str(getattr(given, "dtype", "")) == "torch.bfloat16":  # which numpy has not
        given = given.float()  # type: ignore[union-attr]
    try:
        array = plain_inputs(given)
    except ValueError as error:
        raise UserError(f"{where}: {str(error).replace('inputs', 'activations', 1)}") from error
    if array.ndim < 2:
        raise UserError(f"{where} has the shape {array.shape}, not (examples, neurons): leave it out")
    if array.ndim > 2:
        raise UserError(
            f"{where} has the shape {array.shape}, not (examples, neurons): average feature maps over their places, as "
            "maps.mean((2, 3)), and tokens over theirs, or take one token"
        )
    if 0 in array.shape:
        raise UserError(f"{where} has the shape {array.shape}: nothing was read")
    try:
        return float_inputs(_centred(array) if array.dtype == np.float64 else array)
    except ValueError:
        pass
    if array.dtype.kind not in "biuf":
        raise UserError(f"{where}: activations are numbers, not {array.dtype}")
    with np.errstate(over="ignore"):
        example, neuron = np.argwhere(~np.isfinite(array.astype(np.float32)))[0]
    raise UserError(f"{where}, neuron {neuron}: activation {array[example, neuron]} on example {example}")


def _centred(array: NDArray[np.float64]) -> NDArray[np.float64]:
    """The same but for a shift and a scale, which change no measure, where float32 would round away what differs."""
    with np.errstate(all="ignore"):
        rounded = np.abs(array.astype(np.float32) - array).max()
        spread = array.std()
        lost = rounded > TOLERANCE * spread
        return (array - array.mean()) / spread if lost and np.isfinite(spread) and spread > 0 else array
