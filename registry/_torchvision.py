"""The one door to torchvision.

Its wheel on the package index is built for CUDA. Beside a torch without CUDA its compiled operators do not load, and
`import torchvision` stops at `operator torchvision::nms does not exist`. Declaring the schemas of the two operators
that it registers from Python cures that for data sets, transforms and models, which never call them.
"""

import importlib
from types import ModuleType
from typing import Any


def import_torchvision() -> Any:
    """torchvision, beside any torch.

    The two missing operators are declared if, and only if, the import fails for the lack of them.
    """
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
    """Declare the two operators. They are declared as long as the library that is returned is kept."""
    import torch

    library = torch.library.Library("torchvision", "DEF")
    library.define("nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    library.define("qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    return library
