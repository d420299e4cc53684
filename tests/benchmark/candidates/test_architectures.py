"""Architectures of torchvision and timm by name, with the pictures that each is used to."""

from collections.abc import Sequence

import numpy as np
import pytest
import torch
from torch import nn

from benchmark.candidates.architectures import architecture
from benchmark.networks.own_networks import Reader
from registry import UserError


def test_one_of_torchvision_has_as_many_classes_as_are_asked_for() -> None:
    found = architecture("resnet18")
    assert found.library == "torchvision"
    assert [found.build(classes).fc.out_features for classes in (2, 7)] == [2, 7]  # type: ignore[union-attr]
    assert found.preparation.mean == (0.485, 0.456, 0.406)


def test_one_of_timm_says_how_its_pictures_are_made() -> None:
    pytest.importorskip("timm")
    found = architecture("vit_tiny_patch16_224")
    assert found.library == "timm"
    assert found.preparation.mean == (0.5, 0.5, 0.5)


def test_an_unknown_one_is_told_the_nearest() -> None:
    with pytest.raises(UserError, match=r"no architecture 'resnet81' .*did you mean .*resnet18"):
        architecture("resnet81")
    with pytest.raises(UserError, match="no architecture 'fasterrcnn"):  # no classifier
        architecture("fasterrcnn_resnet50_fpn")


def given_by(network: nn.Module, paths: Sequence[str], images: torch.Tensor) -> dict[str, torch.Tensor]:
    """What modules give, as they give it."""
    kept: dict[str, torch.Tensor] = {}
    for path in paths:
        network.get_submodule(path).register_forward_hook(lambda module, args, out, path=path: kept.update({path: out}))
    with torch.no_grad():
        network.eval()(images)
    return kept


def test_a_class_token_that_comes_in_later_is_not_looked_for_among_the_patches() -> None:
    pytest.importorskip("timm")
    torch.manual_seed(0)
    network, images = architecture("cait_xxs24_224").build(2), torch.randn(2, 3, 224, 224)
    reader = Reader(network, images)
    assert {tap.reduce for tap in reader.taps} == {"mean-of-tokens"}
    found = reader.read()
    for path, states in given_by(network, list(found), images).items():
        assert states.shape == (2, 14 * 14, 192)
        np.testing.assert_allclose(found[path], states.mean(1), atol=1e-5)


@pytest.mark.long
@pytest.mark.parametrize("name", ["swin_tiny_patch4_window7_224", "swinv2_tiny_window8_256"])
def test_the_stages_of_timms_swin_are_averaged_over_places(name: str) -> None:
    pytest.importorskip("timm")
    torch.manual_seed(0)
    side = 224 if name.endswith("224") else 256
    network, images = architecture(name).build(2), torch.randn(2, 3, side, side)
    found = Reader(network, images).read()
    assert [path.removeprefix("layers.") for path in found] == ["0", "1", "2", "3"]
    for (path, maps), channels in zip(given_by(network, list(found), images).items(), (96, 192, 384, 768), strict=True):
        assert maps.shape[3] == channels
        np.testing.assert_allclose(found[path], maps.mean((1, 2)), atol=1e-4)


def test_a_class_token_among_the_patches_is_read() -> None:
    pytest.importorskip("timm")
    reader = Reader(architecture("deit_tiny_patch16_224").build(2), torch.randn(2, 3, 224, 224))
    assert {tap.reduce for tap in reader.taps} == {"first-token"}
