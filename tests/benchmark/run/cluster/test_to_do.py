"""Which cell the head of a cluster hands out next."""

from collections import Counter

from benchmark.plan.resolved import Cell
from benchmark.run.cluster.needs import Needs
from benchmark.run.cluster.to_do import PATIENCE, ToDo

PLAIN: Needs = ()
GPU: Needs = (("memory", 8e9), ("gpus", 1))


def cell(name: str, work: str = "train", train: str = "") -> Cell:
    identity = {"work": work, "family": "toy-mlp"}
    return Cell(name, work, train or name, 0, "", 0.0, 0, None, None, None, None, identity)


TRAIN, OTHER = cell("train"), cell("other")
SCORES = [cell("score", "score", "train"), cell("second", "score", "train")]


def all_of(to_do: ToDo, most: int = 100, now: float = 0) -> list[str]:
    """The names of all cells that can be handed out now, which takes them."""
    out: Counter[Needs] = Counter()
    names = []
    while taken := to_do.take(out, most, now):
        names.append(taken.key)
        out[to_do.needs_of(taken)] += 1
    return names


def test_score_cells_wait_for_their_network_and_come_right_behind_it() -> None:
    to_do = ToDo([TRAIN, *SCORES, OTHER], {"train": PLAIN, "other": PLAIN})
    assert all_of(to_do, most=1) == ["train"]
    to_do.settled(TRAIN)
    assert all_of(to_do) == ["score", "second", "other"]
    for one in (*SCORES, OTHER):
        assert to_do.left
        to_do.settled(one)
    assert not to_do.left


def test_score_cells_of_a_network_that_is_published_do_not_wait() -> None:
    assert all_of(ToDo(SCORES, {"train": PLAIN})) == ["score", "second"]


def test_each_kind_of_cell_has_its_own_room() -> None:
    to_do = ToDo([TRAIN, cell("third"), OTHER], {"train": PLAIN, "third": PLAIN, "other": GPU})
    assert all_of(to_do, most=1) == ["train", "other"]
    assert to_do.take({PLAIN: 1, GPU: 1}, 1, 0) is None
    assert to_do.take({GPU: 1}, 1, 0) == cell("third")


def test_a_kind_that_appears_while_cells_are_handed_out_is_taken_too() -> None:
    """Another command has published the network: its score cells, which take no GPU, are a kind of their own."""
    to_do = ToDo([TRAIN, *SCORES, OTHER], {"train": GPU, "other": GPU})
    assert to_do.take({}, 2, 0) == TRAIN
    to_do.settled(TRAIN)
    assert all_of(to_do, most=2) == ["other", "score", "second"]


def test_a_cell_that_could_not_be_handed_out_is_looked_at_again_in_a_moment() -> None:
    to_do = ToDo([TRAIN, OTHER], {"train": PLAIN, "other": PLAIN})
    assert to_do.take({}, 1, 10) == TRAIN
    to_do.later(TRAIN, 10)
    assert all_of(to_do, now=10) == ["other"]
    to_do.again(OTHER)
    assert all_of(to_do, now=10 + PATIENCE) == ["other", "train"]
    assert to_do.left == 2
