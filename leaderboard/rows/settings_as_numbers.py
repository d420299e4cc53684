"""The settings of recipes as numbers, of which functions can be made.

In: training settings. Out: a table of numbers, of which only the order counts.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray


def settings_as_numbers(trainings: Sequence[Mapping[str, object]]) -> NDArray[np.float64]:
    """Each setting that differs as a column; one that is a word as a column of 0 and 1 for each word but the first.

    Args:
        trainings: The training setting of each recipe.

    Returns:
        (recipes, columns).

    >>> recipes = [{"learning_rate": 0.1, "optimizer": "adam"}, {"learning_rate": 0.2, "optimizer": "adamw"}]
    >>> settings_as_numbers(recipes).tolist()
    [[0.1, 0.0], [0.2, 1.0]]
    """
    columns: list[list[float]] = []
    for name in sorted({name for training in trainings for name in training}):
        values = [training.get(name) for training in trainings]
        numbers = [value for value in values if isinstance(value, int | float) and not isinstance(value, bool)]
        if len(numbers) == len(values):
            columns += [[float(value) for value in numbers]] if len(set(numbers)) > 1 else []
        else:
            words = list(dict.fromkeys(map(str, values)))
            columns += [[float(str(value) == word) for value in values] for word in words[1:]]
    return np.array(columns, dtype=np.float64).T.reshape(len(trainings), len(columns))
