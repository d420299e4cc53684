"""The activations of anybody's module on anybody's inputs.

In: a torch module, inputs, and which of its modules to tap. Out: one matrix (S, N) for each tap.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from benchmark.networks.activations import TapError, evaluation_mode, read
from benchmark.networks.inputs import Inputs, Tensors, Tokens
from benchmark.networks.own_draws import drawing_apart, seed_all
from benchmark.networks.own_inputs import EXAMPLES, OwnInputs, inputs_of
from benchmark.networks.own_readings import differing_tap, rounding, unlike_lengths
from benchmark.networks.own_taps import Taps, chosen_taps, declared_taps, of_patches
from benchmark.networks.own_tokens import OwnTokens
from benchmark.networks.pictures import PictureInputs
from benchmark.networks.reductions import first_of
from registry import Tap, UserError
from registry.errors import in_short

AUTO = "auto"
FEW = 8  # examples that show whether a network draws
_BELOW = "network"  # the path of a network inside the module that calls it


def activations_of(
    network: nn.Module, inputs: object, taps: Taps = AUTO, examples: int = EXAMPLES
) -> dict[str, NDArray[np.float32]]:
    """The activations (S, N) of a network at each tap, read in evaluation mode; it stays as it was.

    Args:
        network: Any module. It is read where its parameters are. One that is compiled or wrapped for several devices
            is looked into, and taps are paths inside it.
        inputs: An array or tensor (S, ...); a mapping with input_ids and attention_mask (S, T), of which whatever else
            the network takes of each token is given to it too, and no labels; or an iterable of batches of either, as a
            DataLoader, of which `examples` are taken. Of a batch that is a tuple or list the first part is taken.
        taps: Paths of modules, or `Tap`s; "auto" takes `chosen_taps`.
        examples: The most that are taken.

    Raises:
        UserError: Inputs or taps that cannot be used.
    """
    return Reader(network, inputs, taps, examples).read()


class Reader:
    """One network with the inputs that it is read on, as often as it is asked to: they are prepared once.

    Reading leaves modes, gradients, generators and autocast as they were. The network may have moved to another device,
    or to numbers of another kind, since it was read last.

    Raises:
        UserError: As `activations_of`.
    """

    def __init__(self, network: nn.Module, inputs: object, taps: Taps = AUTO, examples: int = EXAMPLES) -> None:
        if not isinstance(network, nn.Module):
            raise UserError(f"a network is a torch module, not {type(network).__name__}: activations go to rank_models")
        network = unwrapped(network)
        _check_made(network)
        device = _device(network)
        with drawing_apart(device, inputs):  # a DataLoader draws a seed each time that it is gone through
            given = inputs_of(inputs, examples, device, network)
        given = OwnTokens.of(given) if isinstance(given, Tokens) else given
        texts = isinstance(given, OwnTokens)
        names = tuple(given.more) if isinstance(given, OwnTokens) else ()
        self._given, self._inputs, self._network = given, _at(given, network), _Called(network, texts, names)
        shapes = self._shapes()
        axes, patches = {path: len(shape) for path, shape in shapes.items()}, of_patches(shapes)
        with self._as_it_was():
            if taps == AUTO:
                self.taps = chosen_taps(network, axes, texts, patches)
            else:
                self.taps = declared_taps(network, taps, axes, texts, patches)
        self._check_draws_nothing()
        if isinstance(given, OwnTokens) and self._padding_shows(given):
            self._given = replace(given, one_length=True)

    @property
    def one_length(self) -> bool:
        """Whether texts of one length are read together, since padding would change what the network gives."""
        return isinstance(self._given, OwnTokens) and self._given.one_length

    def read(self) -> dict[str, NDArray[np.float32]]:
        """The activations (S, N) at each tap, as the network is now."""
        self._inputs = _at(self._given, self._network.network)
        return self._found(self._inputs)

    def _found(self, inputs: Inputs, seed: int | None = None) -> dict[str, NDArray[np.float32]]:
        """The activations on these inputs, drawn from this seed where the network draws anything."""
        below = [_below(tap) for tap in self.taps]
        with self._as_it_was():
            if seed is not None:
                seed_all(seed)
            found, _ = read(self._network, below, inputs)
        return {tap.module_path: found[own.module_path] for tap, own in zip(self.taps, below, strict=True)}

    def _check_draws_nothing(self) -> None:
        """Raises UserError for a network that gives something else on the same examples each time."""
        first = self._inputs[torch.arange(min(FEW, len(self._inputs)), device=self._inputs.device)]
        one, other = (self._found(first, seed) for seed in (0, 1))
        if tap := differing_tap(one, other, rounding(self._network)):
            raise UserError(
                f"the network draws at random in evaluation mode, so tap {tap!r} gives other numbers each time: turn "
                "off what draws, as dropout with training=True (of a ViTMAE, set mask_ratio to 0 in its config.json)"
            )

    def _padding_shows(self, tokens: OwnTokens) -> bool:
        """Whether a text gives something else alone than padded to the length of another one."""
        pair = unlike_lengths(tokens)
        if pair is None:
            return False
        alone, both = self._found(self._inputs[pair[:1]]), self._found(self._inputs[pair])
        padded = {tap: rows[:1] for tap, rows in both.items()}
        return differing_tap(alone, padded, rounding(self._network)) is not None

    def _shapes(self) -> dict[str, tuple[int, ...]]:
        """The shape of the output of each module, by its path, in the order in which they run on two examples."""
        found: dict[str, tuple[int, ...]] = {}

        def keep(path: str, module: nn.Module, args: object, output: object) -> None:
            if isinstance(first := first_of(output), Tensor):
                found[path] = tuple(first.shape)

        rows = torch.arange(min(2, len(self._inputs)), device=self._inputs.device)
        with ExitStack() as entered:
            entered.enter_context(self._as_it_was())
            for path, module in self._network.network.named_modules():
                entered.callback(module.register_forward_hook(partial(keep, path)).remove)
            self._network(*self._inputs.arguments(rows))
        return found

    @contextmanager
    def _as_it_was(self) -> Iterator[None]:
        """The network may be called here, and is afterwards as it was, its buffers and torch's generators too."""
        buffers = {name: buffer.clone() for name, buffer in self._network.named_buffers()}
        device = self._inputs.device
        with (
            _refusing(),
            drawing_apart(device),
            evaluation_mode(self._network),
            _uncompiled(self._network),
            torch.no_grad(),
            # A network may turn autocast on by itself: a weight that it rounds here, without a gradient, is not kept.
            torch.autocast(device.type, enabled=False, cache_enabled=False),
        ):
            try:
                yield
            finally:
                for name, buffer in self._network.named_buffers():
                    if name in buffers and not torch.equal(buffer, buffers[name]):
                        buffer.copy_(buffers[name])


