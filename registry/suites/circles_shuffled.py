"""Circles where a share beta of the training labels is redrawn (Figure 1c)."""

from registry import TaskSuite
from registry.suites._planar import CIRCLES_PLANE, shuffled

SUITE = TaskSuite(
    name="circles-shuffled",
    kind="example-level",
    modality="vector",
    knob="beta",
    conditions=(0.0, 0.25, 0.5, 0.75, 1.0),
    datasets=("circles",),
    default_data="circles",
    input_shape=(3,),
    num_classes=2,
    metrics=("accuracy",),
    make=shuffled,
    plane=CIRCLES_PLANE,
    about=(
        "Two rings of points are to be told apart. A share beta of the training labels is redrawn, which a network "
        "can only learn point by point."
    ),
    figures="1",
    reference="Bansal, Pruthi, Belinkov 2022, Figure 1c",
)
