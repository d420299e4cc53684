"""The identity of a cell: everything that changes its result, which is what the key of the cell is a hash of.

In: nothing. Out: the types of an identity, which `benchmark.plan.cells` makes and everybody below and above reads.
"""

from typing import Annotated, Literal, NotRequired, TypeAlias

from typing_extensions import TypedDict

from benchmark.plain.shapes import ANY_OBJECT, Number
from registry import Condition


class TrainingContent(TypedDict, total=False):
    """A `Training` as plain data: in plan.json, in a key and in a record.

    What came later than the first records is left out where it changes nothing.
    """

    optimizer: Literal["adam", "adamw", "rmsprop"]
    learning_rate: float
    weight_decay: float
    batch_size: int
    max_epochs: int
    stop_loss: float
    patience: int
    warmup_steps: int
    precision: Literal["float32", "bfloat16", "auto"]
    schedule: Literal["constant", "cosine"]
    augmentation: Literal["none", "mirror-and-crop"]
    freeze_layers: int


class RecipeSettings(TypedDict):
    """A recipe of an entry: its label, the training setting that it stands for, and those options that it changes."""

    label: str
    training: NotRequired[Annotated[TrainingContent, ANY_OBJECT]]
    options: NotRequired[dict[str, Number]]


class TapContent(TypedDict):
    """A `Tap` as plain data."""

    module_path: str
    reduce: str
    layout: str | None


class Sources(TypedDict, total=False):
    """The hashes of the code from outside that declares entries, each by its kind and name; left out without any."""

    sources: dict[str, str]


class OnlyIfSaid(Sources, total=False):
    """The parts of a train cell's identity that stand in it only where the plan or its entries say something there."""

    weights_fingerprint: str
    options: dict[str, int | float]  # of the network, those that are not what they are by default
    taps: list[TapContent]
    train_examples: int
    held_out_examples: int
    limit: int
    data_seed: int
    anchor: str  # these two are those of an anchor
    read_on: list[Condition]


class TrainIdentity(OnlyIfSaid):
    """The identity of a train cell, which makes one network."""

    work: Literal["train"]
    training_version: int
    suite: str
    suite_version: int
    family: str
    family_version: int
    data: str
    data_fingerprint: str
    condition: Condition
    training: TrainingContent
    seed: int
    threads: int


class Measured(Sources):
    """The part of a score cell's identity that says what is computed, each with its version."""

    measures: dict[str, int]
    metrics: dict[str, int]
    readings: NotRequired[dict[str, int]]  # those that the measures need, each with its version


class ScoreIdentity(Measured):
    """The identity of a score cell, which measures the network whose key is `train`."""

    work: Literal["score"]
    train: str
    inputs: str
    settings: dict[str, object]  # a `benchmark.estimator.Settings`, as JSON has it
    read_on: NotRequired[Condition]
    peers: NotRequired[dict[str, str]]  # a hash of the keys of the other networks that measures look at


Identity: TypeAlias = TrainIdentity | ScoreIdentity
