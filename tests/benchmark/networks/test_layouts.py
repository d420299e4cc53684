"""Layouts: known by a module's type or by inputs of two sizes, on real architectures; else declared, or refused."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from benchmark.networks.activations import TapError, read
from benchmark.networks.inputs import Inputs, Tensors, Tokens
from registry import ModelFamily, Tap
from registry._torchvision import import_torchvision
from registry._transformers import import_transformers
from registry.families._classifiers import vision_family

IMAGES = torch.randn(3, 3, 64, 64, generator=torch.Generator().manual_seed(0))
TEXTS = Tokens(torch.randint(1, 20, (15,), generator=torch.Generator().manual_seed(0)), torch.tensor([4, 6, 5]), 0)


def tapped(network: nn.Module, path: str, *arguments: Tensor) -> Tensor:
    """What the module gives, as it gives it."""
    kept: list[Any] = []
    hook = network.get_submodule(path).register_forward_hook(lambda module, args, output: kept.append(output))
    with torch.no_grad():
        network.eval()(*arguments)
    hook.remove()
    return kept[0][0] if isinstance(kept[0], tuple) else kept[0]


def built(family: ModelFamily) -> nn.Module:
    torch.manual_seed(0)
    return family.build((3, 64, 64), 6)


@pytest.mark.parametrize(
    ("architecture", "axes_by_tap"),
    [
        ("swin_t", {"features.0.0": (2, 3), "features.1": (1, 2), "features.3": (1, 2), "features.5": (1, 2)}),
        ("convnext_tiny", {"features.1": (2, 3), "features.1.0.block.2": (1, 2), "features.2": (2, 3)}),
        ("resnet18", {"layer2": (2, 3), "layer4": (2, 3)}),
        ("mobilenet_v3_small", {"features.3": (2, 3)}),
        ("regnet_y_400mf", {"trunk_output.block1": (2, 3)}),
    ],
)
def test_feature_maps_of_torchvision_give_their_channels(
    architecture: str, axes_by_tap: dict[str, tuple[int, int]]
) -> None:
    family = vision_family("own", architecture, tuple(axes_by_tap), "none: a test")
    network = built(family)
    by_tap, _ = read(network, family.taps, Tensors(IMAGES))
    for path, axes in axes_by_tap.items():
        np.testing.assert_allclose(by_tap[path], tapped(network, path, IMAGES).mean(axes), atol=1e-5)


def test_a_vision_transformer_is_read_at_its_class_token() -> None:
    family = vision_family("own", "vit_b_32", ("encoder.layers.encoder_layer_1",), "Dosovitskiy et al. 2021")
    network = built(family)
    found = read(network, family.taps, Tensors(IMAGES))[0]["encoder.layers.encoder_layer_1"]
    states = tapped(network, "encoder.layers.encoder_layer_1", IMAGES)
    assert states.shape == (3, 1 + 4, 768)
    np.testing.assert_allclose(found, states[:, 0], atol=1e-5)
    average = Tap("encoder.layers.encoder_layer_1", "mean-of-tokens")
    found = read(network, (average,), Tensors(IMAGES))[0][average.module_path]
    np.testing.assert_allclose(found, states.mean(1), atol=1e-5)


def test_maxvit_reads_one_size_only_and_its_blocks_are_known_by_their_type() -> None:
    models = import_torchvision().models
    network = models.MaxVit((32, 32), 8, 4, [8, 16], [1, 1], 8, 0.0, num_classes=2)
    images = torch.randn(2, 3, 32, 32)
    taps = (Tap("blocks.0", "spatial-mean"), Tap("blocks.1.layers.0", "spatial-mean"))
    by_tap, _ = read(network, taps, Tensors(images))
    assert {path: matrix.shape[1] for path, matrix in by_tap.items()} == {"blocks.0": 8, "blocks.1.layers.0": 16}
    with pytest.raises(TapError, match=r"tap 'blocks.1.layers.0.layers.window_attention.attn_layer' gives shape"):
        read(network, (Tap("blocks.1.layers.0.layers.window_attention.attn_layer", "spatial-mean"),), Tensors(images))


def encoder(architecture: str) -> nn.Module:
    transformers = import_transformers()
    torch.manual_seed(0)
    size = {"vocab_size": 20, "hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2}
    config = getattr(transformers, architecture).config_class(**size, intermediate_size=32, max_position_embeddings=32)
    model: nn.Module = getattr(transformers, architecture)(config)
    return model.eval()


class Logits(nn.Module):
    def __init__(self, architecture: str) -> None:
        super().__init__()
        self.encoder = encoder(architecture)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        return self.encoder(input_ids=ids, attention_mask=mask)[0].sum(1)  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("architecture", "path", "reduce"),
    [
        ("BertModel", "encoder.encoder.layer.1", "first-token"),
        ("BertModel", "encoder.encoder.layer.1", "mean-of-tokens"),
        ("GPT2Model", "encoder.h.1", "last-token"),
        ("LlamaModel", "encoder.layers.1", "last-token"),
        ("LlamaModel", "encoder.layers.1", "mean-of-tokens"),
    ],
)
def test_transformers_are_read_at_the_tokens_of_each_text_alone(architecture: str, path: str, reduce: Any) -> None:
    network = Logits(architecture)
    found = read(network, (Tap(path, reduce),), TEXTS)[0][path]
    for row in range(3):
        states = tapped(network, path, *TEXTS.arguments(torch.tensor([row])))[0]
        alone = {"first-token": states[0], "last-token": states[-1], "mean-of-tokens": states.mean(0)}[reduce]
        np.testing.assert_allclose(found[row], alone, atol=1e-5)


class Between(nn.Module):
    """Something that no type tells before a head for feature maps of one size, or for texts."""

    def __init__(self, change: Callable[[Tensor], Tensor], features: int) -> None:
        super().__init__()
        self.stem, self.between, self.head = nn.Embedding(20, 6), Changed(change), nn.LazyLinear(2)
        self.head(torch.zeros(1, features))

    def forward(self, inputs: Tensor, mask: Tensor | None = None) -> Tensor:
        states = self.stem(inputs) if mask is not None else inputs
        return self.head(self.between(states).flatten(1)[:, : self.head.in_features])  # type: ignore[no-any-return]


class Changed(nn.Module):
    def __init__(self, change: Callable[[Tensor], Tensor]) -> None:
        super().__init__()
        self.change = change

    def forward(self, inputs: Tensor) -> Tensor:
        return self.change(inputs)


def images_moved(*axes: int) -> Callable[[Tensor], Tensor]:
    return lambda images: images.permute(0, *axes) * 2


@pytest.mark.parametrize(
    ("change", "axes"),
    [(images_moved(1, 2, 3), (2, 3)), (images_moved(2, 3, 1), (1, 2)), (images_moved(3, 2, 1), (1, 2))],
)
def test_a_head_of_one_size_does_not_hide_the_layout(change: Callable[[Tensor], Tensor], axes: tuple[int, int]) -> None:
    network = nn.Sequential(Changed(change), nn.Flatten(), nn.Linear(3 * 64 * 64, 2))
    found = read(network, (Tap("0", "spatial-mean"),), Tensors(IMAGES))[0]["0"]
    np.testing.assert_allclose(found, change(IMAGES).mean(axes), atol=1e-5)


@pytest.mark.parametrize(
    ("change", "tap", "inputs", "message"),
    [
        (
            images_moved(2, 1, 3),
            Tap("between", "spatial-mean"),
            Tensors(IMAGES),
            "which axis holds the channels cannot",
        ),
        (
            lambda images: nn.functional.adaptive_avg_pool2d(images, 4),
            Tap("between", "spatial-mean"),
            Tensors(IMAGES),
            r"shape \(3, 3, 4, 4\), and which axis holds the channels cannot be known: add layout=",
        ),
        (
            lambda images: images.permute(0, 2, 3, 1),
            Tap("between", "spatial-mean", "channels-first"),
            Tensors(IMAGES),
            "is declared channels-first, but what its module gives is channels-last",
        ),
        (
            lambda states: states.transpose(0, 1).repeat(1, 3, 1)[:, :1],
            Tap("between", "first-token"),
            TEXTS,
            r"shape \(6, 1, 6\) and \(3, 1, 6\) for one example: its first axis is not that of the examples",
        ),
        (lambda states: states.mean(2), Tap("between"), TEXTS, r"\(1, 6\) and \(1, 3\) .* are tokens, not neurons"),
    ],
    ids=["height and width apart", "one size", "declared wrongly", "tokens before examples", "tokens as neurons"],
)
def test_what_cannot_be_known_is_refused_by_name(
    change: Callable[[Tensor], Tensor], tap: Tap, inputs: Inputs, message: str
) -> None:
    with pytest.raises(TapError, match=f"tap 'between'.*{message}"):
        read(Between(change, 6), (tap,), inputs)


def test_a_declared_layout_is_taken_where_nothing_shows_it() -> None:
    network = Between(lambda images: nn.functional.adaptive_avg_pool2d(images, 4), 6)
    found = read(network, (Tap("between", "spatial-mean", "channels-first"),), Tensors(IMAGES))[0]["between"]
    np.testing.assert_allclose(found, IMAGES.mean((2, 3)), atol=1e-5)


def test_tokens_of_a_convolution_are_on_its_last_axis() -> None:
    network = nn.Sequential(nn.Conv1d(3, 5, 1), nn.Flatten(), nn.Linear(20, 2))
    signals = torch.randn(2, 3, 4)
    found = read(network, (Tap("0", "last-token"),), Tensors(signals))[0]["0"]
    np.testing.assert_allclose(found, network[0](signals)[:, :, -1].detach(), atol=1e-6)
    texts = Between(lambda states: states.transpose(1, 2) + 0, 6)
    found = read(texts, (Tap("between", "mean-of-tokens"),), TEXTS)[0]["between"]
    ids, _ = TEXTS.arguments(torch.tensor([0]))
    np.testing.assert_allclose(found[0], texts.stem(ids)[0].mean(0).detach(), atol=1e-6)


def test_neurons_of_a_block_of_convolutions_over_time_are_no_points_in_time() -> None:
    torch.manual_seed(0)
    first = nn.Sequential(nn.Conv1d(3, 8, 3, padding=1), nn.BatchNorm1d(8), nn.ReLU())
    second = nn.Sequential(nn.Conv1d(8, 8, 3, padding=1), nn.ReLU())
    network = nn.Sequential(first, second, nn.AdaptiveAvgPool1d(1), nn.Flatten(), nn.Linear(8, 2)).eval()
    signals = torch.randn(100, 3, 20)
    found, _ = read(network, (Tap("0", "mean-of-tokens"), Tap("1", "mean-of-tokens")), Tensors(signals))
    np.testing.assert_allclose(found["0"], first(signals).mean(2).detach(), atol=1e-6)
    np.testing.assert_allclose(found["1"], second(first(signals)).mean(2).detach(), atol=1e-6)


@pytest.mark.parametrize("length", [1, 5, 8])
def test_steps_of_a_sequence_are_no_neurons_whatever_its_length(length: int) -> None:
    torch.manual_seed(0)
    network = nn.Sequential(nn.Sequential(nn.Linear(6, 8), nn.Tanh()), nn.LSTM(8, 4, batch_first=True), Last())
    steps = torch.randn(30, length, 6)
    found, _ = read(network, (Tap("0", "mean-of-tokens"), Tap("1", "last-token")), Tensors(steps))
    np.testing.assert_allclose(found["0"], network[0](steps).mean(1).detach(), atol=1e-6)
    np.testing.assert_allclose(found["1"], network[:2](steps)[0][:, -1].detach(), atol=1e-6)


class Last(nn.Module):
    """The last step of what a recurrent module gives."""

    def forward(self, pair: tuple[Tensor, Any]) -> Tensor:
        return pair[0][:, -1]


def test_a_sequence_of_one_length_only_is_refused_with_the_tap_to_write() -> None:
    network = nn.Sequential(nn.Flatten(), nn.Linear(12, 12), nn.Unflatten(1, (3, 4)), nn.Flatten(), nn.Linear(12, 2))
    said = r"shape \(1, 3, 4\) .*: name Tap\('2', 'mean-of-tokens', layout=\"channels-first\"\) for \(B, C, T"
    with pytest.raises(TapError, match=said):
        read(network, (Tap("2", "mean-of-tokens"),), Tensors(torch.randn(5, 3, 4)))
    found, _ = read(network, (Tap("2", "mean-of-tokens", "channels-first"),), Tensors(signals := torch.randn(5, 3, 4)))
    np.testing.assert_allclose(found["2"], network[:3](signals).mean(2).detach(), atol=1e-6)


def test_a_record_of_outputs_is_no_tensor() -> None:
    with pytest.raises(TapError, match=r"tap 'encoder' gives BaseModelOutput.*, not a tensor: tap a module inside it"):
        read(Logits("BertModel"), (Tap("encoder", "first-token"),), TEXTS)


def test_looking_at_sizes_leaves_no_hook_behind() -> None:
    network = nn.Sequential(nn.Conv2d(3, 2, 1), nn.Flatten(), nn.Linear(2 * 64 * 64, 2))
    read(network, (Tap("0", "spatial-mean"),), Tensors(IMAGES))
    assert not any(module._forward_hooks for module in network.modules())
