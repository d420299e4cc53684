"""Vision families: any torchvision classifier by one literal, any number of channels, narrower where asked."""

import pytest
import torch
from torch import nn

from registry import DataError, Tap
from registry.families._classifiers import vision_family


@pytest.mark.parametrize(("channels", "width"), [(1, None), (2, 16), (3, None), (5, 8)])
def test_channels_and_width_are_what_was_asked_for(channels: int, width: int | None) -> None:
    family = vision_family("own", "resnet18", ("layer1", "layer4"), "none: a test", width=width)
    network = family.build((channels, 64, 64), 4)
    assert network(torch.zeros(2, channels, 64, 64)).shape == (2, 4)
    first = next(module for module in network.modules() if isinstance(module, nn.Conv2d))
    assert (first.in_channels, first.out_channels) == (channels, width or 64)


def test_width_64_is_the_published_network() -> None:
    sizes = [
        sorted(
            tuple(p.shape)
            for p in vision_family("own", "resnet18", ("layer1",), "none", width=w).build((3, 64, 64), 9).parameters()
        )
        for w in (None, 64)
    ]
    assert sizes[0] == sizes[1]


def test_another_architecture_is_one_literal() -> None:
    family = vision_family("own", "squeezenet1_1", ("features.12",), "Iandola et al. 2016")
    assert family.build((3, 64, 64), 4)(torch.zeros(2, 3, 64, 64)).shape == (2, 4)


def test_what_torchvision_does_not_have_or_cannot_narrow_is_said() -> None:
    with pytest.raises(DataError, match="no classifier 'resnet19'"):
        vision_family("own", "resnet19", ("layer1",), "none").build((3, 64, 64), 2)
    with pytest.raises(DataError, match="ResNets of basic blocks"):
        vision_family("own", "resnet50", ("layer1",), "none", width=16).build((3, 64, 64), 2)


def test_a_tap_may_say_itself_how_it_is_read() -> None:
    own = Tap("fc", "none")
    family = vision_family("own", "resnet18", ("layer1", own), "none: a test")
    assert family.taps == (Tap("layer1", "spatial-mean"), own)


def test_a_vision_transformer_is_built_for_its_images_and_read_at_its_class_token() -> None:
    family = vision_family("own", "vit_b_32", ("encoder.layers.encoder_layer_0",), "Dosovitskiy et al. 2021")
    assert family.taps == (Tap("encoder.layers.encoder_layer_0", "first-token"),)
    assert family.build((1, 32, 32), 4)(torch.zeros(2, 1, 32, 32)).shape == (2, 4)
    for shape in ((3, 64, 32), (3, 48, 48)):
        with pytest.raises(DataError, match=f"sides that 32 divides, not {shape[1]} x {shape[2]}"):
            family.build(shape, 4)


@pytest.mark.long
@pytest.mark.parametrize(
    ("architecture", "side", "fitting"), [("vgg11", 14, 32), ("alexnet", 32, 64), ("densenet121", 28, 32)]
)
def test_images_that_an_architecture_does_not_read_are_refused_with_a_size_that_it_does(
    architecture: str, side: int, fitting: int
) -> None:
    own = vision_family("own", architecture, ("features.0",), "none: made for a test")
    with pytest.raises(
        DataError, match=f"^{architecture} reads no images of {side} x {side}; .* {fitting} x {fitting}$"
    ):
        own.build((3, side, side), 2)
    own.build((3, fitting, fitting), 2)


def test_a_network_with_further_heads_is_trained_by_its_own_alone() -> None:
    own = vision_family("own", "googlenet", ("inception3a",), "none: made for a test")
    network = own.build((3, 32, 32), 2).train()
    assert network(torch.zeros(2, 3, 32, 32)).shape == (2, 2)
