"""The estimators of a plan: defaults, what is refused by its place, and the settings of one scope."""

from typing import Any

import pytest
from pydantic import ValidationError

from benchmark.estimator import BinnedSettings, Estimator, NearestSettings, Settings


def test_the_defaults_are_those_of_the_paper_and_of_kraskov() -> None:
    settings = Settings()
    assert (settings.entropy.bins, settings.entropy.edges) == (100, "global")
    assert settings.mi == NearestSettings(kind="nearest", k=3, ties="jitter", pairs="all")
    assert settings.scope == "tap"
    assert Estimator().settings("tap") == settings


def test_mi_is_by_nearest_neighbours_unless_bins_are_said() -> None:
    assert Settings(mi={"k": 5}).mi == NearestSettings(k=5)
    assert Settings(mi={"kind": "binned"}).mi == BinnedSettings(kind="binned", bins=10, edges="per-neuron")


def test_the_settings_of_a_scope_are_those_of_the_plan() -> None:
    plan = Estimator(
        entropy={"bins": 7},
        mi={"kind": "binned", "pairs": 50},
        scope=("tap", "network"),
        inputs=["evaluation", "in-distribution"],
        samples=100,
        sub_samples=0,
    )
    for scope in plan.scope:
        found = plan.settings(scope)
        assert found.scope == scope
        assert (found.entropy, found.mi, found.samples, found.sub_samples) == (plan.entropy, plan.mi, 100, 0)


def test_settings_stay_as_they_are_and_are_equal_by_content() -> None:
    one, two = Settings(mi={"k": 5}), Settings(mi={"k": 5})
    assert one == two
    assert hash(one) == hash(two)  # they are keys of what is kept
    with pytest.raises(ValidationError):
        one.scope = "network"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"entropy": {"bins": 0}}, ("entropy", "bins")),
        ({"entropy": {"bins": 257}}, ("entropy", "bins")),
        ({"entropy": {"bins": 10.0}}, ("entropy", "bins")),
        ({"entropy": {"edges": "equal"}}, ("entropy", "edges")),
        ({"mi": {"k": 0}}, ("mi", "nearest", "k")),
        ({"mi": {"bins": 10}}, ("mi", "nearest", "bins")),
        ({"mi": {"kind": "binned", "k": 3}}, ("mi", "binned", "k")),
        ({"mi": {"kind": "kernel"}}, ("mi",)),
        ({"mi": {"ties": "drop"}}, ("mi", "nearest", "ties")),
        ({"scope": "layer"}, ("scope",)),
        ({"samples": 1}, ("samples",)),
        ({"sub_samples": 101}, ("sub_samples",)),
        ({"bins": 10}, ("bins",)),
    ],
)
def test_what_no_estimator_takes_is_refused_at_its_place(given: dict[str, Any], place: tuple[str, ...]) -> None:
    with pytest.raises(ValidationError) as found:
        Settings(**given)
    assert [error["loc"] for error in found.value.errors()] == [place]


@pytest.mark.parametrize("pairs", [1, 0, -5, 2.0, True, "some", None])
def test_pairs_are_all_or_a_number_of_two_or_more(pairs: Any) -> None:
    for good in ("all", 2, 10**6):
        assert Settings(mi={"pairs": good}).mi.pairs == good
    with pytest.raises(ValidationError, match="should be 'all' or a number of pairs, at least 2"):
        Settings(mi={"pairs": pairs})


def test_a_plan_has_a_scope_and_inputs() -> None:
    for key in ("scope", "inputs"):
        with pytest.raises(ValidationError, match="at least 1 item"):
            Estimator(**{key: ()})
