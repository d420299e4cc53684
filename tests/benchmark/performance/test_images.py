"""The race over images: both loops make the same step, and it runs."""

from dataclasses import replace
from math import isfinite

import torch
from one_step import assert_one_step_leads_to_the_same_weights

from benchmark.networks.inputs import Tensors
from benchmark.networks.training import train
from benchmark.performance import images
from registry import FAMILIES


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


def test_the_race_over_images_runs_and_leaves_the_threads_as_they_were() -> None:
    before = torch.get_num_threads()
    assert isfinite(images.race_images(steps=1, batch=4))
    assert torch.get_num_threads() == before


def test_made_images_have_every_class_in_turn() -> None:
    pictures, labels = images.made_images(14)
    assert pictures.shape == (14, 3, images.SIDE, images.SIDE)
    assert labels.tolist() == [number % images.CLASSES for number in range(14)]
