"""Which networks stand beside one: those of other seeds, or all that are read on the same inputs."""

from itertools import product

import pytest

from benchmark.plan.peers import Place, hash_of, peers_among

PLACES = [
    Place(f"{recipe}{condition}{seed}", recipe, condition, seed)
    for condition, recipe, seed in product((0.0, 1.0), "ab", (0, 1, 2))
]
OWN = PLACES[1]  # a0.01


@pytest.mark.parametrize("inputs", ["evaluation", "in-distribution"])
def test_of_seeds_they_have_the_same_recipe_and_condition(inputs: str) -> None:
    assert peers_among(PLACES, OWN, inputs, "seeds") == ["a0.00", "a0.02"]


def test_candidates_are_all_others_on_evaluation_inputs_and_those_of_the_condition_in_distribution() -> None:
    everywhere = peers_among(PLACES, OWN, "evaluation", "candidates")
    assert everywhere == [place.key for place in PLACES if place is not OWN]
    assert peers_among(PLACES, OWN, "in-distribution", "candidates") == ["a0.00", "a0.02", "b0.00", "b0.01", "b0.02"]


def test_a_measure_of_one_network_has_none_and_neither_has_a_network_alone() -> None:
    assert peers_among(PLACES, OWN, "evaluation", "one") == []
    assert peers_among([OWN], OWN, "evaluation", "candidates") == peers_among([OWN], OWN, "evaluation", "seeds") == []


def test_to_be_a_peer_is_mutual() -> None:
    for inputs, over in product(("evaluation", "in-distribution"), ("seeds", "candidates")):
        pairs = {(own.key, other) for own in PLACES for other in peers_among(PLACES, own, inputs, over)}
        assert pairs == {(other, own) for own, other in pairs}


def test_their_hash_is_of_who_they_are_and_not_of_their_order() -> None:
    assert hash_of(["b", "a"]) == hash_of(["a", "b"]) != hash_of(["a"])
    assert hash_of(["ab"]) != hash_of(["a", "b"])
    assert len({hash_of([]), hash_of(["a"]), hash_of(["a", "a"])}) == 3
    assert set(hash_of(["a"])) <= set("0123456789abcdef")
    assert len(hash_of(["a"])) == 16
