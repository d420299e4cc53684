"""The paper's perceptron for MNIST in two colours: three hidden layers of 256, or others."""

import pytest
import torch
from perceptrons import check_perceptron

from registry import FAMILIES

FAMILY = FAMILIES["mlp"]


def test_it_has_the_layers_the_parameters_and_the_taps_that_it_says() -> None:
    check_perceptron(FAMILY, 392, [256, 256, 256])


@pytest.mark.parametrize(("options", "hidden"), [({"width": 5}, [5] * 3), ({"depth": 1, "width": 7}, [7])])
def test_width_and_depth_are_those_of_its_hidden_layers(options: dict[str, int], hidden: list[int]) -> None:
    check_perceptron(FAMILY.with_options(options), 6, hidden)


def test_drop_out_sets_a_share_of_the_neurons_to_zero_in_training_alone_and_behind_the_taps() -> None:
    torch.manual_seed(0)
    plain = FAMILY.build((6,), 2)
    dropping = FAMILY.with_options({"drop_out": 0.25})
    network = dropping.build((6,), 2)
    network.load_state_dict(plain.state_dict())
    examples = torch.randn(400, 6)
    assert torch.equal(network.eval()(examples), plain.eval()(examples))
    assert dropping.taps == FAMILY.taps
    given: list[torch.Tensor] = []
    network.drop1.register_forward_hook(lambda module, args, output: given.extend([args[0], output]))  # type: ignore[union-attr]
    network.train()(examples)
    alive = given[0] > 0
    assert float((given[1][alive] == 0).double().mean()) == pytest.approx(0.25, abs=0.01)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"width": 0}, "width is 0, not from 1 to 65536"),
        ({"depth": 0}, "depth is 0, not from 1 to 1000"),
        ({"drop_out": 1.0}, "drop_out is 1, not from 0 to below 1"),
        ({"drop_out": -0.1}, "drop_out is -0.1, not from 0 to below 1"),
    ],
)
def test_what_makes_no_network_is_refused(options: dict[str, float], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        FAMILY.with_options(options)
