"""Shuffled splice: letters of DNA as four columns, and labels redrawn from three kinds."""

import numpy as np

from registry import SUITES, Data, Examples

SUITE = SUITES["shuffled-splice"]
BASES = np.arange(900 * 60, dtype=np.int64).reshape(900, 60) // 7 % 4
DATA = Data(Examples(BASES, np.full(900, 2)), Examples(3 - BASES[:90], np.arange(90) % 3))


def test_each_letter_has_its_base_and_no_other() -> None:
    splits = SUITE.make(DATA, 0.5, 0)
    for examples, bases in ((splits.train, BASES), (splits.evaluation, 3 - BASES[:90])):
        assert examples.inputs.shape == (len(bases), *SUITE.input_shape)
        assert np.array_equal(examples.inputs.argmax(axis=2), bases)
        assert (examples.inputs.sum(axis=2) == 1).all()


def test_two_of_three_of_the_redrawn_labels_are_other_ones() -> None:
    for beta in SUITE.conditions:
        splits = SUITE.make(DATA, beta, 0)
        redrawn = 900 * float(beta)
        changed = splits.train.labels[splits.train.labels != 2]
        assert abs(len(changed) - redrawn * 2 / 3) <= 5 * (redrawn * 2 / 9) ** 0.5
        assert abs((changed == 0).sum() - len(changed) / 2) <= 2.5 * len(changed) ** 0.5
        assert np.array_equal(splits.evaluation.labels, DATA.held_out.labels)
