"""The checks of a reading: for each there is a broken one that it stops. And those of measures that need readings."""

import itertools
import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from broken_suites import measure
from entry_faults import faults

from benchmark.reading import AtHand, NotForThese, Reading
from benchmark.types import Outputs, Value

TIMES = itertools.count()


def reading(compute: Any, axis: Any = "network") -> Reading:
    return Reading(name="broken", axis=axis, compute=compute, reference="a test")


def changing(at_hand: AtHand) -> dict[str, Any]:
    with torch.no_grad():
        next(at_hand.network.parameters()).add_(1)
    return {"a": np.zeros(1)}


def training(at_hand: AtHand) -> dict[str, Any]:
    at_hand.network.train()
    return {"a": np.zeros(1)}


def nothing(at_hand: AtHand) -> dict[str, Any]:
    raise NotForThese("these are not for it")


@pytest.mark.parametrize(
    ("broken", "check", "words"),
    [
        (reading(lambda at_hand: 1 / 0), "gives-arrays", "ZeroDivisionError"),
        (reading(lambda at_hand: {"a": np.zeros(3)}, "examples"), "gives-arrays", r"shape \(3,\) for 40 examples"),
        (reading(nothing), "gives-arrays", "takes nothing from images, vectors and texts: these are not for it"),
        (reading(lambda at_hand: {}), "gives-arrays", "takes nothing"),
        (reading(lambda at_hand: {"a": np.array([next(TIMES)])}), "is-deterministic", "another 'a' the second time"),
        (reading(changing), "leaves-the-network", "it changes .*: change a copy"),
        (reading(training), "leaves-the-network", "in training mode"),
    ],
)
def test_a_broken_reading_is_named_for_what_it_is(broken: Reading, check: str, words: str) -> None:
    assert re.search(words, faults(broken)[check])


def test_a_reading_may_use_every_part_of_a_network_at_hand() -> None:
    def compute(at_hand: AtHand) -> dict[str, Any]:
        with torch.no_grad():
            own = at_hand.network(*at_hand.arguments(at_hand.inputs)).cpu().numpy()
        assert np.allclose(own, at_hand.logits(at_hand.inputs), atol=1e-5)
        assert own.shape == (40, at_hand.num_classes)
        assert at_hand.logits(at_hand.held_out.inputs).shape == (len(at_hand.held_out), 3)
        epochs: list[float] = []
        at_hand.train_again(lambda network: epochs.append(float(sum(p.detach().sum() for p in network.parameters()))))
        assert len(epochs) == 2
        trained = at_hand.train_on(at_hand.training.at(np.arange(10)))
        assert at_hand.read_by(trained, at_hand.inputs)[1].shape == own.shape
        assert not trained.training
        return {"logits": own, "epochs": np.tile(epochs, (40, 1))}

    assert faults(reading(compute, "examples")) == {}


def test_a_measure_is_checked_with_the_readings_and_the_peers_that_it_asks_for() -> None:
    def on_transforms(outputs: Outputs, settings: object) -> Value:
        return Value(float(outputs.readings["transforms"]["keeping/shift-up"].mean()))

    def of_peers(outputs: Outputs, settings: object) -> Value:
        return Value(float(np.mean([peer.logits[:, 0].mean() for peer in outputs.peers])))

    def of_their_activations(outputs: Outputs, settings: object) -> Value:
        return Value(float(np.mean([[*peer.activations.by_tap.values()][-1] for peer in outputs.peers])))

    assert faults(replace(measure(on_transforms), readings=("transforms",))) == {}
    assert "the measure does not name the reading 'transforms'" in faults(measure(on_transforms))["gives-a-number"]
    assert faults(replace(measure(of_peers, ("predictions",)), over="candidates")) == {}
    assert faults(replace(measure(of_their_activations), over="seeds")) == {}
    # of all candidates there are predictions alone
    assert "IndexError" in faults(replace(measure(of_their_activations), over="candidates"))["gives-a-number"]
