"""Anchors: small networks whose memorization is known, trained on labelled data and read as candidates are.

In: labelled data, a family, unlabelled data. Out: candidates, each of which is trained when it is read, and let go.
"""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray

from benchmark.candidates.inputs import family_tensors, in_words, token_inputs
from benchmark.candidates.read_out import read_out
from benchmark.candidates.shortcuts import Shortcut, shortcut_named, with_values, with_word
from benchmark.data.labelled.types import Labelled
from benchmark.data.unlabelled.tables import named
from benchmark.data.unlabelled.types import Numbers, Pictures, Texts, Unlabelled
from benchmark.networks.building import build
from benchmark.networks.frozen_layers import beginning_above
from benchmark.networks.inputs import Inputs, Tensors, Tokens
from benchmark.networks.own_networks import AUTO
from benchmark.networks.own_taps import Taps
from benchmark.networks.precision import precision
from benchmark.networks.training import accuracy, device, train
from benchmark.ranking.given import Given
from benchmark.seeding import seeded
from registry import ModelFamily, Training, UserError

AnchorKind = Literal["clean", "shuffled", "random", "shortcut"]
WRONG: tuple[AnchorKind, ...] = ("clean", "shuffled", "random")
SHUFFLED = 0.5  # of the labels
EPOCHS = 200  # at the most
LEARNED = 0.95  # of the training set: who gives fewer of its labels has not learned it
SEEDS = 2
NEEDS_SIDE = "say so, as by --image-size 32"


@dataclass(frozen=True)
class Calibration:
    """What anchors are trained on and how: the words of the user.

    Attributes:
        training_set: A path, or the name of a data set.
        shortcut: A column, a mask or a word, if an anchor of shortcuts is wanted.
        label_column: What holds the labels, by default what is named so.
        seeds: So many anchors of each kind.
        epochs: They are trained for at most; by default as their family's own setting says, 200 at most.
    """

    training_set: str
    shortcut: str | None = None
    label_column: str | None = None
    seeds: int = SEEDS
    epochs: int | None = None


@dataclass(frozen=True)
class Anchor:
    """One anchor. `labels` are those that were given; `kind` says what is made of them.

    Those of one seed begin with the same weights, of whatever kind they are.
    """

    name: str
    kind: AnchorKind
    seed: int
    family: ModelFamily
    training: Training
    examples: Unlabelled
    labels: tuple[int, ...]
    probe: Unlabelled
    taps: Taps = AUTO
    most: int = 128
    side: int | None = None
    shortcut: Shortcut | None = None

    def read(self) -> tuple[Given, str]:
        """Train it, and read its activations. Raises UserError where the training diverges or data do not fit."""
        what = f"the family {self.family.name}"
        labels = changed_labels(np.array(self.labels), self.kind, self.seed)
        taps = self.family.taps if self.taps == AUTO else self.taps
        with seeded(self.seed, torch.get_num_threads()):
            network, inputs, probe = self._built(what)
            told = torch.from_numpy(labels).to(inputs.device)
            numbers = precision(self.training, inputs.device)
            at = beginning_above(network, inputs, self.training.freeze_layers, numbers)
            history = train(network, inputs, told, self.training, at=at)
            if history.stopped == "diverged":
                raise UserError(
                    f"the anchor {self.name} diverged while it was trained: {what} cannot be an anchor here"
                )
            learned = accuracy(network, inputs, told, self.training, at)
        words = f"{_labels_in_words(self.kind, np.array(self.labels), labels)}, {len(history.losses)} epochs"
        given, _ = read_out(network, probe, taps, what)
        return given, f"{words}, {learned:.0%} of them learned{'' if learned >= LEARNED else ': too few'}"

    def _built(self, what: str) -> tuple[torch.nn.Module, Inputs, Inputs]:
        """The untrained network, what it is trained on, and what it is read on; all but the last on the device."""
        classes, on = max(self.labels) + 1, device()
        if self.family.tokenizer is not None:
            network = build(self.family, (self.most,), classes)
            texts = self.examples
            if self.shortcut and isinstance(texts, Texts):
                texts = with_word(texts, self.labels, self.shortcut)
            tokenizer = self.family.tokenizer()
            tokens, probed = (
                token_inputs(data, network, tokenizer, self.most, what)[0] for data in (texts, self.probe)
            )
            moved = Tokens(tokens.ids.to(on), tokens.lengths.to(on), tokens.padding)
            return network.to(on), moved, probed
        tensor = family_tensors(self.family, self.examples, self.side, what).tensor
        if self.shortcut:
            tensor = with_values(tensor, self.labels, self.shortcut)
        network = build(self.family, tuple(tensor.shape[1:]), classes)
        return network.to(on), Tensors(tensor.to(on)), family_tensors(self.family, self.probe, self.side, what)


