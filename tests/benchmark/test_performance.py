"""Both sides of every race compute the same numbers. Which is faster depends on the processor and is not tested."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from math import isfinite
from pathlib import Path

import numpy as np
import pytest
import torch
from small_encoders import saved
from torch import nn

from benchmark.networks.inputs import Tensors, Tokens
from benchmark.networks.training import train
from benchmark.performance import images, probe, text
from benchmark.performance.__main__ import machine
from benchmark.performance.clock import times_as_long
from benchmark.performance.inputs import mixture
from benchmark.performance.races import Contest, binned_contest, entropy_contest, nearest_contest, timed
from benchmark.process import processor
from registry import FAMILIES
from registry.families._encoders import encoder_family


def of_unit_variance(samples: int, neurons: int) -> np.ndarray:
    """scikit-learn divides by the standard deviation before it looks for neighbours."""
    matrix = mixture(samples, neurons)
    return matrix / matrix.std(axis=0)


@pytest.mark.parametrize(
    "contest",
    [
        nearest_contest("", of_unit_variance(200, 12), ties="plain"),
        binned_contest("", mixture(60, 12), 5),
        entropy_contest("", mixture(60, 12)),
    ],
    ids=lambda contest: contest.work,
)
def test_an_estimator_and_its_reference_compute_the_same_numbers(contest: Contest) -> None:
    ours, theirs = contest.shared(contest.ours()), contest.theirs()
    assert len(theirs) == 8
    assert len(set(theirs)) > 4
    np.testing.assert_allclose(ours, theirs, atol=1e-9)
    race = timed(contest)
    assert isfinite(race.ratio)
    assert race.work == contest.work


def test_both_sides_of_a_race_have_a_turn_in_each_round() -> None:
    turns: list[str] = []
    ratio = times_as_long(lambda: turns.append("ours"), lambda: turns.append("theirs"))
    assert turns == ["ours", "theirs"] * 4
    assert isfinite(ratio)


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


def test_the_loops_over_images_make_the_same_step() -> None:
    ours, plain = images.networks("resnet18-32")
    pictures, labels = images.made_images(12)
    setting = replace(FAMILIES["resnet18-32"].training, batch_size=12, max_epochs=1, precision="float32")
    assert_one_step_leads_to_the_same_weights(
        plain,
        lambda network: train(network, Tensors(pictures), labels, setting),
        lambda network: images.train_plainly(network, pictures, labels, setting),
    )
    assert torch.allclose(ours.eval()(pictures), plain.eval()(pictures), atol=1e-3)


def test_the_race_over_texts_runs() -> None:
    """Reads the data folder: `make test` has fetched it."""
    assert isfinite(text.race_text(4))


def test_the_race_over_images_runs_and_leaves_the_threads_as_they_were() -> None:
    before = torch.get_num_threads()
    assert isfinite(images.race_images(steps=1, batch=4))
    assert torch.get_num_threads() == before


def test_the_race_of_the_probe_runs_and_refuses_codes_that_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    assert all(map(isfinite, probe.race_probe(800, 24)))
    monkeypatch.setattr(probe, "code_plainly", lambda features, labels: 1.0)
    with pytest.raises(ValueError, match="the plain code takes 1 bits, ours"):
        probe.race_probe(200, 12)


def test_figures_name_the_processor_and_its_instructions(monkeypatch: pytest.MonkeyPatch) -> None:
    for flags, said in (({"avx2", "avx512_bf16", "sse"}, "(avx2, avx512_bf16), "), (set(), "(no wide instructions")):
        monkeypatch.setattr(processor, "_flags", lambda flags=flags: flags)
        assert said in machine()
    assert machine().startswith("Machine: ")
