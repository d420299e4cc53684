"""From a family to an untrained network that shares no trainable parameter with another.

In: a family, or the identity that names one, a shape, a number of classes, a seed or generators that are seeded. Out: a
torch module.
"""

from weakref import WeakValueDictionary

import torch
from torch import nn
from torch.nn.parameter import is_lazy

from benchmark.identity import TrainIdentity
from benchmark.seeding import seeded
from registry import FAMILIES, ModelFamily

_BUILT: WeakValueDictionary[int, nn.Parameter] = WeakValueDictionary()  # trainable parameters by their identity


def family_in(identity: TrainIdentity) -> ModelFamily:
    """The family of a network, with the options that the network has."""
    return FAMILIES[identity["family"]].with_options(identity.get("options", {}))


def build(family: ModelFamily, shape: tuple[int, ...], num_classes: int) -> nn.Module:
    """A network of the family, drawn by the generators in the state that they are in.

    Args:
        family: Builds it.
        shape: Of one example.
        num_classes: K, the number of its logits.

    Raises:
        TypeError: `build` returns no torch module.
        ValueError: It returns a module, or a part of one, that it has returned before and that may be trained already;
            or a module with lazy layers, which have no weights yet.
    """
    network = family.build(shape, num_classes)
    if not isinstance(network, nn.Module):
        raise TypeError(f"build returns {type(network).__name__}, not a torch.nn.Module")
    for name, parameter in network.named_parameters():
        if is_lazy(parameter):
            raise ValueError(
                f"build returns a module whose {name} has no shape yet, as that of a torch.nn.Lazy... layer: say its "
                "sizes, which `build` is given, so that the seed draws its weights"
            )
        if parameter.requires_grad:
            if _BUILT.get(id(parameter)) is parameter:
                raise ValueError(
                    f"build returns a module with the same {name} as one that it has returned before: make a new one "
                    "each time, or what one network learns the next one knows"
                )
            _BUILT[id(parameter)] = parameter
    return network


def build_from(family: ModelFamily, shape: tuple[int, ...], num_classes: int, seed: int) -> nn.Module:
    """A network drawn from a seed. Raises what `build` raises."""
    with seeded(seed, torch.get_num_threads()):
        return build(family, shape, num_classes)
