"""Token ids as they were given: padded with their own token, and with whatever else the network takes of each."""

from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from benchmark.networks.own_networks import activations_of
from benchmark.networks.own_tokens import OwnTokens, tokens_of
from registry import UserError
from registry._transformers import import_transformers

CPU = torch.device("cpu")
SIZE = {"vocab_size": 20, "hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 32}
IDS = torch.randint(3, 20, (12, 7), generator=torch.Generator().manual_seed(0))
MASK = (torch.arange(7) < torch.randint(1, 8, (12, 1), generator=torch.Generator().manual_seed(1))).long()


def seen(network: nn.Module, path: str, given: dict[str, Tensor]) -> Tensor:
    """What a module gives when the network itself is called."""
    kept: list[Any] = []
    hook = network.get_submodule(path).register_forward_hook(lambda module, args, output: kept.append(output))
    with torch.no_grad():
        network.eval()(**given)
    hook.remove()
    return kept[0][0] if isinstance(kept[0], tuple) else kept[0]


class CountsOnes(nn.Module):
    """Leaves out the tokens 1, whatever the mask says."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.words, self.first, self.last = nn.Embedding(20, 8), nn.Linear(8, 8), nn.Linear(8, 2)

    def forward(self, input_ids: Tensor, attention_mask: Tensor | None = None) -> Tensor:
        there = (input_ids != 1).float()[..., None]
        return self.last(self.first((self.words(input_ids) * there).sum(1) / there.sum(1)).relu())  # type: ignore[no-any-return]


def test_texts_are_padded_with_the_token_that_they_were_padded_with() -> None:
    given = {"input_ids": IDS.masked_fill(MASK == 0, 1), "attention_mask": MASK}
    found = activations_of(CountsOnes(), given, taps=["first"])["first"]
    np.testing.assert_allclose(found, seen(CountsOnes(), "first", given), atol=1e-6)


def test_where_nothing_was_padded_the_config_says_with_what() -> None:
    rows = [{"input_ids": [5, 6, 7]}, {"input_ids": [8]}]
    bert = import_transformers().BertModel(import_transformers().BertConfig(**SIZE, pad_token_id=4))
    assert [tokens_of(rows, 9, CPU, network).padding for network in (bert, None, CountsOnes())] == [4, 0, 0]


def of_every_token() -> dict[str, Tensor]:
    boxes = torch.randint(0, 50, (12, 7, 2), generator=torch.Generator().manual_seed(2))
    types = (torch.arange(7) > 2).long().expand(12, 7)
    return {"bbox": torch.cat([boxes, boxes + 20], dim=2), "token_type_ids": types}


@pytest.mark.parametrize(("kind", "more"), [("LayoutLM", ("bbox", "token_type_ids")), ("Bert", ("token_type_ids",))])
def test_what_else_a_network_takes_of_each_token_is_given_to_it(kind: str, more: tuple[str, ...]) -> None:
    transformers = import_transformers()
    torch.manual_seed(0)
    network = getattr(transformers, f"{kind}Model")(getattr(transformers, f"{kind}Config")(**SIZE)).eval()
    with torch.no_grad():
        for weight in network.parameters():
            weight += 0.2 * torch.randn_like(weight)
    plain = {"input_ids": IDS * MASK, "attention_mask": MASK}
    given = plain | {name: of_every_token()[name] for name in more}
    right = seen(network, "encoder.layer.0", given)[:, 0]
    found = activations_of(network, given | {"labels": torch.zeros(12)})["encoder.layer.0"]
    np.testing.assert_allclose(found, right, atol=1e-5)
    rows = [{name: values[row].tolist() for name, values in given.items()} for row in range(12)]
    np.testing.assert_allclose(activations_of(network, rows)["encoder.layer.0"], right, atol=1e-5)
    assert np.abs(activations_of(network, plain)["encoder.layer.0"] - right.numpy()).max() > 0.01


class TakesMore(CountsOnes):
    def forward(self, input_ids: Tensor, attention_mask: Tensor, age: Tensor | None = None, **other: Any) -> Tensor:
        return super().forward(input_ids, attention_mask)


def test_what_is_of_an_example_and_is_taken_is_refused_by_its_name_and_what_nobody_takes_is_left_out() -> None:
    given = {"input_ids": IDS, "age": torch.ones(12)}
    with pytest.raises(UserError, match=r"takes 'age' too, .*: wrap the network in a module that takes input_ids and"):
        activations_of(TakesMore(), given, taps=["first"])
    names = {"input_ids": IDS, "text": ["words"] * 12, "labels": IDS, "special_tokens_mask": MASK, "bbox": IDS}
    assert list(tokens_of([names], 12, CPU, TakesMore()).more) == ["bbox"]
    assert list(tokens_of([names | {"age": None}], 12, CPU, CountsOnes()).more) == []
    assert list(tokens_of([names | {"token_type_ids": IDS * 0}], 12, CPU, TakesMore()).more) == ["bbox"]


def test_rows_of_what_there_is_more_stay_with_their_tokens() -> None:
    tokens = OwnTokens(torch.arange(6), torch.tensor([3, 1, 2]), 9, {"twice": 2 * torch.arange(6)})
    part = tokens[torch.tensor([2, 1])]
    assert (part.ids.tolist(), part.more["twice"].tolist()) == ([4, 5, 3], [8, 10, 6])
    ids, mask, twice = part.arguments(torch.tensor([0, 1]))
    assert (ids.tolist(), mask.tolist(), twice.tolist()) == ([[4, 5], [3, 9]], [[1, 1], [1, 0]], [[8, 10], [6, 0]])


@pytest.mark.parametrize("mask", [(1.0 - MASK) * -1e9, MASK[:, None, :].expand(-1, 7, -1)], ids=["additive", "pairs"])
def test_a_mask_of_another_form_is_refused_and_not_turned_round(mask: Tensor) -> None:
    with pytest.raises(UserError, match="it is 1 where a token is and 0 where none is"):
        tokens_of([{"input_ids": IDS, "attention_mask": mask}], 12, CPU, None)


def test_ids_below_zero_at_masked_places_are_not_given_to_the_network() -> None:
    odd = IDS.where(MASK.bool(), -100)
    assert tokens_of([{"input_ids": odd, "attention_mask": MASK}], 12, CPU, None).padding == 0
