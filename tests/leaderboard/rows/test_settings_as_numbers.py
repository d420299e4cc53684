"""Settings of recipes as numbers: what differs, words as columns of their own, and nothing of what is the same."""

import numpy as np

from leaderboard.rows.settings_as_numbers import settings_as_numbers


def test_what_is_the_same_in_all_recipes_is_no_column() -> None:
    made = settings_as_numbers([{"batch_size": 64, "learning_rate": 0.1}, {"batch_size": 64, "learning_rate": 0.2}])
    np.testing.assert_array_equal(made, [[0.1], [0.2]])
    assert settings_as_numbers([{"batch_size": 64}] * 3).shape == (3, 0)


def test_a_word_is_a_column_for_each_word_but_the_first() -> None:
    made = settings_as_numbers([{"optimizer": word} for word in ("adam", "adamw", "rmsprop", "adam")])
    np.testing.assert_array_equal(made, [[0, 0], [1, 0], [0, 1], [0, 0]])


def test_a_setting_that_only_some_recipes_say_is_told_apart_from_any_value() -> None:
    made = settings_as_numbers([{"patience": 3}, {}, {"patience": 3}])
    np.testing.assert_array_equal(made, [[0], [1], [0]])
