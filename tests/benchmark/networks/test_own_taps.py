"""The taps of a network that nobody has declared: those that a person would name."""

import pytest
import torch
from small_encoders import small_gemma
from torch import nn

from benchmark.networks.own_networks import activations_of
from benchmark.networks.own_taps import MOST, chosen_taps, declared_taps
from registry import FAMILIES, Tap, UserError
from registry._torchvision import import_torchvision
from registry._transformers import import_transformers


def axes_of(net: nn.Module, axes: int = 2) -> dict[str, int]:
    """As if each module gave so many axes, convolutions four, in the order in which they are registered."""
    return {path: 4 if isinstance(own, nn.Conv2d) else axes for path, own in net.named_modules()}


def test_of_a_perceptron_the_hidden_layers_before_their_nonlinearity() -> None:
    net = nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Linear(8, 8), nn.ReLU(), nn.Linear(8, 2))
    assert chosen_taps(net, axes_of(net), texts=False) == [Tap("0"), Tap("2")]


def test_of_a_convolutional_network_the_means_of_its_maps() -> None:
    net = nn.Sequential(nn.Conv2d(1, 4, 3), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 2))
    assert chosen_taps(net, axes_of(net), texts=False) == [Tap("0", "spatial-mean")]


def test_of_a_resnet_its_stages() -> None:
    with torch.device("meta"):
        net = import_torchvision().models.resnet18()
    taps = chosen_taps(net, axes_of(net, 4), texts=False)
    assert taps == [Tap(f"layer{number}", "spatial-mean") for number in range(1, 5)]


def test_of_other_networks_of_stages_each_stage() -> None:
    net = nn.Module()
    net.stages = nn.Sequential(nn.Sequential(nn.Conv2d(3, 4, 1)), nn.Sequential(nn.Conv2d(4, 8, 1)))
    taps = chosen_taps(net, {"stages.0.0": 4, "stages.0": 4, "stages.1.0": 4, "stages.1": 4}, texts=False)
    assert taps == [Tap("stages.0", "spatial-mean"), Tap("stages.1", "spatial-mean")]


def test_of_anybodys_transformer_its_blocks_over_all_tokens_or_at_a_class_token() -> None:
    layer = nn.TransformerEncoderLayer(8, 2, 16, batch_first=True)
    net = nn.Sequential(nn.Linear(3, 8), nn.TransformerEncoder(layer, 3))
    blocks = [f"1.layers.{n}" for n in range(3)]
    assert chosen_taps(net, axes_of(net, 3), texts=False) == [Tap(path, "mean-of-tokens") for path in blocks]
    net.class_token = nn.Parameter(torch.zeros(8))
    assert chosen_taps(net, axes_of(net, 3), texts=False) == [Tap(path, "first-token") for path in blocks]


def test_layers_in_a_list_that_have_no_parts_are_no_blocks() -> None:
    net = nn.Sequential(nn.Linear(2, 8), nn.ModuleList([nn.Linear(8, 8), nn.Linear(8, 8)]), nn.Linear(8, 2))
    axes = {"0": 2, "1.0": 2, "1.1": 2, "2": 2}
    assert [tap.module_path for tap in chosen_taps(net, axes, texts=False)] == ["0", "1.0", "1.1"]


def test_of_a_transformer_its_layers_at_the_first_token() -> None:
    encoder = FAMILIES["toy-encoder"].build((8,), 2).get_submodule("encoder")
    assert chosen_taps(encoder, {}, texts=True) == [Tap(f"encoder.layer.{n}", "first-token") for n in range(2)]


def test_of_a_deep_network_a_dozen_evenly_spaced_with_the_first_and_the_last() -> None:
    net = nn.Sequential(*(nn.Linear(2, 2) for _ in range(50)))
    paths = [int(tap.module_path) for tap in chosen_taps(net, axes_of(net), texts=False)]
    assert (len(paths), paths[0], paths[-1]) == (MOST, 0, 48)


def test_where_none_is_found_the_modules_are_named() -> None:
    with pytest.raises(UserError, match=r"no module of Sequential to tap .*\(its modules: 0, 1\)"):
        chosen_taps(net := nn.Sequential(nn.ReLU(), nn.Linear(2, 2)), axes_of(net), texts=False)


def test_a_path_alone_is_read_as_its_output_asks_for() -> None:
    axes = {"vector": 2, "tokens": 3, "maps": 4}
    net = nn.Sequential()
    images = declared_taps(net, [*axes, Tap("vector", "none")], axes, texts=False)
    assert [tap.reduce for tap in images] == ["none", "mean-of-tokens", "spatial-mean", "none"]
    assert declared_taps(net, "tokens", axes, texts=True) == [Tap("tokens", "mean-of-tokens")]
    with pytest.raises(UserError, match="no tap is named"):
        declared_taps(net, [], axes, texts=False)


def test_the_module_that_runs_last_is_left_out_wherever_it_is_registered() -> None:
    net = nn.Module()
    net.head, net.body = nn.Linear(6, 2), nn.Linear(10, 6)
    assert chosen_taps(net, {"body": 2, "head": 2}, texts=False) == [Tap("body")]
    net.layer1, net.layer2 = nn.Linear(2, 2), nn.Linear(2, 2)
    axes = {"layer1": 2, "layer2": 2, "head": 2}
    assert chosen_taps(net, axes, texts=False) == [Tap("layer1"), Tap("layer2")]  # no stages of a ResNet


def test_a_decoder_that_no_list_names_is_read_at_its_last_token() -> None:
    transformers = import_transformers()
    config = transformers.GPT2Config(vocab_size=20, n_embd=8, n_layer=2, n_head=2, n_positions=9)
    config.model_type = "of tomorrow"
    assert [tap.reduce for tap in chosen_taps(transformers.GPT2Model(config).eval(), {}, texts=True)] == [
        "last-token"
    ] * 2


@pytest.mark.parametrize(("both_ways", "reduce"), [(True, "first-token"), (False, "last-token")])
def test_a_network_of_a_decoders_kind_is_read_at_its_last_token_only_if_it_looks_back_alone(
    both_ways: bool, reduce: str
) -> None:
    network = small_gemma(both_ways)
    assert {tap.reduce for tap in chosen_taps(network, {}, texts=True)} == {reduce}


def test_a_decoder_that_cannot_be_asked_is_known_by_its_name() -> None:
    network = small_gemma(both_ways=False)
    network.forward = None  # type: ignore[assignment]
    assert {tap.reduce for tap in chosen_taps(network, {}, texts=True)} == {"last-token"}


def test_layers_of_a_hugging_face_network_that_give_feature_maps_are_averaged_over_their_places() -> None:
    transformers = import_transformers()
    torch.manual_seed(0)
    network = transformers.ConvNextModel(transformers.ConvNextConfig(hidden_sizes=[8, 8, 16, 16], depths=[1, 1, 2, 1]))
    images = torch.randn(6, 3, 64, 64, generator=torch.Generator().manual_seed(0))
    found = activations_of(network, images)
    with torch.no_grad():
        states = network.eval()(images, output_hidden_states=True).hidden_states
    assert list(found) == [f"encoder.stages.{stage}" for stage in range(len(found))]
    for state, matrix in zip(states[1:], found.values(), strict=False):
        torch.testing.assert_close(torch.from_numpy(matrix), state.mean((2, 3)), atol=1e-5, rtol=1e-4)
