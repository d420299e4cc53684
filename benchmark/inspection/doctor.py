"""What this machine has and lacks: `memorank doctor`.

In: the data folder. Out: lines: first the plans that can run, then everything that is missing with the command that
brings it, then what is there.
"""

import importlib.util
import os
import shutil
from pathlib import Path

from benchmark.data.fetching import fetchable
from benchmark.data.fingerprints import MissingFile, fingerprint
from benchmark.plain.words import counted
from benchmark.plan.catalogue import broken
from benchmark.plan.reading import built_in_plans, read_plan
from benchmark.process.provenance import environment
from registry import DATASETS, FAMILIES, SUITES, DataError
from registry.kernel_folder import cure, kernel_folder


def diagnosis(root: Path) -> list[str]:
    """The plans that are ready; what is missing, each with what brings it; then versions, torch, threads, data."""
    found = environment()
    versions = ", ".join(f"{name} {version}" for name, version in found["versions"].items() if version)
    states = {name: _state(name, root) for name in (*DATASETS.usable(), *_with_weights())}
    missing = [*_missing_programs(), *(f"broken: {problem}" for problem in broken())]
    plans = _plans_that_need()
    lacking = {name: cure for name, (cure, _) in states.items() if cure}
    missing += [f"{name}: {cure}, {_for(plans.get(name, []))}" for name, cure in lacking.items()]
    waiting = {plan for name in lacking for plan in plans.get(name, [])}
    ready = [plan for plan in built_in_plans() if plan not in waiting]
    head = f"{counted(len(missing), 'thing is', 'things are')} missing, each with what brings it:"
    return [
        f"{', '.join(ready) or 'no plan'}: ready to run",
        *([head, *(f"  {line}" for line in missing), ""] if missing else ["nothing is missing", ""]),
        f"versions: {versions}",
        *_torch(),
        *_threads(),
        f"kernels: {f'kept in {folder}' if (folder := kernel_folder().folder) else 'compiled anew by each process'}",
        f"data folder: {root}" + ("" if root.is_dir() else " (not there yet; the first fetch makes it)"),
        *(f"  {name}: {state}" for name, (_, state) in states.items()),
    ]


def _plans_that_need() -> dict[str, list[str]]:
    """The built-in plans by the data sets, and by the families with weights, that they name."""
    needed: dict[str, list[str]] = {}
    for plan in built_in_plans():
        for entry in read_plan(plan).suites:
            for name in (entry.data or SUITES[entry.suite].default_data, entry.family):
                needed.setdefault(name, []).append(plan)
    return {name: list(dict.fromkeys(plans)) for name, plans in needed.items()}


def _for(plans: list[str]) -> str:
    return f"for the plan {' and '.join(plans)}" if plans else "which no built-in plan needs"


def _missing_programs() -> list[str]:
    """Packages and programs without which something does not work."""
    import torch

    lines = []
    if importlib.util.find_spec("torchvision") is None:
        lines.append("torchvision: pip install torchvision")
    if shutil.which("git") is None:
        lines.append("git: install it by the system's package manager; without it records hold no commit")
    if torch.version.cuda and not torch.cuda.device_count():
        lines.append("a CUDA device: look at the driver (nvidia-smi) and CUDA_VISIBLE_DEVICES")
    if refused := kernel_folder().refused:
        lines.append(f"a folder for compiled kernels ({refused}): {cure()}")
    return lines


def _torch() -> list[str]:
    import torch

    from benchmark.networks.precision import has_bfloat16
    from benchmark.networks.training import device

    build = f"CUDA {torch.version.cuda}" if torch.version.cuda else "CPU only"
    devices = [torch.cuda.get_device_name(n) for n in range(torch.cuda.device_count())]
    lines = [f"torch: {build}; devices: {', '.join(devices) or 'the CPU'}"]
    if not has_bfloat16(device()):
        lines.append(
            "  no bfloat16 in this processor: networks compute in float32 where a plan asks for it, and record it"
        )
    return lines


def _threads() -> list[str]:
    from numba import config

    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return [f"threads: {allowed} processors allowed, {config.NUMBA_NUM_THREADS} for the kernels; a plan's default is 2"]


def _state(name: str, root: Path) -> tuple[str, str]:
    """What brings a data set or weights, "" where nothing has to; and in what state they are."""
    stored = fetchable(name)
    if stored is None:
        return "", "generated when it is needed"
    try:
        fingerprint(stored, root)
    except DataError as error:
        if not isinstance(error, MissingFile):
            return str(error), "cannot be used"
        return f"{error.cure} ({stored.size})", f"not there; licence: {stored.licence}"
    return "", f"complete ({stored.size}, {stored.licence})"


def _with_weights() -> list[str]:
    return [name for name, family in FAMILIES.usable().items() if family.weights and name not in DATASETS]
