"""ResNet-18 of half the width: the offline default for images of animals, minutes on two cores."""

from registry.families._classifiers import vision_family

FAMILY = vision_family(
    name="resnet18-32",
    architecture="resnet18",
    width=32,
    taps=("layer1", "layer2", "layer3", "layer4"),
    reference="He et al. 2016; here half as wide",
)
