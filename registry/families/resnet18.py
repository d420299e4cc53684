"""ResNet-18 from scratch, the paper's network for NICO++."""

from registry.families._classifiers import vision_family

FAMILY = vision_family(
    name="resnet18",
    architecture="resnet18",
    taps=("layer1", "layer2", "layer3", "layer4"),
    reference="He et al. 2016; Bansal, Pruthi, Belinkov 2022, section 4",
)
