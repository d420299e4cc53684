"""Training on texts against a plain loop that pads every batch to the longest text of all: the same texts, in turn."""

from functools import partial

import torch
from torch import Tensor, nn

from benchmark.data.loading import load
from benchmark.networks.inputs import Tokens, as_inputs
from benchmark.networks.training import device, train
from benchmark.performance.clock import times_as_long
from registry import DATASETS, FAMILIES, Examples, Training, data_folder

SHORT = Training(optimizer="adamw", learning_rate=1e-4, batch_size=16, max_epochs=1)


def race_text(examples: int = 320) -> float:
    """How many times more texts a second our loop trains on than the plain one; minilm on movie-snippets.

    It reads the data folder. Raises DataError if data or weights are not there.
    """
    given = load(DATASETS["movie-snippets"].name, data_folder()).train
    family = FAMILIES["minilm"]
    texts = Examples(given.inputs[:examples], given.labels[:examples])
    inputs = as_inputs(family, texts, (512,), device())
    if not isinstance(inputs, Tokens):
        raise TypeError(f"{family.name} does not read tokens")
    labels = torch.from_numpy(texts.labels).to(device())
    network = family.build((512,), 2).to(device())
    input_ids, attention_mask = padded(inputs)
    return times_as_long(
        partial(train, network, inputs, labels, SHORT),
        partial(train_plainly, network, input_ids, attention_mask, labels),
    )


def padded(inputs: Tokens) -> tuple[Tensor, Tensor]:
    """Token ids and attention mask (S, T) of all texts, padded to the longest of them."""
    input_ids, attention_mask = inputs.arguments(torch.arange(len(inputs), device=inputs.device))
    return input_ids, attention_mask


def train_plainly(network: nn.Module, input_ids: Tensor, attention_mask: Tensor, labels: Tensor) -> None:
    """One epoch over texts (S, T) padded to the longest, in random batches."""
    optimizer = torch.optim.AdamW(
        network.parameters(), lr=SHORT.learning_rate, weight_decay=SHORT.weight_decay, fused=True
    )
    network.train()
    for rows in torch.randperm(len(labels)).split(SHORT.batch_size):
        loss = nn.functional.cross_entropy(network(input_ids[rows], attention_mask[rows]), labels[rows])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
