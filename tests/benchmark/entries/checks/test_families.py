"""The checks of a family: for each there is a broken one that it stops, by what is said of it."""

import re
from dataclasses import replace

import pytest
import torch
from broken_families import (
    Detached,
    Flat,
    Hollow,
    Network,
    Normed,
    Random,
    Squeezing,
    Tuple,
    Twice,
    decoder,
    family,
    frozen,
    in_place,
    mixing,
    zeroed,
)
from entry_faults import faults
from torch import nn

from benchmark.entries.checks.families import built
from benchmark.networks.inputs import Tokens
from registry import (
    FAMILIES,
    SUITES,
    ModelFamily,
    Tap,
    Training,
)


@pytest.mark.parametrize(
    ("broken", "check", "words"),
    [
        (
            decoder(Tap("model.h.0", "first-token")),
            "taps-vary",
            r"'model.h.0' \(first-token\) gives the same.*'last-token'",
        ),
        (
            decoder(Tap("model.wte", "last-token")),
            "taps-vary",
            r"'model.wte' \(last-token\) gives the same row for every",
        ),
        (
            family(lambda s, c: Network(s, c).apply(zeroed), "hidden"),
            "taps-vary",
            r"'hidden' \(none\) gives the same row",
        ),
        (family(Hollow, "none"), "taps-vary", "tap 'none' has no neurons"),
        (decoder(Tap("norm", "last-token"), padded=True), "rows-do-not-mix", "the logits of an example depend on"),
        (family(mixing), "rows-do-not-mix", "depend on the others of its batch"),
        (family(Squeezing, "hidden"), "rows-do-not-mix", "the logits of 1 examples have shape"),
        (family(lambda shape, classes: Network(shape, classes + 1), "hidden"), "logits-shape", r"not \(B, K\)"),
        (family(Tuple, "hidden"), "logits-shape", "forward returns tuple, not a tensor"),
        (family(Network, "hiden"), "taps-fire-once", "no module 'hiden' to tap; did you mean 'hidden'"),
        (family(Network, "unused"), "taps-fire-once", "'unused' fired 0 times"),
        (family(Twice, "hidden"), "taps-fire-once", "'hidden' fired 2 times"),
        (family(in_place), "taps-stay", "works in place on the output of tap '0'"),
        (family(Random, "hidden"), "evaluation-is-deterministic", "other numbers the second time"),
        (family(Detached, "hidden"), "gradients-reach-every-parameter", "no gradient reaches hidden.weight"),
        (family(frozen, "hidden"), "gradients-reach-every-parameter", "no parameter is trainable"),
        (family(Flat, "hidden"), "training-lowers-the-loss", "the loss went from"),
        (
            replace(family(Normed, "hidden"), training=Training(learning_rate=1e30)),
            "training-lowers-the-loss",
            "the weights have a norm of .*e.3. after",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and "-" in value else "",
)
def test_a_broken_family_is_named_for_what_it_is(broken: ModelFamily, check: str, words: str) -> None:
    assert re.search(words, faults(broken)[check])


def test_examples_are_the_same_each_time_and_of_the_shape_of_the_suite() -> None:
    subject = built(FAMILIES["toy-mlp"])
    one, again = (subject.examples(20).arguments(torch.arange(20))[0] for _ in range(2))
    assert one.shape == (20, *subject.shape)
    assert torch.equal(one, again)
    assert len(subject.inputs) == 8


def test_example_texts_hold_no_padding_and_framed_ones_begin_and_end_alike() -> None:
    subject = built(FAMILIES["toy-encoder"])
    plain, framed = subject.examples(20), subject.framed_inputs
    assert isinstance(plain, Tokens)
    assert isinstance(framed, Tokens)
    assert len(plain) == 20
    assert (plain.ids != plain.padding).all()
    assert len(set(framed.lengths.tolist())) == 1
    rows = framed.ids.reshape(8, -1)
    assert len({*rows[:, 0].tolist(), *rows[:, -1].tolist()}) == 1
    assert len({tuple(row) for row in rows.tolist()}) == 8


def test_a_family_is_built_for_a_shape_that_it_reads_where_there_is_one() -> None:
    shapes = {suite.input_shape for suite in SUITES.usable().values() if suite.modality == "image"}
    largest = max(shape[1] for shape in shapes)

    def build(shape: tuple[int, ...], classes: int) -> nn.Module:
        return nn.Sequential(nn.Conv2d(shape[0], 4, largest), nn.Flatten(), nn.Linear(4, classes))

    subject = built(replace(family(build), modality="image"))
    assert subject.shape[1] == largest
    with pytest.raises(ZeroDivisionError):
        built(family(lambda shape, classes: nn.Linear(1 // 0, classes)))
