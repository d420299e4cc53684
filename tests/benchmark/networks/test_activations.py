"""Taps: what is read, in which mode, and every way in which a tap can fail."""

import numpy as np
import pytest
import torch
from torch import nn

from benchmark.information.nearest import pair_information
from benchmark.information.pairs import pair_summary
from benchmark.networks.activations import TapError, read
from benchmark.networks.inputs import Tensors, Tokens
from registry import Tap
from registry.families._classifiers import vision_family


class Twice(nn.Module):
    """A module whose inner layer fires twice, beside one that never fires."""

    def __init__(self) -> None:
        super().__init__()
        self.inner, self.idle, self.head = nn.Linear(4, 4), nn.Linear(4, 4), nn.Linear(4, 2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(self.inner(self.inner(x)))


class Shared(nn.Module):
    """One layer under two names."""

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Linear(4, 4)
        self.second, self.head = self.first, nn.Linear(4, 2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(self.second(x).relu())


class Tupled(nn.Module):
    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, str]:
        return x * 2, "rest"


INPUTS = torch.randn(2050, 4, generator=torch.Generator().manual_seed(0))


def test_a_tap_before_an_in_place_relu_holds_what_came_before_it() -> None:
    network = nn.Sequential(nn.Linear(4, 6), nn.ReLU(inplace=True), nn.Linear(6, 2))
    by_tap, logits = read(network, (Tap("0"), Tap("1")), Tensors(INPUTS))
    before = (INPUTS @ network[0].weight.T + network[0].bias).detach().numpy()
    np.testing.assert_allclose(by_tap["0"], before, atol=1e-6)
    np.testing.assert_allclose(by_tap["1"], np.maximum(before, 0), atol=1e-6)
    assert logits.shape == (2050, 2)


@pytest.mark.parametrize("taps", [("second",), ("first",), ("second", "first")])
def test_a_module_of_two_names_is_tapped_by_either(taps: tuple[str, ...]) -> None:
    network = Shared()
    by_tap, _ = read(network, tuple(map(Tap, taps)), Tensors(INPUTS))
    expected = network.first(INPUTS).detach().numpy()
    assert list(by_tap) == list(taps)
    for matrix in by_tap.values():
        np.testing.assert_allclose(matrix, expected, atol=1e-6)


def test_a_network_has_the_same_mi_whether_it_is_read_in_float32_or_in_bfloat16() -> None:
    """A mean over space that is rounded to bfloat16 has many equal values, and plain MI takes that for information."""
    torch.manual_seed(0)
    images = nn.functional.interpolate(torch.randn(300, 3, 6, 6), size=32, mode="bilinear")
    family = vision_family("small", "resnet18", ("layer3",), reference="none", width=16)
    network = family.build((3, 32, 32), 6)
    single, half = (
        read(network, family.taps, Tensors(images), numbers)[0]["layer3"] for numbers in ("float32", "bfloat16")
    )

    def mean_mi(matrix: np.ndarray, ties: str = "jitter") -> float:
        return pair_summary(pair_information(matrix, ties=ties)).mean

    assert not np.array_equal(single, half)
    assert mean_mi(half) == pytest.approx(mean_mi(single), abs=0.01)
    rounded = torch.tensor(half).bfloat16().float().numpy()
    assert not np.array_equal(rounded, half)
    assert mean_mi(rounded, "plain") > mean_mi(single) + 0.1


def test_dropout_and_batch_statistics_are_off_and_every_mode_is_restored() -> None:
    network = nn.Sequential(nn.BatchNorm1d(4), nn.Dropout(0.5), nn.Linear(4, 2))
    network.train()
    network[1].eval()
    first, second = (read(network, (Tap("1"),), Tensors(INPUTS))[0]["1"] for _ in range(2))
    assert np.array_equal(first, second)
    assert np.array_equal(read(network, (Tap("1"),), Tensors(INPUTS[:5]))[0]["1"], first[:5])
    assert [module.training for module in network] == [True, False, True]
    assert int(network[0].num_batches_tracked) == 0


def test_reductions_and_tuples() -> None:
    images = torch.randn(3, 2, 4, 4)
    network = nn.Sequential(nn.Conv2d(2, 5, 1), nn.AdaptiveAvgPool2d(1), nn.Flatten())
    by_tap, _ = read(network, (Tap("0", "spatial-mean"), Tap("2")), Tensors(images))
    np.testing.assert_allclose(by_tap["0"], by_tap["2"], atol=1e-6)
    tokens = torch.randn(3, 7, 5)
    tap = Tap("0", "first-token", layout="channels-last")
    first = read(nn.Sequential(nn.Identity(), nn.Flatten()), (tap,), Tensors(tokens))[0]["0"]
    assert np.array_equal(first, tokens[:, 0].numpy())
    assert np.array_equal(
        read(nn.Sequential(Tupled(), Second()), (Tap("0"),), Tensors(INPUTS))[0]["0"], 2 * INPUTS.numpy()
    )


class Second(nn.Module):
    def forward(self, pair: tuple[torch.Tensor, str]) -> torch.Tensor:
        return pair[0]


@pytest.mark.parametrize(
    ("network", "tap", "message"),
    [
        (nn.Sequential(nn.Linear(4, 2)), Tap("00"), r"no module '00' to tap; did you mean '0'\?"),
        (Twice(), Tap("idle"), r"fired 0 times in a forward pass, not once \(times by tap: 'idle' 0\)"),
        (Twice(), Tap("inner"), "fired 2 times"),
        (
            nn.Sequential(nn.Unflatten(1, (2, 2)), nn.Flatten()),
            Tap("0"),
            r"shape \(1024, 2, 2\): reduce is 'none', 'first-token' may",
        ),
        (nn.Sequential(nn.Linear(4, 2)), Tap("0", "spatial-mean"), "'none' may fit"),
    ],
)
def test_taps_that_cannot_be_read(network: nn.Module, tap: Tap, message: str) -> None:
    with pytest.raises(TapError, match=message):
        read(network, (tap,), Tensors(INPUTS))
    assert not any(module._forward_hooks for module in network.modules())


def test_texts_of_unequal_lengths_are_read_in_torchs_own_transformers() -> None:
    """Whose fast path would pack them into nested tensors, which have no shape; it is as it was afterwards."""

    class Network(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.words = nn.Embedding(16, 8)
            self.encoder = nn.TransformerEncoder(nn.TransformerEncoderLayer(8, 2, 16, batch_first=True), 2)
            self.head = nn.Linear(8, 2)

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            states = self.encoder(self.words(input_ids), src_key_padding_mask=attention_mask == 0)
            return self.head(states[:, 0])  # type: ignore[no-any-return]

    torch.manual_seed(0)
    network = Network()
    taps = (Tap("encoder.layers.0", "mean-of-tokens"), Tap("encoder", "last-token"))
    lengths = torch.tensor([3, 7, 5])
    by_tap, _ = read(network, taps, Tokens(torch.arange(1, 16), lengths, 0))
    assert torch.backends.mha.get_fastpath_enabled()
    for row, length in enumerate(lengths.tolist()):
        before = int(lengths[:row].sum())
        alone, _ = read(network, taps, Tokens(torch.arange(1, 16)[before : before + length], lengths[row : row + 1], 0))
        for tap in taps:
            assert np.allclose(by_tap[tap.module_path][row], alone[tap.module_path][0], atol=1e-5)
