"""Frozen layers: computed once, and the training is that of a network whose first layers do not change."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from small_encoders import ARCHITECTURES, DECODERS, saved
from torch import nn

from benchmark.networks.frozen_layers import beginning_above
from benchmark.networks.inputs import Inputs, Tensors, as_inputs
from benchmark.networks.training import train
from registry import FAMILIES, DataError, Examples, Training
from registry.families import toy_encoder
from registry.families._encoders import classifier, encoder_family

CPU = torch.device("cpu")
TRAINING = Training(learning_rate=1e-2, batch_size=4, max_epochs=3, stop_loss=0.0)


def texts(count: int = 12) -> Inputs:
    words = [" ".join((toy_encoder.WORDS[4 + n % 9 :] * 2)[: 1 + n % 7]) for n in range(count)]
    made = Examples(np.array(words, dtype=np.dtypes.StringDType()), np.zeros(count, dtype=np.int64))
    return as_inputs(FAMILIES["toy-encoder"], made, (16,), CPU)


def without_dropout(network: nn.Module) -> nn.Module:
    for module in network.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0
        if isinstance(getattr(module, "attention_dropout", None), float):
            module.attention_dropout = 0.0
    return network


BOTH = ARCHITECTURES | DECODERS


@pytest.mark.parametrize(("architecture", "patience"), [("BertModel", 1), *((name, 0) for name in BOTH)])
def test_it_is_the_training_of_the_upper_layers_alone(architecture: str, patience: int, tmp_path: Path) -> None:
    folder = saved(tmp_path / "encoder", architecture)
    inputs, labels = texts(), torch.arange(12) % 2
    reading = "first-token" if architecture in ARCHITECTURES else "last-token"
    results = []
    for frozen in (0, 2):
        torch.manual_seed(0)
        network = without_dropout(classifier(folder, 3, 2, False, reading))
        if not frozen:  # the same by another way: all is computed, and what lies below gets no gradient
            above = {id(part) for module in (network.layers[2], network.head) for part in module.parameters()}
            after = [part for name, part in network.named_parameters() if name.endswith(("ln_f.weight", "ln_f.bias"))]
            after += [part for name, part in network.named_parameters() if name == "encoder.norm.weight"]
            for part in network.parameters():
                part.requires_grad_(id(part) in above | {id(one) for one in after})
        setting = replace(TRAINING, freeze_layers=frozen, patience=patience, stop_loss=10.0 * patience)
        before = {name: value.clone() for name, value in network.state_dict().items()}
        torch.manual_seed(1)
        history = train(network, inputs, labels, setting, held_back=(inputs[torch.arange(4)], labels[:4]))
        results.append((history, network.state_dict()))
        moved = {name for name, value in network.state_dict().items() if not torch.equal(value, before[name])}
        assert moved
        assert not any(f".{layer}." in name for name in moved for layer in (0, 1))
    (whole, weights), (above_alone, others) = results
    assert above_alone.losses == pytest.approx(whole.losses, abs=2e-4)
    assert above_alone.stopped == whole.stopped
    for name, value in weights.items():
        torch.testing.assert_close(others[name], value, atol=2e-3, rtol=2e-3)


def test_a_step_does_not_compute_what_is_frozen_and_afterwards_all_is_as_before() -> None:
    network, inputs = FAMILIES["toy-encoder"].build((16,), 2), texts()
    calls = []
    network.layers[0].attention.register_forward_hook(lambda *_: calls.append(1))
    at = beginning_above(network, inputs, 1, "float32")
    read = len(calls)
    assert read == len(inputs.reading())
    rows = torch.tensor([5, 2, 7])
    network.eval()
    with torch.no_grad():
        expected = network(*inputs.arguments(rows))
        with at(rows):
            found = network(*inputs.arguments(rows))
    assert len(calls) == read + 1
    torch.testing.assert_close(found, expected)
    assert all("forward" not in vars(layer) for layer in network.layers)


def test_a_network_that_cannot_be_cut_says_why() -> None:
    network, inputs = FAMILIES["toy-encoder"].build((16,), 2), texts()
    with pytest.raises(DataError, match="freeze_layers: 2 leaves none of the network's 2 layers to train"):
        beginning_above(network, inputs, 2, "float32")
    with pytest.raises(DataError, match="needs a network with a stack `layers`"):
        beginning_above(nn.Linear(2, 2), inputs, 1, "float32")
    with pytest.raises(DataError, match="is for texts"):
        beginning_above(network, Tensors(torch.zeros(3, 2)), 1, "float32")


def test_layers_that_pass_on_more_than_their_states_are_refused() -> None:
    network, inputs = FAMILIES["toy-encoder"].build((16,), 2), texts()
    network.layers[0].register_forward_hook(lambda module, arguments, output: (output, torch.zeros(1)))
    with pytest.raises(DataError, match="give their states"):
        beginning_above(network, inputs, 1, "float32")


def test_dropout_below_is_off_and_above_is_on(tmp_path: Path) -> None:
    family = encoder_family("small", str(saved(tmp_path / "encoder")), layers=3, reference="none")
    network, inputs = family.build((16,), 2).train(), texts()
    seen: dict[int, list[torch.Tensor]] = {1: [], 2: []}
    for layer, kept in seen.items():
        network.layers[layer].register_forward_hook(lambda *given, kept=kept: kept.append(given[2]))
    at = beginning_above(network, inputs, 2, "float32")
    seen[1].clear()
    for _ in range(2):
        with at(torch.arange(6)):
            network(*inputs.arguments(torch.arange(6)))
    assert network.training
    assert torch.equal(*seen[1])
    assert not torch.equal(*seen[2])
