"""Circles whose third feature gives the label away for a share alpha of the training points (Figure 1b)."""

from registry import TaskSuite
from registry.suites._planar import CIRCLES_PLANE, spurious

SUITE = TaskSuite(
    name="circles-spurious",
    kind="heuristic",
    modality="vector",
    knob="alpha",
    conditions=(0.5, 0.65, 0.75, 0.9, 1.0),
    datasets=("circles",),
    default_data="circles",
    input_shape=(3,),
    num_classes=2,
    metrics=("accuracy",),
    make=spurious,
    plane=CIRCLES_PLANE,
    about=(
        "Two rings of points are to be told apart. For a share alpha of the training points a third feature gives "
        "the label away, and in the test it says nothing."
    ),
    figures="1",
    reference="Bansal, Pruthi, Belinkov 2022, Figure 1b",
)
