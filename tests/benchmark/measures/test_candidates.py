"""The candidates and their votes are the same, whichever of them is asked."""

import numpy as np
from made_peers import with_classes, with_logits

from benchmark.measures._candidates import candidates, votes

CLASSES = np.random.default_rng(0).integers(0, 3, (5, 40))


def test_the_candidates_are_a_network_and_its_peers_in_one_order() -> None:
    for own in range(5):
        given = with_classes(CLASSES.tolist(), own, of=3)
        assert [one.key for one in candidates(given)] == [f"n{place:03}" for place in range(5)]
        assert candidates(given)[own] is given


def test_votes_are_equal_for_all_and_hold_what_each_predicts() -> None:
    found = [votes(with_classes(CLASSES.tolist(), own, of=3)) for own in range(5)]
    assert [own for _, own in found] == [0, 1, 2, 3, 4]
    assert len({given for given, _ in found}) == 1
    assert np.array_equal(found[0][0].predicted, CLASSES)
    assert (found[0][0].candidates, found[0][0].classes) == (5, 3)


def test_votes_differ_where_one_answer_does_or_the_number_of_classes() -> None:
    changed = CLASSES.copy()
    changed[3, 7] = (changed[3, 7] + 1) % 3
    known = votes(with_classes(CLASSES.tolist(), of=3))[0]
    assert known != votes(with_classes(changed.tolist(), of=3))[0]
    assert known != votes(with_classes(CLASSES.tolist(), of=4))[0]


def test_a_class_beyond_a_byte_is_kept() -> None:
    assert votes(with_logits([np.eye(1000)[[999, 3]]]))[0].predicted.tolist() == [[999, 3]]
