"""Two blobs with a share of the training labels redrawn: seconds from plan to board."""

from registry import TaskSuite
from registry.suites._planar import shuffled

SUITE = TaskSuite(
    name="toy-shuffled",
    kind="example-level",
    modality="vector",
    knob="beta",
    conditions=(0.0, 0.5, 1.0),
    datasets=("toy-blobs",),
    default_data="toy-blobs",
    input_shape=(3,),
    num_classes=2,
    metrics=("accuracy",),
    make=shuffled,
    about="Two blobs of points are to be told apart, in seconds. A share beta of the training labels is redrawn.",
    reference="none: made for tests and first steps",
)
