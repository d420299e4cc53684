"""In which numbers a network computes: float32, or bfloat16 where the processor has it.

In: the training setting and a device. Out: torch's autocast for a while.
"""

from contextlib import AbstractContextManager, nullcontext
from typing import Any

import torch

from benchmark import processor
from registry import Training


def precision(training: Training, device: torch.device) -> str:
    """What a network of this setting computes in on this device."""
    return training.precision if training.precision == "float32" or has_bfloat16(device) else "float32"


def computing_in(word: str, device: torch.device) -> AbstractContextManager[Any]:
    """Forward passes in this precision for a while; the weights stay float32."""
    return torch.autocast(device.type, torch.bfloat16) if word == "bfloat16" else nullcontext()


def has_bfloat16(device: torch.device) -> bool:
    """Whether the device itself computes in bfloat16."""
    if device.type == "cuda":
        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    return processor.has_bfloat16()
