"""What this machine has and lacks: `memorank doctor`.

In: the data folder. Out: lines, and for everything that is missing the command that cures it.
"""

import importlib.util
import os
import shutil
from pathlib import Path

from benchmark.catalogue import broken
from benchmark.data import fetchable, fingerprint
from benchmark.provenance import environment
from registry import DATASETS, FAMILIES, DataError


def diagnosis(root: Path) -> list[str]:
    """Versions, torch build, devices, threads, data sets, and what is broken."""
    found = environment()
    versions = ", ".join(f"{name} {version}" for name, version in found["versions"].items() if version)
    return [
        f"versions: {versions}",
        *_torch(),
        *_threads(),
        f"data folder: {root}" + ("" if root.is_dir() else " (not there yet; the first fetch makes it)"),
        *(f"  {name}: {_state(name, root)}" for name in (*DATASETS, *_with_weights())),
        *(f"broken: {problem}" for problem in broken()),
        *([] if shutil.which("git") else ["git: not found; records then hold no commit"]),
    ]


def _torch() -> list[str]:
    import torch

    from benchmark.precision import has_bfloat16
    from benchmark.training import device

    build = f"CUDA {torch.version.cuda}" if torch.version.cuda else "CPU only"
    devices = [torch.cuda.get_device_name(n) for n in range(torch.cuda.device_count())]
    lines = [f"torch: {build}; devices: {', '.join(devices) or 'the CPU'}"]
    if not has_bfloat16(device()):
        lines.append("  no bfloat16 in this processor: text families then compute in float32, and record it")
    if torch.version.cuda and not devices:
        lines.append("  no CUDA device is visible: look at the driver (nvidia-smi) and CUDA_VISIBLE_DEVICES")
    if importlib.util.find_spec("torchvision") is None:
        lines.append("  torchvision is missing: pip install torchvision")
    return lines


def _threads() -> list[str]:
    from numba import config

    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return [f"threads: {allowed} processors allowed, {config.NUMBA_NUM_THREADS} for the kernels; a plan's default is 2"]


def _state(name: str, root: Path) -> str:
    stored = fetchable(name)
    if stored is None:
        return "generated when it is needed"
    try:
        fingerprint(stored, root)
    except DataError as error:
        return str(error)
    return f"complete ({stored.size}, {stored.licence})"


def _with_weights() -> list[str]:
    return [name for name, family in FAMILIES.usable().items() if family.weights and name not in DATASETS]
