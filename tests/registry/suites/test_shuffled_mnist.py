"""Shuffled MNIST: images in one channel, labels redrawn from all ten classes."""

import numpy as np

from registry import SUITES, Data, Examples

SUITE = SUITES["shuffled-mnist"]
IMAGES = np.arange(1000, dtype=np.uint16).astype(np.uint8)[:, None, None].repeat(28, 1).repeat(28, 2)
DATA = Data(Examples(IMAGES, np.full(1000, 3)), Examples(IMAGES[:100], np.arange(100) % 10))


def test_images_are_small_in_one_channel_whatever_the_condition() -> None:
    for beta in (0.0, 0.5):
        splits = SUITE.make(DATA, beta, 0)
        assert splits.train.inputs.shape == (1000, *SUITE.input_shape)
        np.testing.assert_allclose(splits.train.inputs[:, 0, 13, 13] * 255, IMAGES[:, 26, 26], rtol=1e-6)
        assert np.array_equal(splits.evaluation.inputs, splits.in_distribution.inputs)


def test_at_beta_1_every_class_is_as_frequent_as_any_other_and_the_test_keeps_its_labels() -> None:
    splits = SUITE.make(DATA, 1.0, 0)
    counts = np.bincount(splits.train.labels, minlength=10)
    assert len(counts) == SUITE.num_classes == 10
    assert ((counts - 100) ** 2 / 100).sum() < 33.7  # of chi-square with nine degrees of freedom, one in ten thousand
    assert np.array_equal(splits.evaluation.labels, DATA.held_out.labels)


def test_at_beta_one_half_no_more_than_half_of_the_labels_change() -> None:
    changed = int((SUITE.make(DATA, 0.5, 0).train.labels != 3).sum())
    assert 400 < changed <= 500  # nine of ten of 500: 450, with a deviation of seven
