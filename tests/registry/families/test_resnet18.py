"""ResNet-18 as it was published, but for its head: built without memory, so that nothing is computed."""

import torch

from registry import FAMILIES

FAMILY = FAMILIES["resnet18"]
PUBLISHED = 11_689_512  # parameters for the 1,000 classes of ImageNet, by torchvision's page of its weights


def test_it_has_the_published_parameters_with_a_head_for_other_classes() -> None:
    with torch.device("meta"):
        network = FAMILY.build((3, 64, 64), 6)
    assert sum(parameter.numel() for parameter in network.parameters()) == PUBLISHED - 513 * 1000 + 513 * 6


def test_its_four_stages_are_averaged_over_the_image() -> None:
    with torch.device("meta"):
        network = FAMILY.build((3, 64, 64), 6)
        shapes = {}
        for tap in FAMILY.taps:
            module = network.get_submodule(tap.module_path)
            module.register_forward_hook(lambda _, __, out, path=tap.module_path: shapes.update({path: out.shape}))
        assert network(torch.zeros(2, 3, 64, 64)).shape == (2, 6)
    assert {tap.reduce for tap in FAMILY.taps} == {"spatial-mean"}
    assert shapes == {
        "layer1": (2, 64, 16, 16),
        "layer2": (2, 128, 8, 8),
        "layer3": (2, 256, 4, 4),
        "layer4": (2, 512, 2, 2),
    }
