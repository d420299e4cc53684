"""WHAT can be run: model families, task suites and data sets, each one file of data with one function in it.

In: a name. Out: a frozen entry (`ModelFamily`, `TaskSuite`, `Dataset`). Nothing is imported before it is asked for.
"""

from pathlib import Path

from registry.core import Registry, did_you_mean, nearest
from registry.errors import DataError, UnknownNameError, UserError
from registry.examples import Data, Examples, Splits
from registry.family import ModelFamily, Tap
from registry.folders import data_folder, data_folder_is, folder_of
from registry.places import BrokenEntry
from registry.resources import Resources
from registry.stored import Dataset, Weights
from registry.suite import Paper, Plane, TaskSuite
from registry.training import Training
from registry.transforms import Transforms
from registry.words import Condition, Kind, Layout, Modality, TokensAs

_HERE = Path(__file__).parent

FAMILIES: Registry[ModelFamily] = Registry("family", "FAMILY", "registry.families", _HERE / "families", ModelFamily)
SUITES: Registry[TaskSuite] = Registry("suite", "SUITE", "registry.suites", _HERE / "suites", TaskSuite)
DATASETS: Registry[Dataset] = Registry("data set", "DATASET", "registry.datasets", _HERE / "datasets", Dataset)

__all__ = [
    "DATASETS",
    "FAMILIES",
    "SUITES",
    "BrokenEntry",
    "Condition",
    "Data",
    "DataError",
    "Dataset",
    "Examples",
    "Kind",
    "Layout",
    "Modality",
    "ModelFamily",
    "Paper",
    "Plane",
    "Registry",
    "Resources",
    "Splits",
    "Tap",
    "TaskSuite",
    "TokensAs",
    "Training",
    "Transforms",
    "UnknownNameError",
    "UserError",
    "Weights",
    "data_folder",
    "data_folder_is",
    "did_you_mean",
    "folder_of",
    "nearest",
]
