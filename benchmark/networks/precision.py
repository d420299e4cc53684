"""In which numbers a network computes: float32, or bfloat16 where it is asked for and the device has it.

In: the training setting and a device. Out: torch's autocast for a while. Which of the two is faster is measured: of two
processors that have bfloat16 one trains half as fast in it, and another twice as fast.
"""

import json
import time
from contextlib import AbstractContextManager, nullcontext, suppress
from functools import cache
from pathlib import Path

import torch
from torch import nn

from benchmark.process import processor
from benchmark.process.files import write_json
from benchmark.process.provenance import environment
from registry import Training
from registry.kernel_folder import kernel_folder
from registry.regular_files import read_regular

ROWS, WIDTH, INNER = 1024, 384, 1536  # a step of one layer of a small encoder, sixteen texts of 64 tokens
STEPS = 5
CLEARLY = 1.1  # times as fast as float32: what is about as fast is not worth its rounding


def precision(training: Training, device: torch.device) -> str:
    """What a network with this setting computes in on this device: "float32" or "bfloat16"."""
    asked = training.precision
    if asked == "float32" or not has_bfloat16(device):
        return "float32"
    return asked if asked == "bfloat16" else faster(device)


def computing_in(word: str, device: torch.device) -> AbstractContextManager[object]:
    """Within the context, forward passes are in this precision; the weights stay float32."""
    return torch.autocast(device.type, torch.bfloat16) if word == "bfloat16" else nullcontext()


def has_bfloat16(device: torch.device) -> bool:
    """Whether the device itself computes in bfloat16."""
    if device.type == "cuda":
        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    return processor.has_bfloat16()


def faster(device: torch.device) -> str:
    """The precision in which a step of an encoder's layer is clearly faster on this device."""
    return "bfloat16" if speed_of_bfloat16(device) > CLEARLY else "float32"


def speed_of_bfloat16(device: torch.device) -> float:
    """How many times as fast as float32 it is, measured once on a machine and kept beside the compiled kernels."""
    return _speed(device, torch.get_num_threads())


@cache
def _speed(device: torch.device, threads: int) -> float:
    name = torch.cuda.get_device_name(device) if device.type == "cuda" else environment()["machine"]["processor"]
    about = f"{name}, {threads} threads, torch {torch.__version__}"
    folder = kernel_folder().folder
    file = folder / f"bfloat16-{device.type}-{threads}.json" if folder else None
    if file and (kept := _kept(file, about)):
        return kept
    times = {word: _seconds(word, device) for word in ("float32", "bfloat16", "float32", "bfloat16")}
    speed = round(times["float32"] / times["bfloat16"], 3)
    if file:
        with suppress(OSError):  # measured again by the next process
            write_json(file, {"on": about, "speed": speed})
    return speed


def _kept(file: Path, about: str) -> float | None:
    """What was measured on such a machine before, None if nothing usable is kept."""
    with suppress(OSError, ValueError):
        content = json.loads(read_regular(file))
        if isinstance(content, dict) and content.get("on") == about and isinstance(content.get("speed"), float):
            return float(content["speed"])
    return None


def _seconds(word: str, device: torch.device) -> float:
    """Seconds of the shortest step forward and back of one layer; generators stay as they were."""
    with torch.random.fork_rng(devices=[device] if device.type == "cuda" else []):
        layer = nn.Sequential(nn.Linear(WIDTH, INNER), nn.GELU(), nn.Linear(INNER, WIDTH)).to(device)
    x = torch.ones(ROWS, WIDTH, device=device)
    times = []
    for _ in range(STEPS):
        begun = time.perf_counter()
        with computing_in(word, device):
            loss = layer(x).float().mean()
        loss.backward()
        if device.type == "cuda":
            torch.cuda.synchronize(device)
        times.append(time.perf_counter() - begun)
    return min(times)
