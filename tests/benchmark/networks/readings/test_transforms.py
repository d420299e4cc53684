"""Logits under transforms against the same transforms made by hand."""

import numpy as np
from made_at_hand import INPUTS, NO_TRANSFORMS, TEXTS, at_hand, texts_at_hand

from benchmark.networks.readings.transforms import READING, compute

KEEPING = {f"keeping/shift-{word}" for word in ("up", "down", "left", "right")}
DESTROYING = {f"destroying/shuffled-pixels-{draw}" for draw in (1, 2, 3)}


def test_images_are_shifted_by_hand_to_the_same_logits() -> None:
    hand, zeros = at_hand(), np.zeros_like(INPUTS)
    found = compute(hand)
    up, left = zeros.copy(), zeros.copy()
    up[:, :, :3], left[..., :3] = INPUTS[:, :, 1:], INPUTS[..., 1:]
    assert np.array_equal(found["keeping/shift-up"], hand.logits(up))
    assert np.array_equal(found["keeping/shift-left"], hand.logits(left))
    assert not np.array_equal(found["keeping/shift-left"], found["keeping/shift-right"])


def test_the_arrays_of_images_and_their_rows() -> None:
    found = compute(at_hand())
    assert set(found) == KEEPING | DESTROYING | {"noise", "mixup", "mixup/partner"}
    assert {array.shape for array in found.values()} == {(20, 3)}
    assert READING.axis == "examples"


def test_a_mixture_is_half_way_to_another_input_whose_logits_stand_beside_it() -> None:
    """On a network that is a linear map, its logits are the mean of both: the partners are those that were mixed."""
    hand = at_hand()
    hand.network[2] = type(hand.network[0])()  # type: ignore[index,operator]  # no ReLU
    found, own = compute(hand), hand.logits(INPUTS)
    assert np.allclose(found["mixup"], (own + found["mixup/partner"]) / 2, atol=1e-5)
    assert not np.allclose(own, found["mixup/partner"], atol=1e-3)
    assert np.allclose(np.sort(own, axis=0), np.sort(found["mixup/partner"], axis=0), atol=1e-6)


def test_noise_has_a_tenth_of_the_standard_deviation_of_the_inputs() -> None:
    read: list[np.ndarray] = []
    hand = at_hand(read_by=lambda model, inputs: (read.append(inputs), ({}, np.zeros((len(inputs), 3))))[1])
    compute(hand)
    moved = [made - INPUTS for made in read if 0.05 < np.abs(made - INPUTS).std() / INPUTS.std() < 0.2]
    assert len(moved) == 1
    assert abs(moved[0].std() / INPUTS.std() - 0.1) < 0.01  # of 640 draws: 3.5 of its standard errors
    assert moved[0].dtype == np.float32


def test_texts_have_no_noise_and_no_mixtures_and_a_suite_without_transforms_none() -> None:
    found = compute(texts_at_hand())
    assert {name.partition("/")[0] for name in found} == {"keeping", "destroying"}
    assert len(found) == 6
    assert all(array.shape == (len(TEXTS), 2) for array in found.values())
    assert set(compute(at_hand(transforms=NO_TRANSFORMS))) == {"noise", "mixup", "mixup/partner"}


def test_the_same_network_gives_the_same_numbers_and_another_suite_s_transforms_move_none() -> None:
    one, again, bare = compute(at_hand()), compute(at_hand()), compute(at_hand(transforms=NO_TRANSFORMS))
    assert all(np.array_equal(one[name], again[name]) for name in one)
    assert all(np.array_equal(one[name], bare[name]) for name in bare)
