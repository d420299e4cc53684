"""Extrinsic numbers, which need labels: one file = one metric, or a few of one idea."""

from pathlib import Path

from benchmark.types import Metric
from registry import Registry

METRICS: Registry[Metric] = Registry("metric", "METRIC", "benchmark.metrics", Path(__file__).parent, Metric)
