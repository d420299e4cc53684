"""What a reading is: something that is taken from a trained network while it is at hand, beside what every run keeps.

In: a trained network with what it may be read on. Out: arrays, of which measures are made, checked. It does not import
torch.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from benchmark.types import Axis, Taken
from registry import Examples, Transforms
from registry.errors import in_words
from registry.fields import a_function, a_text, a_whole_number, a_word, make_plain
from registry.foreign_text import printable
from registry.words import check_name

if TYPE_CHECKING:
    import torch
    from torch import nn

Arrays: TypeAlias = Mapping[str, NDArray[Any]]
Read: TypeAlias = tuple[dict[str, NDArray[np.float32]], NDArray[np.float32]]


class NotForThese(ValueError):
    """A reading that cannot be taken from such inputs, as gradients of texts: its measures are undefined there."""


@dataclass(frozen=True, eq=False)
class AtHand:
    """A trained network with what it may be read on.

    It holds no label of the examples that metrics are computed on: what needs those is a metric.

    Attributes:
        network: In evaluation mode. It is not to be changed: change a copy.
        inputs: (S, ...) the inputs of the examples that measures read, in their order.
        read_by: Takes a network of this form, as a changed copy of it, in whichever mode, and inputs (B, ...) as those
            of the suite; returns the activations of each tap (B, N), first tap first, and the logits (B, K), all in
            float32. The network reads in evaluation mode, and is left as it was.
        arguments: Takes inputs (B, ...); returns the tensors that the network takes for them, on its device.
        training: At most 1,000 seeded examples of its training set, with labels as they were given.
        held_out: Held-out examples drawn as its training set was, none of them among those that metrics are computed
            on; with labels as they were given.
        transforms: Those of its suite.
        num_classes: K.
        train_again: Trains another network as this one was, bit for bit on the same machine. After each epoch it calls
            a function with the network, which the function must leave as it is.
        train_on: Takes examples; returns a network that was trained on these, from the same start and by the same
            setting as this one, in evaluation mode.
    """

    network: "nn.Module"
    inputs: NDArray[Any]
    read_by: Callable[["nn.Module", NDArray[Any]], Read]
    arguments: Callable[[NDArray[Any]], tuple["torch.Tensor", ...]]
    training: Examples
    held_out: Examples
    transforms: Transforms
    num_classes: int
    train_again: Callable[[Callable[["nn.Module"], None]], None]
    train_on: Callable[[Examples], "nn.Module"]

    def read(self, inputs: NDArray[Any]) -> Read:
        """The activations of each tap (B, N) and the logits (B, K) of inputs (B, ...)."""
        return self.read_by(self.network, inputs)

    def logits(self, inputs: NDArray[Any]) -> NDArray[np.float32]:
        """The logits (B, K) of inputs (B, ...)."""
        return self.read(inputs)[1]


@dataclass(frozen=True)
class Reading:
    """What is taken from a network, by name: measures say which readings they need.

    Attributes:
        name: Lower-case words joined by hyphens.
        axis: "examples" where the rows of every array are the examples that measures read, in their order; "network"
            where the arrays are of the network as a whole.
        compute: Takes an `AtHand`; returns arrays by name. It raises `NotForThese` where such inputs have no such
            reading, and is deterministic.
        reference: Who described it.
        version: Raise it when a change moves numbers.
        summary: Its line in lists, by default the first line of its file.

    Raises:
        ValueError: A field is not as said here: which one, and what is allowed.
    """

    name: str
    axis: Axis
    compute: Callable[[AtHand], Arrays]
    reference: str
    version: int = 1
    summary: str = field(default="")

    def __post_init__(self) -> None:
        check_name(self.name)
        make_plain(
            self,
            f"reading {self.name!r}",
            axis=a_word(Axis),
            compute=a_function,
            reference=a_text,
            version=a_whole_number(0),
            summary=a_text,
        )


def take(reading: Reading, at_hand: AtHand) -> Taken | str:
    """What a reading takes from a network; a text where such inputs have no such reading, which says why.

    Raises:
        ValueError: The reading raises anything else, or gives something other than arrays of finite numbers, or with
            the axis "examples" an array that has not one row for each example.
    """
    name = reading.name
    try:
        arrays = {str(part): np.asarray(array) for part, array in reading.compute(at_hand).items()}
    except NotForThese as error:
        return printable(in_words(error).removeprefix(f"{type(error).__name__}: "))
    except (Exception, SystemExit) as error:  # a reading may be anybody's code
        raise ValueError(f"reading {name}: {in_words(error)}") from error
    examples = len(at_hand.inputs)
    for part, array in arrays.items():
        if array.dtype.kind not in "biuf":
            raise ValueError(f"reading {name}: {part!r} is an array of {array.dtype}, not of numbers")
        if reading.axis == "examples" and array.shape[:1] != (examples,):
            raise ValueError(f"reading {name}: {part!r} has shape {array.shape} for {examples} examples")
        if not np.isfinite(array).all():
            raise ValueError(f"reading {name}: {part!r} holds a number that is not finite")
    return Taken(reading.axis, arrays)
