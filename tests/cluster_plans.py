"""Plans of a family of one's own, whose code does what a test of a cluster needs."""

from pathlib import Path

FAMILIES = ("mine", "toy-mlp")


FAMILY = """
import os, signal, time
from memorank import ModelFamily, Resources, Tap
from torch import nn

def build(shape, classes):
    {does}
    return nn.Sequential(nn.Linear(shape[0], 4), nn.ReLU(), nn.Linear(4, classes))

FAMILY = ModelFamily(
    name="mine", modality="vector", build=build, taps=(Tap("0"),), reference="none: a test", {more}
)
"""


def own_plan(
    folder: Path, does: str, more: str = "", conditions: str = "[0.0, 1.0]", families: tuple[str, ...] = FAMILIES
) -> tuple[str, ...]:
    """Write a plan of a family of one's own, by default beside a built-in one; the words that run it."""
    (folder / "mine.py").write_text(FAMILY.format(does=does, more=more))
    suites = "\n".join(
        f"  - {{suite: toy-spurious, family: {family}, conditions: {conditions}}}" for family in families
    )
    (folder / "mine.yaml").write_text(f"name: mine\nseeds: [0]\nthreads: 1\nsuites:\n{suites}\n")
    return ("run", "mine.yaml", "--include", "mine.py", "--out", "run", "--dask")
