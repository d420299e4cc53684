"""What recipes have in common: the levels of the settings in which they differ, and the orders that these leave.

In: training settings of recipes. Out: levels of factors, and orders in which the recipes may stand when the levels of
each factor are permuted. Pure functions.

Of a full grid every permutation of levels is one of its recipes. An uneven one, with a recipe too few or too many, has
fewer: only those count that map its recipes onto themselves. They are the permutations of the recipes after which two
recipes share a level of a factor where they did before (the automorphisms of these equivalences), with the identity.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import permutations, product
from math import factorial, prod
from typing import Any, NotRequired, TypeVar

import numpy as np
from numpy.typing import NDArray
from typing_extensions import TypedDict

from benchmark.identity import RecipeSettings
from benchmark.plain.keeping import kept
from benchmark.plain.shapes import Number
from benchmark.statistics.nulls import FEWER, SAMPLED
from registry import Training

LEVEL_ORDERS = 40_320  # of the levels of all factors, that are looked at all; of more, seeded ones

Levels = NDArray[np.int64]
Orders = NDArray[np.int16]
Name = TypeVar("Name", str, int)  # of a setting
Ways = list[list[int]]  # where each recipe may go


class WithRecipes(TypedDict):
    """The parts of an entry of plan.json that say what its recipes are."""

    recipes: list[RecipeSettings]
    options: NotRequired[dict[str, Number]]


def settings_of(entry: WithRecipes) -> list[dict[str, object]]:
    """The settings of each recipe of an entry of plan.json: of the training, and the options of the network.

    plan.json leaves out what is as it is by default. What some recipe says is said of all of them here: a patience of 0
    is a number below 1, and not a word of its own.

    >>> recipes = [{"label": "p3", "training": {"patience": 3}}, {"label": "w9", "options": {"width": 9}}]
    >>> settings_of({"recipes": recipes, "options": {"width": 5}})
    [{'patience': 3, 'width': 5}, {'patience': 0, 'width': 9}]
    """
    said = {name for one in entry["recipes"] for name in one.get("training", {})}
    defaults = {name: value for name, value in asdict(Training()).items() if name in said} | entry.get("options", {})
    return [{**defaults, **one.get("training", {}), **one.get("options", {})} for one in entry["recipes"]]


def factor_levels(trainings: Sequence[Mapping[Name, object]]) -> Levels | None:
    """The level (recipes, factors) of each factor that each recipe has, where recipes share levels.

    Settings that vary together are one factor. None where a factor has another level in every recipe, as a drawn
    learning rate or a list of a single setting has: such recipes are unrelated, and permuted as they are.

    >>> grid = [{"learning_rate": rate, "batch_size": size} for rate in (1e-3, 1e-2) for size in (64, 512)]
    >>> factor_levels(grid).tolist()
    [[0, 0], [1, 0], [0, 1], [1, 1]]
    >>> factor_levels([{**recipe, "weight_decay": 10 * recipe["learning_rate"]} for recipe in grid[:3]]).tolist()
    [[0, 0], [1, 0], [0, 1]]
    >>> factor_levels([{"learning_rate": rate, "batch_size": 64} for rate in (1e-3, 3e-3, 1e-2)])
    """
    names = sorted({name for training in trainings for name in training})
    columns = dict.fromkeys(_numbered([training.get(name) for training in trainings]) for name in names)
    varied = [column for column in columns if max(column, default=0)]
    if not varied or any(max(column) + 1 == len(trainings) for column in varied):
        return None
    return np.array(varied).T


def is_full(levels: Levels) -> bool:
    """Whether every level of each factor stands once with every one of the others."""
    return prod(_counts(levels)) == len(levels) == len({tuple(row) for row in levels.tolist()})


def count_orders(levels: Levels) -> int:
    """How many orders the levels of the factors leave, with the one that is there.

    >>> square = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    >>> count_orders(square), count_orders(square[:3])
    (4, 1)
    """
    if is_full(levels):
        return prod(map(factorial, _counts(levels)))
    return _count(levels.tobytes(), levels.shape)


def count_uneven(levels: Levels | None) -> int | None:
    """The number of orders of an uneven grid; None for a full grid, and where recipes are unrelated."""
    return None if levels is None or is_full(levels) else count_orders(levels)


def orders_of_levels(levels: Levels) -> Orders:
    """The orders (orders, recipes) in which recipes stand when levels are permuted: all, or seeded ones.

    The first is the one that is there.
    """
    return _orders(levels.tobytes(), levels.shape)


def _numbered(values: Sequence[Any]) -> tuple[int, ...]:
    """The number of each value among those that are different, in the order in which they first stand."""
    distinct = {value: number for number, value in enumerate(dict.fromkeys(values))}
    return tuple(distinct[value] for value in values)


def _counts(levels: Levels) -> list[int]:
    return [int(count) for count in levels.max(axis=0) + 1]


@kept(most=16)
def _orders(content: bytes, shape: tuple[int, int]) -> Orders:
    levels = np.frombuffer(content, dtype=np.int64).reshape(shape)
    if is_full(levels):
        return _orders_of_a_grid(levels)
    alike = _alike(levels)
    ways = _ways(alike)
    if count_orders(levels) <= LEVEL_ORDERS:
        return np.array(list(_mappings(alike, ways, [])), dtype=np.int16)
    generator = np.random.default_rng(0)
    # along ways in a random order the first mapping is any of them: whatever can begin one begins as many as the others
    drawn = (next(_mappings(alike, [generator.permutation(way).tolist() for way in ways], [])) for _ in range(FEWER))
    return np.array([list(range(len(levels))), *drawn], dtype=np.int16)


def _orders_of_a_grid(levels: Levels) -> Orders:
    counts = _counts(levels)
    place = np.empty(counts, dtype=np.int16)
    place[tuple(levels.T)] = np.arange(len(levels))
    if count_orders(levels) <= LEVEL_ORDERS:
        drawn = product(*(permutations(range(count)) for count in counts))
        return np.array([place[_moved(levels, orders)] for orders in drawn])
    generator = np.random.default_rng(0)
    moved = [place[_moved(levels, [generator.permutation(count) for count in counts])] for _ in range(SAMPLED)]
    return np.array([np.arange(len(levels)), *moved], dtype=np.int16)


def _moved(levels: Levels, orders: Sequence[Sequence[int] | NDArray[np.int64]]) -> tuple[Any, ...]:
    """The levels of each recipe, factor by factor, once those of each factor are in this order."""
    return tuple(np.asarray(order)[column] for order, column in zip(orders, levels.T, strict=True))


@kept(most=64)
def _count(content: bytes, shape: tuple[int, int]) -> int:
    """The size of a group of mappings: how far each recipe can go once those before it stay (orbit and stabilizer)."""
    alike = _alike(np.frombuffer(content, dtype=np.int64).reshape(shape))
    ways = _ways(alike)
    reached = []
    for recipe, way in enumerate(ways):
        starts = ([*range(recipe), goal] for goal in way if goal >= recipe)
        reached.append(
            sum(_fits(alike, start) and any(True for _ in _mappings(alike, ways, start)) for start in starts)
        )
    return prod(reached)


def _alike(levels: Levels) -> Ways:
    """In which factors two recipes share a level (recipes, recipes), as one number."""
    found: Ways = ((levels[:, None] == levels) @ (1 << np.arange(levels.shape[1]))).tolist()
    return found


def _ways(alike: Ways) -> Ways:
    """Where each recipe may go: to those that share as much with as many others, and these again, and so on."""
    kinds = [0] * len(alike)
    for _ in alike:
        kinds = list(_numbered([(kinds[i], *sorted(zip(row, kinds, strict=True))) for i, row in enumerate(alike)]))
    return [[other for other, kind in enumerate(kinds) if kind == own] for own in kinds]


def _mappings(alike: Ways, ways: Ways, start: list[int]) -> Iterator[list[int]]:
    """Every mapping of the recipes that keeps what is alike and begins so, in the order of the ways."""
    if len(start) == len(alike):
        yield start
        return
    for goal in ways[len(start)]:
        if goal not in start and _fits(alike, longer := [*start, goal]):
            yield from _mappings(alike, ways, longer)


def _fits(alike: Ways, start: list[int]) -> bool:
    """Whether the last recipe of a mapping shares with those before it what it shared before."""
    row, own = alike[start[-1]], alike[len(start) - 1]
    return all(row[goal] == own[recipe] for recipe, goal in enumerate(start))
