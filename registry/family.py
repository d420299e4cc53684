"""A model family: an architecture, how it is trained, and where its activations are read.

In: the fields of an entry. Out: the frozen entry, or a ValueError in one line.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from registry.fields import a_function, a_kind_of, a_text, make_plain, or_none
from registry.network_options import Options, declared_options, options_over
from registry.resources import Resources
from registry.stored import Weights
from registry.training import Training
from registry.words import EVERY_ENTRY, Layout, Modality, Reduce, check_name, check_word

if TYPE_CHECKING:
    from torch import nn


@dataclass(frozen=True)
class Tap:
    """Where activations are read: the output of one module, or the first element of it if it is a tuple.

    Attributes:
        module_path: The module's name in the network, as `named_modules` has it.
        reduce: How an output becomes a matrix (S, N). "none" takes an output (S, N) as it is. Of tokens (S, T, N),
            "first-token" takes [:, 0], "last-token" the last one that is not padding, and "mean-of-tokens" the mean, in
            float32, over those that are not padding. "spatial-mean" averages feature maps over height and width.
        layout: Which axis of an output with space or tokens holds the N channels: "channels-first" is (S, N, H, W) or
            (S, N, T), "channels-last" is (S, H, W, N) or (S, T, N). Without it, the layout is what the module's type or
            inputs of two sizes show; where neither shows it, tokens are taken for (S, T, N) and feature maps are
            refused.

    Raises:
        ValueError: A field is not as said here, or there is a layout for a tap that is not reduced.
    """

    module_path: str
    reduce: Reduce = "none"
    layout: Layout | None = None

    def __post_init__(self) -> None:
        make_plain(self, "a tap", module_path=a_text)
        check_word("reduce", self.reduce, Reduce)
        if self.layout is not None:
            check_word("layout", self.layout, Layout)
        if self.layout is not None and self.reduce == "none":
            raise ValueError(f"tap {self.module_path!r} has a layout, which is for a tap that is reduced")


@dataclass(frozen=True)
class ModelFamily:
    """An architecture, and how it is trained and tapped.

    Attributes:
        name: Lower-case words joined by hyphens.
        modality: What it reads. A "vector" family gets one flat dimension, whatever the suite's examples look like.
        build: `build(input_shape, num_classes)` returns a torch module from `(B, *input_shape)` to logits (B,
            num_classes). That of a "text" family builds for (most tokens,), and its module takes input_ids and
            attention_mask, each (B, T); if it has room for fewer tokens, texts are cut to so many. Options that a plan
            sets are given by name.
        taps: Where activations are read, each module once.
        reference: Who described the architecture.
        version: Raise it when a change moves numbers.
        training: How it is trained unless a plan says otherwise.
        tokenizer: For a "text" family, and for no other: a function without arguments that returns a Hugging Face
            tokenizer.
        weights: The pretrained weights that `build` and `tokenizer` find in the data folder, if there are any.
        resources: What one cell needs of a cluster's worker.
        options: What a plan may change in the network itself, each with the value that it has unless a plan says
            otherwise, as {"width": 256}: whole numbers, or numbers. `build` has a parameter for each, with that value.
        taps_of: `taps_of(**options)` returns the taps of a network with such options, all of them given by name; None
            where the taps are the same for all. It raises ValueError for options that make no network, with which a
            plan is then refused.

    Raises:
        ValueError: A field is not as said here: which one, and what is allowed.
    """

    name: str
    modality: Modality
    build: "Callable[..., nn.Module]"
    taps: tuple[Tap, ...]
    reference: str
    version: int = 1
    training: Training = field(default_factory=Training)
    tokenizer: Callable[[], Any] | None = None
    weights: Weights | None = None
    resources: Resources = field(default_factory=Resources)
    options: Options = field(default_factory=dict, hash=False)
    taps_of: Callable[..., tuple[Tap, ...]] | None = None

    def __post_init__(self) -> None:
        check_name(self.name)
        check_word("modality", self.modality, Modality)
        if (self.modality == "text") != (self.tokenizer is not None):
            raise ValueError(f"a text family has a tokenizer, and no other: {self.name!r} reads {self.modality} inputs")
        if not isinstance(self.taps, tuple) or not all(isinstance(tap, Tap) for tap in self.taps):
            raise ValueError(f'taps are a tuple of Tap, as in taps=(Tap("0"),), not {self.taps!r}')
        if not self.taps:
            raise ValueError(f"family {self.name!r} has no taps")
        paths = [tap.module_path for tap in self.taps]
        for path in paths:
            if paths.count(path) > 1:
                raise ValueError(f"family {self.name!r} taps {path!r} twice: a module is read once")
        if not isinstance(self.training, Training):
            raise ValueError(f"training is a Training, as in Training(batch_size=64), not {self.training!r}")
        make_plain(
            self,
            f"family {self.name!r}",
            **EVERY_ENTRY,
            build=a_function,
            tokenizer=or_none(a_function),
            weights=or_none(a_kind_of(Weights, "Weights(name=..., files=...)")),
            options=declared_options,
            taps_of=or_none(a_function),
        )
        if not isinstance(self.resources, Resources):
            raise ValueError(f"resources are a Resources, as in Resources(gpus=1), not {self.resources!r}")

    def with_options(self, said: Mapping[str, object]) -> "ModelFamily":
        """The family of the networks with these options: what it builds and taps has them, and all else is the same.

        Args:
            said: Options by name; those that are not said stay as they are.

        Returns:
            The family itself where nothing is said.

        Raises:
            ValueError: There is no such option, or its value is none that it can have.
        """
        if not said:
            return self
        options = options_over(self.options, said, self.name)
        taps = self.taps if self.taps_of is None else self.taps_of(**options)
        return replace(self, options=options, taps=taps, build=partial(self.build, **options))
