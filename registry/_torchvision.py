"""The one door to torchvision.

Its wheel on the package index is built for CUDA; beside a CPU-only torch its compiled operators do not load and
`import torchvision` stops at `operator torchvision::nms does not exist`. Declaring the schemas of the two operators
it registers from Python cures that for data sets, transforms and models, which never call them.
"""

import importlib
from types import ModuleType
from typing import Any


def import_torchvision() -> Any:
    """torchvision, with the two missing operator schemas declared where, and only where, the import would fail."""
    try:
        return importlib.import_module("torchvision")
    except RuntimeError as error:
        if "torchvision::nms" not in str(error):
            raise
    declared = _declare_operators()
    module: ModuleType = importlib.import_module("torchvision")
    module._memorank_operators = declared  # type: ignore[attr-defined]  # a library that is collected takes its schemas along
    return module


def _declare_operators() -> Any:
    import torch

    library = torch.library.Library("torchvision", "DEF")
    library.define("nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    library.define("qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    return library
