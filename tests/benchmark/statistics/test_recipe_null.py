"""Functions of the recipe against a second way of drawing them, and how often one of them would be taken for more."""

from math import sqrt

import numpy as np
import pytest
from scipy import stats

from benchmark.statistics.recipe_null import best_of, recipe_null, share_at_least
from benchmark.statistics.selection import selects


def drawn(settings: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """One function of the recipe, written from its definition."""
    total = np.zeros(len(settings))
    sizes = generator.exponential(size=settings.shape[1])  # over their sum they are Dirichlet(1)
    for column, size in zip(settings.T, sizes / sizes.sum(), strict=True):
        rank = stats.rankdata(column)
        scaled = (rank - rank.min()) / (rank.max() - rank.min())
        total += generator.choice([-1, 1]) * size * scaled ** np.exp(generator.uniform(-np.log(3), np.log(3)))
    return total


def within(values: np.ndarray, y: np.ndarray) -> float:
    return float(np.mean([stats.kendalltau(values, row).statistic for row in y]))


def panel(generator: np.random.Generator, conditions: int = 3, recipes: int = 9) -> tuple[np.ndarray, np.ndarray]:
    """Settings, of which two have ties, and a metric with ties that follows the first one."""
    settings = np.stack(
        [generator.normal(size=recipes), generator.integers(0, 4, recipes), np.arange(recipes) % 2], axis=1
    )
    y = 0.7 * settings[:, 0] + generator.normal(size=(conditions, recipes))
    return settings, y.round(0)


def test_it_has_the_distribution_of_its_definition() -> None:
    generator = np.random.default_rng(1)
    settings, y = panel(generator)
    reference = [within(drawn(settings, generator), y) for _ in range(1500)]

    found = recipe_null(settings, y, draws=6000)

    assert found.shape == (6000,)
    assert stats.ks_2samp(found, reference).pvalue > 0.01
    assert (found == recipe_null(settings, y, draws=6000)).all()


def test_of_a_single_setting_there_is_one_order_and_its_reverse() -> None:
    generator = np.random.default_rng(2)
    settings, y = panel(generator)
    alone = selects(np.tile(settings[:, 1], (3, 1)), y, "recipes").tau
    assert alone is not None

    found = recipe_null(settings[:, 1:2], y, draws=400)

    assert np.abs(found) == pytest.approx(abs(alone))
    assert 150 < (found > 0).sum() < 250
    assert share_at_least(alone, found) == 1
    assert best_of(found) == pytest.approx(abs(alone))


def test_two_settings_of_three_recipes_by_hand() -> None:
    """The recipes are (0, 0), (1/2, 1) and (1, 1/2) in ranks, and the metric orders them as 0, 1, 2."""
    found = recipe_null([[1, 10], [2, 30], [3, 20]], [[0.0, 1.0, 2.0]], draws=20_000)
    assert np.unique(found.round(9)).tolist() == pytest.approx([-1, -1 / 3, 1 / 3, 1])
    # both signs up: right in every pair, or wrong in the last one, as often. First up, second down: the last recipe is
    # always above the middle one, and all is right where w1 / 2^g > w2, w1 being uniform. The others mirror these.
    powers = 3 ** np.linspace(-1, 1, 2001)
    right = 1 / 4 * 1 / 2 + 1 / 4 * np.mean(1 / (1 + 2**powers))
    assert (found > 0.9).mean() == pytest.approx(right, abs=0.01)
    assert (found < -0.9).mean() == pytest.approx(right, abs=0.01)


def test_only_the_ranks_of_settings_and_of_the_metric_count() -> None:
    settings, y = panel(np.random.default_rng(3))
    turned = np.stack([np.exp(settings[:, 0]), settings[:, 1] ** 3 - 7, settings[:, 2] * 1e-4], axis=1)
    scales = np.array([[1.0], [2.0], [50.0]])
    assert (recipe_null(turned, y, 500) == recipe_null(settings, np.exp(y) * scales, 500)).all()
    shuffled = np.random.default_rng(4).permutation(9)
    moved = recipe_null(settings[shuffled], y[:, shuffled], 500)
    assert moved == pytest.approx(recipe_null(settings, y, 500))


def test_settings_alike_in_all_recipes_and_conditions_without_an_order_count_for_nothing() -> None:
    settings, y = panel(np.random.default_rng(5))
    expected = recipe_null(settings, y, 300)
    with_more = np.insert(settings, 1, 0.9, axis=1)
    holed = np.vstack([y, np.full(9, 0.5), np.where(np.arange(9) == 4, np.nan, np.arange(9.0))])
    assert recipe_null(with_more, holed, 300) == pytest.approx(expected)


def test_a_metric_that_is_a_function_of_the_recipe_is_met_and_one_that_is_not_is_not() -> None:
    generator = np.random.default_rng(6)
    settings = generator.normal(size=(12, 2))
    follows = np.tile(drawn(settings, generator), (3, 1))
    known = recipe_null(settings, follows)
    assert best_of(known) > 0.9
    assert share_at_least(1.0, known) < 0.2
    unrelated = np.tile(generator.normal(size=12), (3, 1))
    foreign = recipe_null(settings, unrelated)
    assert best_of(foreign) < 0.8
    assert share_at_least(1.0, foreign) == share_at_least(-1.0, foreign) == pytest.approx(1 / 10_001)


def test_a_function_of_the_recipe_is_rarely_taken_for_more() -> None:
    generator = np.random.default_rng(7)
    shares = []
    for _ in range(300):
        settings, y = panel(generator)
        shares.append(share_at_least(within(drawn(settings, generator), y), recipe_null(settings, y, draws=500)))
    assert np.mean(np.array(shares) <= 0.05) <= 0.05 + 3 * sqrt(0.05 * 0.95 / 300)
    assert np.mean(np.array(shares) <= 0.5) == pytest.approx(0.5, abs=0.12)


def test_what_cannot_be_drawn_from_is_refused() -> None:
    y = [[1.0, 2.0, 3.0]]
    with pytest.raises(ValueError, match="no setting differs between the recipes"):
        recipe_null([[1.0], [1.0], [1.0]], y)
    with pytest.raises(ValueError, match=r"3 recipes have settings, but the metric has the shape \(3, 1\)"):
        recipe_null([[1.0], [2.0], [3.0]], np.transpose(y))
    with pytest.raises(ValueError, match="the metric orders the recipes in no condition"):
        recipe_null([[1.0], [2.0], [3.0]], [[1.0, 1.0, 1.0], [1.0, np.nan, 2.0]])
    with pytest.raises(ValueError, match="finite numbers"):
        recipe_null([[1.0], [np.nan], [3.0]], y)
