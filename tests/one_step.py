"""Two ways to train that ought to lead from the same weights to the same weights."""

from collections.abc import Callable
from copy import deepcopy

from torch import nn


def assert_one_step_leads_to_the_same_weights(
    start: nn.Module, ours: Callable[[nn.Module], object], plain: Callable[[nn.Module], object]
) -> None:
    """But for the sign of gradients that are rounding alone, which Adam's first step magnifies."""
    before, by_ours, by_plain = start, deepcopy(start), deepcopy(start)
    ours(by_ours)
    plain(by_plain)
    weights = [nn.utils.parameters_to_vector(network.parameters()) for network in (before, by_ours, by_plain)]
    step, apart = (weights[1] - weights[0]).abs().mean(), (weights[2] - weights[1]).abs().mean()
    assert step > 0
    assert apart < 0.02 * step
