"""The conformance checks of what a family builds: the same network from one seed, another one from another.

In: a network built for some suite's shapes. Out: for each check what is wrong, None where nothing is.
"""

from collections.abc import Callable
from math import prod

import torch
from torch import Tensor, nn

from benchmark.entries.checks.families import Built, logits_shape, taps_fire_once
from benchmark.networks.building import build_from
from registry import SUITES
from registry.errors import in_words

GENERATORS = "draw initial weights by torch's generator, as its layers do"


def builds_alike(subject: Built) -> str | None:
    """Two builds from one seed are the same network, and share nothing that is trained.

    So is a build with the default values of all options said.
    """
    one, two = (_again(subject, 0) for _ in range(2))
    if fault := _other_by_default(subject):
        return fault
    first, second = one.state_dict(), two.state_dict()
    if first.keys() != second.keys():
        return "two builds have other parts"
    other = [name for name in first if not _same(first[name], second[name])]
    return f"two builds from one seed differ in {other[0]}: {GENERATORS}" if other else None


def _other_by_default(subject: Built) -> str | None:
    """Why the options that a family declares are not what it builds and taps where none is said."""
    family = subject.family
    if not family.options:
        return None
    said = family.with_options(family.options)
    if said.taps != family.taps:
        return "taps are not those that taps_of gives for the default values of the options"
    built, own = (build_from(one, subject.shape, subject.num_classes, 0).state_dict() for one in (said, family))
    if built.keys() != own.keys() or not all(_same(built[name], own[name]) for name in own):
        return f"build without options makes another network than with {family.options}, which are their default values"
    return None


def seeds_differ(subject: Built) -> str | None:
    """Another seed builds another network; pretrained weights may leave nothing to be drawn."""
    if subject.family.weights is not None:
        return None
    one, two = (dict(_again(subject, seed).named_parameters()) for seed in (0, 1))
    alike = all(_same(one[name], two[name]) for name in one if name in two)
    return f"two seeds build the same network: {GENERATORS}" if alike else None


def fits_suites(subject: Built) -> str | None:
    """It reads every suite that it must: any vector, as suites differ in their sizes, and the user's own suites.

    A network for images may need a size that few suites have.
    """
    if _fault(subject):
        return None  # said by the checks of the first suite that it fits
    modality, own = subject.family.modality, SUITES.included
    suites = {
        ((prod(suite.input_shape),) if modality == "vector" else suite.input_shape, suite.num_classes): name
        for name, suite in SUITES.usable().items()
        if (modality == "vector" and suite.modality != "text") or (name in own and modality == suite.modality)
    }
    for (shape, num_classes), name in sorted(suites.items()):
        try:
            network = build_from(subject.family, shape, num_classes, 0)
            fault = _fault(Built(subject.family, network, shape, num_classes))
        except Exception as error:
            fault = in_words(error)
        if fault:
            return f"suite {name!r}, input_shape {shape}, num_classes {num_classes}: {fault}"
    return None


def _fault(subject: Built) -> str | None:
    """Why the network cannot be read, None if it can."""
    try:
        return logits_shape(subject) or taps_fire_once(subject)
    except Exception as error:
        return in_words(error)


def _again(subject: Built, seed: int) -> nn.Module:
    return build_from(subject.family, subject.shape, subject.num_classes, seed)


def _same(one: Tensor, other: Tensor) -> bool:
    return one.shape == other.shape and bool(torch.equal(one, other))


BUILD_CHECKS: dict[str, Callable[[Built], str | None]] = {
    "builds-alike": builds_alike,
    "seeds-differ": seeds_differ,
    "fits-suites": fits_suites,
}
