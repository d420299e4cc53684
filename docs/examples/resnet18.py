"""torchvision's ResNet-18 from scratch, for small images with any number of channels."""

from torch import nn
from torchvision.models import resnet18

from memorank import ModelFamily, Tap, Training


def build(input_shape: tuple[int, ...], num_classes: int) -> nn.Module:
    network = resnet18(num_classes=num_classes)
    network.conv1 = nn.Conv2d(input_shape[0], 64, kernel_size=3, padding=1, bias=False)  # keeps small images whole
    network.maxpool = nn.Identity()
    return network


FAMILY = ModelFamily(
    name="my-resnet18",
    modality="image",
    build=build,
    taps=tuple(Tap(f"layer{n}", "spatial-mean") for n in range(1, 5)),  # averaged over height and width
    training=Training(batch_size=64, max_epochs=50),
    reference="He et al. 2016, Deep residual learning for image recognition; torchvision.models.resnet18",
)
