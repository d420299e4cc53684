"""What this machine has and lacks: `memorank doctor`.

In: the data folder. Out: lines, and for everything that is missing the command that cures it.
"""

import importlib.util
import os
import shutil
from pathlib import Path

from benchmark.catalogue import broken
from benchmark.data import fingerprint
from benchmark.provenance import environment
from registry import DATASETS, DataError


def diagnosis(root: Path) -> list[str]:
    """Versions, torch build, devices, threads, data sets, and what is broken."""
    found = environment()
    versions = ", ".join(f"{name} {version}" for name, version in found["versions"].items() if version)
    return [
        f"versions: {versions}",
        *_torch(),
        *_threads(),
        f"data folder: {root}" + ("" if root.is_dir() else " (not there yet; the first fetch makes it)"),
        *(f"  {name}: {_state(name, root)}" for name in DATASETS),
        *(f"broken: {problem}" for problem in broken()),
        *([] if shutil.which("git") else ["git: not found; records then hold no commit"]),
    ]


def _torch() -> list[str]:
    import torch

    build = f"CUDA {torch.version.cuda}" if torch.version.cuda else "CPU only"
    devices = [torch.cuda.get_device_name(n) for n in range(torch.cuda.device_count())]
    lines = [f"torch: {build}; devices: {', '.join(devices) or 'the CPU'}"]
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
    dataset = DATASETS[name]
    if not dataset.files:
        return "generated when it is needed"
    try:
        fingerprint(dataset, root)
    except DataError as error:
        return str(error)
    return f"complete ({dataset.size}, {dataset.licence})"
