"""What is taken from a trained network while it is at hand, beside its outputs: one file = one reading."""

from pathlib import Path

from benchmark.reading import Reading
from registry import Registry

READINGS: Registry[Reading] = Registry(
    "reading", "READING", "benchmark.networks.readings", Path(__file__).parent, Reading
)
