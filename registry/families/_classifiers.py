"""Vision families: any torchvision classifier, untrained, for images of any number of channels.

In: what a family says of itself in one literal. Out: the family.
"""

from collections.abc import Sequence
from typing import Any

import torch
from torch import nn

from registry import DataError, ModelFamily, Tap, Training
from registry._torchvision import import_torchvision
from registry.words import Reduce

VIT = "vit_"  # what the names of torchvision's vision transformers begin with
AUXILIARY = ("googlenet", "inception_v3")  # they have further heads in training, which are left out here
# Sides of images, which are tried in turn to name one that an architecture reads.
SIDES = (28, 32, 48, 64, 75, 96, 112, 128, 160, 192, 224, 256, 299, 384)
TRAINING = Training(
    optimizer="adamw",
    learning_rate=1e-3,
    batch_size=64,
    max_epochs=10,
    stop_loss=0.0,
    schedule="cosine",
)


def vision_family(
    name: str,
    architecture: str,
    taps: Sequence[str | Tap],
    reference: str,
    width: int | None = None,
    training: Training = TRAINING,
    version: int = 1,
) -> ModelFamily:
    """A family of a torchvision classifier, trained from scratch. Nothing is downloaded.

    Args:
        name: The family's name.
        architecture: The classifier's name in torchvision: "resnet18", "convnext_tiny", ...
        taps: Module paths, or a `Tap` for one that is to be read otherwise: feature maps are averaged over the image,
            and of a vision transformer ("vit_b_16", ...), which is built for the images' own size, the class token is
            read.
        reference: Who described the architecture.
        width: How wide the first block of a ResNet of basic blocks (resnet18, resnet34) is, if that is not 64.
        training: How it is trained unless a plan says otherwise.
        version: Raise it when a change moves numbers.

    Returns:
        The family. Building its network raises DataError for what torchvision does not have, and for images of a size
        that it cannot read, with one that it can.
    """
    reading: Reduce = "first-token" if architecture.startswith(VIT) else "spatial-mean"

    def build(input_shape: tuple[int, ...], num_classes: int) -> nn.Module:
        side = _side(architecture, input_shape) if architecture.startswith(VIT) else None
        network = classifier(architecture, input_shape[0], num_classes, width, side)
        _check_size(architecture, network, input_shape)
        return _laid_out(network)

    return ModelFamily(
        name=name,
        modality="image",
        build=build,
        taps=tuple(tap if isinstance(tap, Tap) else Tap(tap, reading) for tap in taps),
        reference=reference,
        version=version,
        training=training,
    )


def _side(architecture: str, input_shape: tuple[int, ...]) -> int:
    """The side of the images that a vision transformer is built for.

    Raises:
        DataError: The images are not square, or not of whole patches.
    """
    height, width = input_shape[1:]
    patch = int(architecture.rpartition("_")[2])
    if height != width or height % patch:
        raise DataError(f"{architecture} reads square images of sides that {patch} divides, not {height} x {width}")
    return height


def _check_size(architecture: str, network: nn.Module, shape: tuple[int, ...]) -> None:
    """Raises DataError where the network does not read images of this shape (C, H, W)."""
    channels, height, width = shape
    if _reads(network, shape):
        return
    fitting = next((side for side in SIDES if _reads(network, (channels, side, side))), None)
    cure = f"; the smallest that it reads are {fitting} x {fitting}" if fitting else ""
    raise DataError(f"{architecture} reads no images of {height} x {width}{cure}")


def _reads(network: nn.Module, shape: tuple[int, ...]) -> bool:
    """Whether the network reads an image of this shape (C, H, W); it stays as it was."""
    training = network.training
    network.eval()
    try:
        with torch.no_grad():
            network(torch.zeros(1, *shape))
    except (RuntimeError, ValueError, IndexError):
        return False
    finally:
        network.train(training)
    return True


def classifier(
    architecture: str, channels: int, num_classes: int, width: int | None = None, image_size: int | None = None
) -> nn.Module:
    """An untrained network as torchvision makes it.

    Args:
        architecture: Its name in torchvision.
        channels: Those of the images.
        num_classes: How many logits it gives.
        width: How wide the first block of a ResNet is, if that is not 64.
        image_size: The side of the images, for architectures that read one size alone.

    Raises:
        DataError: torchvision has no such classifier, or the width is for no ResNet of basic blocks.
    """
    models = import_torchvision().models
    if architecture not in models.list_models(module=models):
        raise DataError(f"torchvision has no classifier {architecture!r}")
    own: dict[str, Any] = {} if image_size is None else {"image_size": image_size}
    if architecture in AUXILIARY:
        own = {"aux_logits": False, "init_weights": True}
    network: nn.Module = models.get_model(architecture, weights=None, num_classes=num_classes, **own)
    if width is not None:
        _narrow(network, width, num_classes)
    _with_channels(network, channels)
    return network


def _narrow(network: Any, width: int, num_classes: int) -> None:
    """Give a ResNet of basic blocks another width; its layers are made and initialized as torchvision does.

    Raises:
        DataError: The network is none.
    """
    block = import_torchvision().models.resnet.BasicBlock
    if not isinstance(network.layer1[0], block):
        raise DataError(f"a width is for ResNets of basic blocks, not for {type(network).__name__}")
    depths = [len(getattr(network, f"layer{number}")) for number in range(1, 5)]
    network.inplanes = width
    network.conv1 = nn.Conv2d(3, width, kernel_size=7, stride=2, padding=3, bias=False)
    network.bn1 = nn.BatchNorm2d(width)
    for number, depth in enumerate(depths):
        made = network._make_layer(block, width * 2**number, depth, stride=1 if number == 0 else 2)
        setattr(network, f"layer{number + 1}", made)
    network.fc = nn.Linear(width * 8, num_classes)
    for module in network.modules():
        if isinstance(module, nn.Conv2d):
            nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")


def _with_channels(network: nn.Module, channels: int) -> None:
    """Put another first convolution in its place if the images have other than three channels."""
    path, first = next((path, m) for path, m in network.named_modules() if isinstance(m, nn.Conv2d))
    if first.in_channels == channels:
        return
    parent, _, own = path.rpartition(".")
    made = nn.Conv2d(
        channels,
        first.out_channels,
        kernel_size=first.kernel_size,  # type: ignore[arg-type]
        stride=first.stride,  # type: ignore[arg-type]
        padding=first.padding,  # type: ignore[arg-type]
        bias=first.bias is not None,
    )
    nn.init.kaiming_normal_(made.weight, mode="fan_out", nonlinearity="relu")
    setattr(network.get_submodule(parent), own, made)


def _laid_out(network: nn.Module) -> nn.Module:
    """The network with channels last in memory, for speed.

    The last stage of a ResNet is left out: its maps are too small to gain by it.
    """
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # the stubs lack it
    if isinstance(network, import_torchvision().models.ResNet):
        last: Any = network.layer4
        last.to(memory_format=torch.contiguous_format)
        last.register_forward_pre_hook(_contiguous)
    return network


def _contiguous(_: nn.Module, arguments: tuple[torch.Tensor]) -> tuple[torch.Tensor]:
    return (arguments[0].contiguous(),)