def unwrapped(network: nn.Module) -> nn.Module:
    """The network itself, out of DistributedDataParallel, DataParallel and torch.compile, in any order."""
    wrappers = (nn.parallel.DistributedDataParallel, nn.DataParallel)
    while isinstance(network, wrappers) or hasattr(network, "_orig_mod"):
        inner = network.module if isinstance(network, wrappers) else network._orig_mod
        if not isinstance(inner, nn.Module):
            break
        network = inner
    return network


def _check_made(network: nn.Module) -> None:
    """Raises UserError where weights have no size yet: the first batch that a network reads gives them one."""
    named = [*network.named_parameters(), *network.named_buffers()]
    if lazy := [name for name, weight in named if nn.parameter.is_lazy(weight)]:
        raise UserError(f"the network's {lazy[0]!r} has no size yet: call the network once on a batch of its own first")


def _device(network: nn.Module) -> torch.device:
    return next(network.parameters(), torch.zeros(0)).device


def _at(inputs: OwnInputs, network: nn.Module) -> OwnInputs:
    """Inputs on the device of a network, and in its kind of floating-point numbers if it has one alone."""
    device = _device(network)
    if isinstance(inputs, Tokens):
        return OwnTokens.of(inputs).to(device)
    if isinstance(inputs, PictureInputs):
        return PictureInputs(inputs.bytes.to(device), inputs.mean.to(device), inputs.deviation.to(device))
    kinds = {parameter.dtype for parameter in network.parameters() if parameter.is_floating_point()}
    own = inputs.tensor.is_floating_point() and len(kinds) == 1
    return Tensors(inputs.tensor.to(device, kinds.pop() if own else None))


@contextmanager
def _uncompiled(network: nn.Module) -> Iterator[None]:
    """Without what `Module.compile` has made, which does not know of hooks that are added later."""
    compiled = {module: made for module in network.modules() if (made := module._compiled_call_impl) is not None}
    for module in compiled:
        module._compiled_call_impl = None
    try:
        yield
    finally:
        for module, made in compiled.items():
            module._compiled_call_impl = made


@contextmanager
def _refusing() -> Iterator[None]:
    """What a network or a tap cannot do with inputs is one line."""
    try:
        yield
    except TapError as error:
        raise UserError(str(error).replace(f"'{_BELOW}.", "'")) from error
    except (RuntimeError, TypeError, ValueError, LookupError, AttributeError, AssertionError) as error:
        raise UserError(f"the network does not take these inputs: {in_short(error)}") from error


class _Called(nn.Module):
    """A network whose forward pass gives its first output alone, as a tensor: nobody reads it."""

    def __init__(self, network: nn.Module, texts: bool, names: tuple[str, ...]) -> None:
        super().__init__()
        self.network = network
        self._texts, self._names = texts, names

    def forward(self, *arguments: Tensor) -> Tensor:
        if self._texts:
            more = dict(zip(self._names, arguments[2:], strict=True))
            self.network(input_ids=arguments[0], attention_mask=arguments[1], **more)
        else:
            self.network(*arguments)
        return arguments[0].new_zeros((len(arguments[0]), 1), dtype=torch.float32)


def _below(tap: Tap) -> Tap:
    return Tap(f"{_BELOW}.{tap.module_path}", tap.reduce, tap.layout)
