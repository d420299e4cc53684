"""The conformance checks of a model family: seeded random inputs, a network built for them, seconds of work.

In: a network built for some suite's shapes. Out: for each check what is wrong, None where nothing is.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import ceil, prod
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from benchmark.networks.activations import evaluation_mode, read
from benchmark.networks.building import build_from
from benchmark.networks.inputs import Inputs, Tensors, Tokens, batches_of
from benchmark.networks.room import room
from benchmark.networks.tokenizing import padding_of
from benchmark.networks.training import train
from registry import SUITES, ModelFamily

ROWS = 8
TRAINED_ON = 32
LETTERS = 8  # of the shortest text; the longest has less than twice as many
STEPS = 30  # of training, or two epochs where those have more
LARGEST_NORM = 1e15  # of weights that still train: what they make of inputs can be squared in float32
SAME = 1e-4  # relative difference that the order of a sum may make in float32
ROUNDING = 1e-5  # that of one row computed several times in one batch


@dataclass(frozen=True)
class Built:
    """A family's network for one suite's shape of an example."""

    family: ModelFamily
    network: nn.Module
    shape: tuple[int, ...]
    num_classes: int

    def examples(self, count: int) -> Inputs:
        """Seeded random examples: normal numbers, or texts of a few tokens each."""
        generator = torch.Generator().manual_seed(0)
        if self.family.tokenizer is None:
            return Tensors(torch.randn(count, *self.shape, generator=generator))
        tokenizer = self.family.tokenizer()
        most = room(self.network, tokenizer, min(self.shape[0], 2 * LETTERS)) or LETTERS
        fewest = min(LETTERS, most)
        lengths = torch.randint(fewest, max(fewest + 1, most), (count,), generator=generator)
        ids = torch.randint(0, len(tokenizer), (int(lengths.sum()),), generator=generator)
        padding = padding_of(tokenizer)
        return Tokens(torch.where(ids == padding, (ids + 1) % len(tokenizer), ids), lengths, padding)

    @property
    def inputs(self) -> Inputs:
        """Eight examples."""
        return self.examples(ROWS)

    @property
    def framed_inputs(self) -> Inputs:
        """Eight examples; texts of one length that all begin and end with one token, as tokenizers frame them."""
        if not isinstance(inputs := self.inputs, Tokens):
            return inputs
        count = int(inputs.lengths.min())
        ids = inputs.ids[: ROWS * count].reshape(ROWS, count).clone()
        ids[:, 0] = ids[:, -1] = ids[0, 0]
        return Tokens(ids.flatten(), torch.full((ROWS,), count), inputs.padding)

    def forward(self) -> Any:
        """What the network gives for the eight examples."""
        return self.network(*self.inputs.arguments(torch.arange(ROWS)))


def built(family: ModelFamily) -> Built:
    """A network for the shape and classes of the first suite that fits: one that it reads, if there is any.

    Raises what `build` raises, if it builds for no suite at all.
    """
    fitting = [suite for suite in SUITES.usable().values() if family.modality in (suite.modality, "vector")]
    shapes = {
        ((prod(suite.input_shape),) if family.modality == "vector" else suite.input_shape, suite.num_classes)
        for suite in fitting
    }
    if not shapes:
        raise ValueError(f"no suite has {family.modality} inputs")
    problems: list[Exception] = []
    unread: list[Built] = []
    for shape, num_classes in sorted(shapes):
        try:
            network = build_from(family, shape, num_classes, 0)
        except Exception as error:
            problems.append(error)
            continue
        made = Built(family, network, shape, num_classes)
        if _reads(made):
            return made
        unread.append(made)
    if not unread:
        raise problems[0]
    return unread[0]


def _reads(subject: Built) -> bool:
    """Whether its forward pass takes examples of this shape; an image may be too small for a network."""
    with evaluation_mode(subject.network), torch.no_grad():
        try:
            subject.forward()
        except Exception:
            return False
    return True


def logits_shape(subject: Built) -> str | None:
    """Logits are (B, K)."""
    with evaluation_mode(subject.network), torch.no_grad():
        logits = subject.forward()
    wanted = (ROWS, subject.num_classes)
    if not isinstance(logits, Tensor):
        return f"forward returns {type(logits).__name__}, not a tensor of logits {wanted}"
    return None if logits.shape == wanted else f"logits have shape {tuple(logits.shape)}, not (B, K) = {wanted}"


def taps_fire_once(subject: Built) -> str | None:
    """Every tap names a module that fires exactly once and gives a matrix; `read` says what does not."""
    read(subject.network, subject.family.taps, subject.inputs)
    return None


def taps_vary(subject: Built) -> str | None:
    """No tap gives one row for all examples, as the first token of a decoder does, which sees no other."""
    by_tap, _ = read(subject.network, subject.family.taps, subject.framed_inputs)
    for tap in subject.family.taps:
        rows = by_tap[tap.module_path]
        if not rows.size:
            return f"tap {tap.module_path!r} has no neurons"
        if abs(rows - rows[0]).max() <= ROUNDING * abs(rows).max():
            cure = "; 'last-token' may fit, where tokens see only those before them" * (tap.reduce == "first-token")
            return f"tap {tap.module_path!r} ({tap.reduce}) gives the same row for every example{cure}"
    return None


def taps_stay(subject: Built) -> str | None:
    """No module works in place on what a tap has given."""
    kept: dict[str, tuple[Tensor, int]] = {}
    handles = []
    modules = dict(subject.network.named_modules(remove_duplicate=False))
    for tap in (tap for tap in subject.family.taps if tap.module_path in modules):

        def keep(module: nn.Module, args: object, output: object, path: str = tap.module_path) -> None:
            first = output[0] if isinstance(output, tuple | list) else output
            if isinstance(first, Tensor):
                kept[path] = (first, first._version)

        handles.append(modules[tap.module_path].register_forward_hook(keep))
    try:
        with evaluation_mode(subject.network), torch.no_grad():
            subject.forward()
    finally:
        for handle in handles:
            handle.remove()
    changed = [path for path, (output, version) in kept.items() if output._version != version]
    return f"a later module works in place on the output of tap {changed[0]!r}: set inplace=False" if changed else None


def rows_do_not_mix(subject: Built) -> str | None:
    """In evaluation mode an example gives the same in a smaller batch, where texts have less padding, and alone."""
    inputs = subject.inputs
    order = inputs.lengths.argsort() if isinstance(inputs, Tokens) else torch.arange(ROWS)
    together, logits = read(subject.network, subject.family.taps, inputs)
    for some in (order[: ROWS // 2], order[:1]):
        fewer, own = read(subject.network, subject.family.taps, inputs[some])
        for place, a, b in [("the logits", logits, own), *((f"tap {p!r}", together[p], fewer[p]) for p in together)]:
            expected = a[some.numpy()]
            if expected.shape != b.shape:
                return f"{place} of {len(some)} examples have shape {b.shape}, not {expected.shape}"
            if not np.allclose(expected, b, rtol=SAME, atol=SAME):
                return f"{place} of an example depend on the others of its batch, in evaluation mode"
    return None


def evaluation_is_deterministic(subject: Built) -> str | None:
    """The same inputs give the same numbers twice."""
    first, second = (read(subject.network, subject.family.taps, subject.inputs) for _ in range(2))
    same = (first[1] == second[1]).all() and all((first[0][path] == second[0][path]).all() for path in first[0])
    return None if same else "the same inputs give other numbers the second time, in evaluation mode"


def gradients_reach_every_parameter(subject: Built) -> str | None:
    """A loss reaches all that is to be trained."""
    trainable = {name: p for name, p in subject.network.named_parameters() if p.requires_grad}
    if not trainable:
        return "no parameter is trainable"
    labels = torch.arange(ROWS) % subject.num_classes
    subject.network.zero_grad()
    nn.functional.cross_entropy(subject.forward(), labels).backward()
    without = [name for name, parameter in trainable.items() if parameter.grad is None]
    return f"no gradient reaches {', '.join(without[:3])}{' and others' if without[3:] else ''}" if without else None


def training_lowers_the_loss(subject: Built) -> str | None:
    """A few steps of the family's own training on 32 random examples."""
    if not any(parameter.requires_grad for parameter in subject.network.parameters()):
        return None  # said by the check before
    inputs = subject.examples(TRAINED_ON)
    labels = torch.arange(TRAINED_ON) % subject.num_classes
    training = subject.family.training
    epochs = max(2, ceil(STEPS / batches_of(TRAINED_ON, training.batch_size)))
    with torch.random.fork_rng():
        torch.manual_seed(0)
        history = train(subject.network, inputs, labels, replace(training, max_epochs=epochs, patience=0))
    if history.stopped == "diverged":
        return f"the loss is not finite after {history.steps} steps"
    if history.weight_norms[-1] > LARGEST_NORM:
        return f"the weights have a norm of {history.weight_norms[-1]:.3g} after {history.steps} steps"
    first, last = history.losses[0], history.losses[-1]
    fell = last < first or history.stopped == "loss"
    return None if fell else f"the loss went from {first:.3g} to {last:.3g} in {history.steps} steps"


FAMILY_CHECKS: dict[str, Callable[[Built], str | None]] = {
    "logits-shape": logits_shape,
    "taps-fire-once": taps_fire_once,
    "taps-vary": taps_vary,
    "taps-stay": taps_stay,
    "rows-do-not-mix": rows_do_not_mix,
    "evaluation-is-deterministic": evaluation_is_deterministic,
    "gradients-reach-every-parameter": gradients_reach_every_parameter,
    "training-lowers-the-loss": training_lowers_the_loss,
}
