"""What the entries of a board refer to: known names have the reference of their entry, and the others none."""

from made_boards import CHOSEN, entry, measure, plan, records, resolved

from benchmark.measures import MEASURES
from leaderboard.references import all_references, used_by
from leaderboard.rows.assembly import build_board
from registry import DATASETS, SUITES


def test_a_known_name_has_its_reference_and_another_has_none() -> None:
    suites = [entry("colored-mnist", [0.0], data="mnist"), entry("of-mine", [0.0], data="mnist", family="shallow")]
    used = used_by(build_board(plan(suites, {"mean-mi": measure(CHOSEN), "spread": measure(CHOSEN)}), {}))
    found = {(one.kind, one.name): one.reference for one in used}
    assert len(used) == len(found) == 8  # mnist, accuracy and mlp once each, two suites, two families, two measures
    assert {kind_and_name for kind_and_name, reference in found.items() if reference is None} == {
        ("suite", "of-mine"),
        ("family", "shallow"),
        ("measure", "spread"),
    }
    assert found["suite", "colored-mnist"] == SUITES["colored-mnist"].reference
    assert found["data set", "mnist"] == DATASETS["mnist"].reference
    assert found["measure", "mean-mi"] == MEASURES["mean-mi"].reference


def test_a_name_is_known_as_what_it_is_and_not_as_something_else() -> None:
    made = resolved()
    made["entries"] = [one | {"suite": "accuracy", "data": "mean-mi"} for one in made["entries"]]
    found = {(one.kind, one.name): one.reference for one in used_by(build_board(made, records(made)))}
    assert found["suite", "accuracy"] is None
    assert found["data set", "mean-mi"] is None


def test_every_reference_stands_once() -> None:
    known = all_references()
    assert len(set(known)) == len(known)
    assert {MEASURES["mean-mi"].reference, SUITES["nico"].reference} <= set(known)
