"""The weight matrices of a network.

In: a module. Out: its parameters with two axes or more, by name.
"""

from collections.abc import Iterator

from torch import nn


def weight_matrices(network: nn.Module) -> Iterator[tuple[str, nn.Parameter]]:
    """The parameters with two axes or more, but for tables of embeddings; one that several modules share comes once.

    >>> [name for name, weight in weight_matrices(nn.Sequential(nn.Embedding(9, 2), nn.Linear(2, 3)))]
    ['1.weight']
    """
    tables = {id(module.weight) for module in network.modules() if isinstance(module, nn.Embedding | nn.EmbeddingBag)}
    for name, parameter in network.named_parameters():
        if parameter.ndim > 1 and id(parameter) not in tables:
            yield name, parameter
