"""Numbers that rank networks without target labels: one file = one measure, or a few of one idea."""

from pathlib import Path

from benchmark.types import Measure
from registry import Registry

MEASURES: Registry[Measure] = Registry("measure", "MEASURE", "benchmark.measures", Path(__file__).parent, Measure)

HEADLINES = ("mean-entropy", "mean-mi")  # the two of the paper, which the verdict is about
