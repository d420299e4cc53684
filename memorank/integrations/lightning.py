"""A callback for the Trainer of `lightning.pytorch` that watches whether the network begins to memorize."""

from memorank.integrations._lightning_callback import Watcher
from registry._torchvision import import_torchvision

import_torchvision()  # which Lightning imports, and which must be cured first where it was built for another torch

try:
    from lightning.pytorch import Callback
except ImportError as error:
    raise ImportError(
        "memorank.integrations.lightning needs lightning.pytorch: pip install lightning "
        "(a training with pytorch_lightning takes the callback of memorank.integrations.pytorch_lightning)"
    ) from error


class MonitorCallback(Watcher, Callback):
    """Logs `memorank/mean_mi` and `memorank/mean_entropy`, and each at each tap, to all loggers of a Trainer."""

    __doc__ = Watcher.__doc__
