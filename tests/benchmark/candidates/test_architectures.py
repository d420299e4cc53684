"""Architectures of torchvision and timm by name, with the pictures that each is used to."""

import pytest

from benchmark.candidates.architectures import architecture
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
