"""Which parameters are weight matrices."""

from torch import nn

from benchmark.networks.readings._matrices import weight_matrices


def names(network: nn.Module) -> list[str]:
    return [name for name, _ in weight_matrices(network)]


def test_those_with_two_axes_or_more_but_for_tables_of_embeddings() -> None:
    layers = nn.Embedding(9, 4), nn.Conv1d(4, 3, 2), nn.BatchNorm1d(3), nn.Linear(3, 2), nn.EmbeddingBag(5, 2)
    assert names(nn.Sequential(*layers)) == ["1.weight", "3.weight"]


def test_one_that_modules_share_comes_once_and_a_table_that_is_shared_not_at_all() -> None:
    table, linear, twice = nn.Embedding(9, 4), nn.Linear(4, 9), nn.Linear(2, 2)
    linear.weight = table.weight
    assert names(nn.Sequential(table, linear, twice, twice)) == ["2.weight"]
