"""The checks of what a family builds: one network from one seed, another from another, for every suite."""

import re
from dataclasses import replace

import numpy as np
import pytest
from broken_families import (
    SHARED,
    drawing,
    family,
)
from entry_faults import faults
from torch import nn

from benchmark.entries.checks.builds import BUILD_CHECKS
from benchmark.entries.checks.families import built
from registry import (
    FAMILIES,
    ModelFamily,
)


@pytest.mark.parametrize(
    ("broken", "check", "words"),
    [
        (family(lambda s, c: SHARED, "0"), "builds-alike", "has returned before: make a new one"),
        (family(drawing(np.random.default_rng), "hidden"), "builds-alike", "two builds from one seed differ in hidden"),
        (family(drawing(lambda: np.random.default_rng(0)), "hidden"), "seeds-differ", "two seeds build the same net"),
        (
            family(lambda s, c: nn.Sequential(nn.Linear(3, 8), nn.ReLU(), nn.Linear(8, c))),
            "fits-suites",
            r"suite '.*', input_shape ..+,., num_classes .+: RuntimeError: mat1",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and "-" in value else "",
)
def test_a_broken_family_is_named_for_what_it_is(broken: ModelFamily, check: str, words: str) -> None:
    assert re.search(words, faults(broken)[check])


def test_options_that_are_not_what_is_built_by_default_are_named() -> None:
    mlp = FAMILIES["mlp-16-16"]
    assert faults(mlp).get("builds-alike") is None
    wider = replace(mlp, options={**mlp.options, "width": 17})
    assert "with {'width': 17, 'depth': 2, 'drop_out': 0.0}, which are" in faults(wider)["builds-alike"]
    deeper = replace(mlp, options={**mlp.options, "depth": 3})
    assert "taps are not those that taps_of gives" in faults(deeper)["builds-alike"]
    more = replace(mlp, options={**mlp.options, "wide": 3}, taps_of=None)
    assert "unexpected keyword argument 'wide'" in faults(more)["builds-alike"]


@pytest.mark.parametrize("check", BUILD_CHECKS)
def test_a_family_that_does_as_it_must_has_no_fault(check: str) -> None:
    assert BUILD_CHECKS[check](built(FAMILIES["toy-mlp"])) is None