def anchors_of(
    asked: Calibration,
    data: Labelled,
    family: ModelFamily,
    probe: Unlabelled,
    taps: Taps = AUTO,
    most: int = 128,
    side: int | None = None,
) -> tuple[Anchor, ...]:
    """The anchors, `seeds` of each kind, none of which is trained yet.

    Args:
        asked: What the user wants.
        data: The training set.
        family: Of which they are.
        probe: What they are read on.
        taps: Where they are read; by default where the family says.
        most: So many tokens of a text are read.
        side: Pixels of a side of images.

    Raises:
        UserError: The family does not read such data, training set and probe are not alike, or there is no such
            shortcut.
    """
    _check_alike(data.inputs, probe, family, side)
    shortcut = shortcut_named(asked.shortcut, data, _shape(data.inputs, side)) if asked.shortcut else None
    kinds: tuple[AnchorKind, ...] = (*WRONG, "shortcut") if shortcut else WRONG
    epochs = asked.epochs or min(family.training.max_epochs, EPOCHS)
    setting = replace(family.training, patience=0, max_epochs=epochs)
    first = Anchor("", "clean", 0, family, setting, data.inputs, data.labels, probe, taps, most, side)
    return tuple(
        replace(first, name=f"{kind} {seed}", kind=kind, seed=seed, shortcut=shortcut if kind == "shortcut" else None)
        for kind in kinds
        for seed in range(asked.seeds)
    )


def changed_labels(labels: NDArray[np.int64], kind: AnchorKind, seed: int) -> NDArray[np.int64]:
    """The labels that an anchor is trained on.

    Args:
        labels: (S,) as they were given.
        kind: "clean" and "shortcut" leave them; "shuffled" permutes a half among themselves; "random" draws all anew
            from those that were given, so that each class stays about as frequent.
        seed: Of the draw.

    >>> labels = np.arange(1000) % 2
    >>> [round(float((changed_labels(labels, kind, 0) != labels).mean()), 1) for kind in WRONG]
    [0.0, 0.2, 0.5]
    """
    generator = np.random.default_rng(seed)
    if kind == "random":
        return generator.choice(labels, len(labels))
    found = labels.copy()
    if kind == "shuffled":
        rows = generator.permutation(len(labels))[: round(SHUFFLED * len(labels))]
        found[rows] = labels[generator.permutation(rows)]
    return found


def _labels_in_words(kind: AnchorKind, given: NDArray[np.int64], used: NDArray[np.int64]) -> str:
    wrong = f"{float((given != used).mean()):.0%} of all labels are wrong"
    words: dict[AnchorKind, str] = {
        "clean": "labels as given",
        "shuffled": f"{SHUFFLED:.0%} of the labels permuted among themselves, so that {wrong}",
        "random": f"all labels drawn anew, so that {wrong}",
        "shortcut": "labels as given, told by the shortcut",
    }
    return words[kind]


def _shape(data: Unlabelled, side: int | None) -> tuple[int, ...]:
    """Of one example; none where it is a text. Raises UserError for pictures of which nobody says how wide they are."""
    if isinstance(data, Texts):
        return ()
    if not isinstance(data, Pictures):
        return data.values.shape[1:]
    if side is None:
        raise UserError(f"how many pixels wide are the images that anchors read? {NEEDS_SIDE}")
    return 3, side, side


def _check_alike(data: Unlabelled, probe: Unlabelled, family: ModelFamily, side: int | None) -> None:
    """Raises UserError where the family does not read the data, or one of both only."""
    for one in (data, probe):
        if isinstance(one, Texts) != (family.modality == "text"):
            reads = "texts" if family.modality == "text" else "no texts"
            raise UserError(f"the family {family.name} reads {reads}, and {one.source} holds {in_words(one)}")
    columns = [one.columns if isinstance(one, Numbers) else () for one in (data, probe)]
    if all(columns) and columns[0] != columns[1]:
        raise UserError(
            f"{data.source} has the columns {named(columns[0])} and {probe.source} {named(columns[1])}: both are read "
            "in their order, so give both the same columns"
        )
    shapes = _shape(data, side), _shape(probe, side)
    flat = family.modality == "vector"
    if (int(np.prod(shapes[0])) != int(np.prod(shapes[1]))) if flat else shapes[0] != shapes[1]:
        raise UserError(
            f"an example of {data.source} has the shape {shapes[0]}, and one of {probe.source} {shapes[1]}: anchors "
            "are trained on the one and read on the other, so both have the same inputs"
        )
