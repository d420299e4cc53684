"""Choosing among one's own networks in Python.

In: activations or modules. Out: a `Ranking`, or activations and numbers alone.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from torch import nn

    from benchmark.estimator import Pairs, Settings
    from benchmark.networks.own_taps import Taps
    from benchmark.ranking.given import Given
    from benchmark.ranking.measuring import Measured
    from leaderboard.ranking import Ranking
    from registry import Kind


def rank_models(
    models: "Mapping[str, Given]",
    kind: "Kind | None" = None,
    pairs: "Pairs | None" = None,
    settings: "Settings | None" = None,
    null_corrected: bool = False,
) -> "Ranking":
    """Rank networks by their activations on the same unlabelled examples.

    Args:
        models: For each network its activations (S, N), or those of each tap by the tap's name, as arrays, tensors or
            lists: S examples, N neurons.
        kind: Of the memorization that is feared: "heuristic" (shortcuts) or "example-level" (wrong labels). Without it
            both orders are given, which are opposite.
        pairs: How many pairs of neurons of each network are read: "all" or a number. By default all up to 100,000, and
            20,000 of more.
        settings: Of the estimators, by default those of a plan.
        null_corrected: Whether there is one measure more, "mean-mi-corrected": mean MI less what the estimator finds
            where each neuron is permuted by itself, so that none share anything.

    Returns:
        The ranking. Networks are tied where reading other examples could turn their order.

    Raises:
        UserError: Fewer than two networks, two that are equal, other numbers of examples, numbers that are not finite,
            too few examples, or an unknown kind.

    >>> import numpy as np
    >>> generator = np.random.default_rng(0)
    >>> common = generator.normal(size=(400, 1))
    >>> shares = {"a": 0, "b": 1, "c": 3}  # of what all neurons of a network have in common
    >>> models = {name: generator.normal(size=(400, 6)) + share * common for name, share in shares.items()}
    >>> rank_models(models, kind="heuristic").ties
    [['a'], ['b'], ['c']]
    """
    from benchmark.ranking.assembly import ranking_of
    from leaderboard.ranking import Ranking

    return Ranking(ranking_of(models, kind, pairs, settings, null_corrected))


def rank_networks(
    networks: "Mapping[str, nn.Module]",
    inputs: Any,
    taps: "Taps" = "auto",
    kind: "Kind | None" = None,
    pairs: "Pairs | None" = None,
    settings: "Settings | None" = None,
    null_corrected: bool = False,
) -> "Ranking":
    """Rank torch modules by what they do with the same unlabelled inputs. They stay as they were.

    Args:
        networks: By name. Each is read where its parameters are.
        inputs: As for `read`. Batches are drawn once, and all networks are read on the same ones.
        taps: As for `read`, the same for all networks.
        kind: As for `rank_models`.
        pairs: As for `rank_models`.
        settings: As for `rank_models`.
        null_corrected: As for `rank_models`.

    Raises:
        UserError: As `read` and `rank_models` do.
    """
    from benchmark.networks.own_inputs import drawn_once
    from benchmark.ranking.given import check_named

    check_named(networks)
    given = drawn_once(inputs)
    models = {name: read(network, given, taps) for name, network in networks.items()}
    return rank_models(models, kind, pairs, settings, null_corrected)


def read(network: "nn.Module", inputs: Any, taps: "Taps" = "auto") -> "dict[str, NDArray[np.float32]]":
    """The activations (S, N) of a torch module at each tap, without labels, in evaluation mode; it stays as it was.

    Args:
        network: Any module, read where its parameters are.
        inputs: An array or tensor (S, ...); a mapping with input_ids and attention_mask, each (S, T); or an iterable of
            batches of either, as a DataLoader, of which 2,500 examples are taken. Of a batch that is a tuple or list
            the first part is taken, so that labels behind it are not looked at.
        taps: Paths of modules as `named_modules` gives them, or each a `Tap`. "auto" takes the layers of a transformer,
            the stages of a ResNet, else the outputs of all linear and convolutional modules but the last one.

    Raises:
        UserError: Inputs or taps that cannot be used.
    """
    from benchmark.networks.own_networks import activations_of

    return activations_of(network, inputs, taps)


def score(
    activations: "Given", pairs: "Pairs | None" = None, settings: "Settings | None" = None
) -> "dict[str, Measured]":
    """The label-free measures of one network from its activations. None of them has a scale on which one is good.

    Args:
        activations: (S, N), or those of each tap by the tap's name.
        pairs: As for `rank_models`.
        settings: Of the estimators, by default those of a plan.

    Returns:
        By the measure's name its value in nats with its standard error over examples and sampled pairs, those of each
        tap, and those on halves of the examples.

    Raises:
        UserError: As `rank_models` does for one network.

    >>> import numpy as np
    >>> found = score(np.random.default_rng(0).normal(size=(500, 8)))
    >>> abs(found["mean-mi"].value) < 0.02, found["mean-entropy"].value > 3
    (True, True)
    """
    from benchmark.ranking.given import examples_of, network
    from benchmark.ranking.measuring import check_enough, measured, settings_for
    from benchmark.ranking.order import error_of

    found = network("network", activations)
    chosen = settings_for([found], pairs, settings)
    check_enough(examples_of(found), chosen)
    numbers = measured("network", found, chosen)
    return {name: replace(one, standard_error=error_of(one)) for name, one in numbers.items()}
