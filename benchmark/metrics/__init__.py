"""Extrinsic numbers, which need labels: one file = one metric, or a few of one idea."""

from importlib import import_module
from pathlib import Path
from types import ModuleType

from benchmark.types import Metric
from registry import Registry

METRICS: Registry[Metric] = Registry("metric", "METRIC", "benchmark.metrics", Path(__file__).parent, Metric)


def __getattr__(name: str) -> ModuleType:
    """`metrics.compression` and `metrics.gaps`, imported when they are asked for: a probe takes torch."""
    if name not in ("compression", "gaps"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return import_module(f"{__name__}.{name}")
