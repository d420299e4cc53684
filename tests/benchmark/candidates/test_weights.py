"""Weights of a file fill the network that they are of, whatever stands before their names, and no other one."""

from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from benchmark.candidates.weights import with_weights
from registry import UserError


def net(classes: int, width: int = 4) -> nn.Module:
    return nn.Sequential(nn.Linear(3, width), nn.BatchNorm1d(width), nn.Linear(width, classes))


def state(classes: int = 7, **changed: Tensor) -> dict[str, Tensor]:
    torch.manual_seed(0)
    return {**net(classes).state_dict(), **changed}


@pytest.mark.parametrize("prefix", ["", "module.", "model.backbone."])
@pytest.mark.parametrize("form", ["safetensors", "pt", "wrapped.pt"])
@pytest.mark.parametrize("classes", [1, 2, 7])
def test_the_network_has_the_weights_and_the_classes_of_the_file(
    tmp_path: Path, prefix: str, form: str, classes: int
) -> None:
    given = {prefix + name: tensor for name, tensor in state(classes).items()}
    file = tmp_path / f"a.{form}"
    if form == "safetensors":
        save_file(given, file)
    else:
        torch.save({"state_dict": given, "epoch": 3} if form == "wrapped.pt" else given, file)
    network = with_weights(file, "a perceptron", net)
    for name, tensor in network.state_dict().items():
        assert torch.equal(tensor, given[prefix + name])


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"0.weight": torch.zeros(4, 3)}, r"not the weights of a perceptron: 0\.bias is missing \(8 such\)"),
        (state(extra=torch.zeros(1)), r"extra has no place there \(1 such\)"),
        (state(**{"0.weight": torch.zeros(4, 5)}), r"0\.weight has the shape \(4, 5\), not \(4, 3\)"),
        (state(**{"2.bias": torch.zeros(9)}), "heads of 7 and 9 classes"),
        (state(**{"0.weight": torch.zeros(4, 3, dtype=torch.int8)}), "quantized weights are not read"),
        ({}, "is missing"),
    ],
)
def test_weights_of_another_network_are_refused_in_one_line(
    tmp_path: Path, given: dict[str, Tensor], said: str
) -> None:
    save_file(given, tmp_path / "a.safetensors")
    with pytest.raises(UserError, match=said) as caught:
        with_weights(tmp_path / "a.safetensors", "a perceptron", net)
    assert "\n" not in str(caught.value)
    assert str(tmp_path) in str(caught.value)


def test_half_precision_is_read_in_float32(tmp_path: Path) -> None:
    save_file(
        {name: t.half() if t.is_floating_point() else t for name, t in state().items()}, tmp_path / "a.safetensors"
    )
    network = with_weights(tmp_path / "a.safetensors", "a perceptron", net)
    assert {tensor.dtype for tensor in network.parameters()} == {torch.float32}


def test_a_weight_with_the_prefix_and_without_it_is_refused(tmp_path: Path) -> None:
    given = {"module." + name: tensor for name, tensor in state().items()}
    save_file({**given, "0.weight": torch.zeros(4, 3)}, tmp_path / "a.safetensors")
    with pytest.raises(UserError, match=r"0\.weight stands there twice, with 'module\.' before it and without"):
        with_weights(tmp_path / "a.safetensors", "a perceptron", net)
