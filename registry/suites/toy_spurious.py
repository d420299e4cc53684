"""Two blobs with a third feature that may give the label away: seconds from plan to board."""

from registry import TaskSuite
from registry.suites._planar import spurious

SUITE = TaskSuite(
    name="toy-spurious",
    kind="heuristic",
    modality="vector",
    knob="alpha",
    conditions=(0.0, 0.5, 1.0),
    datasets=("toy-blobs",),
    default_data="toy-blobs",
    input_shape=(3,),
    num_classes=2,
    metrics=("accuracy",),
    make=spurious,
    about=(
        "Two blobs of points are to be told apart, in seconds. For a share alpha of the training points a third "
        "feature gives the label away, and in the test it says nothing."
    ),
    reference="none: made for tests and first steps",
)
