"""The race over texts: both loops make the same step on texts padded alike, and it runs."""

from math import isfinite
from pathlib import Path

import torch
from one_step import assert_one_step_leads_to_the_same_weights
from small_encoders import saved
from torch import nn

from benchmark.networks.inputs import Tokens
from benchmark.networks.training import train
from benchmark.performance import text
from registry.families._encoders import encoder_family


def test_the_loops_over_texts_make_the_same_step(tmp_path: Path) -> None:
    family = encoder_family(name="small", encoder=str(saved(tmp_path)), layers=3, reference="none: made for a test")
    start = family.build((512,), 2)
    for module in start.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0
    inputs, labels = Tokens(torch.arange(4, 22), torch.tensor([2, 4, 5, 7]), 0), torch.tensor([0, 1, 1, 0])
    assert text.padded(inputs)[0].shape == (4, 7)
    assert_one_step_leads_to_the_same_weights(
        start,
        lambda network: train(network, inputs, labels, text.SHORT),
        lambda network: text.train_plainly(network, *text.padded(inputs), labels),
    )


def test_the_race_over_texts_runs() -> None:
    """Reads the data folder: `make test` has fetched it."""
    assert isfinite(text.race_text(4))
