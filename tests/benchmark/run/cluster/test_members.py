"""Who is in a cluster, and what can be given to whom."""

from benchmark.run.cluster.members import Members
from benchmark.run.cluster.needs import Needs

PLAIN: Needs = ()
GPU: Needs = (("memory", 8e9), ("gpus", 1))
NO_GPU: Needs = (("memory", 8e9),)


def test_members_that_refuse_are_given_nothing_more() -> None:
    members = Members()
    assert (members.most_out, members.only, members.offer(PLAIN)) == (0, {}, False)
    members.update(
        {"a": {"nthreads": 1, "resources": {}}, "b": {"nthreads": 3, "resources": {"memory": 9e9, "gpus": 1}}}
    )
    assert (members.most_out, members.only) == (8, {})
    assert members.offer(GPU)
    members.refused["b"] = "it has no data"
    assert (members.most_out, members.only) == (2, {"workers": ["a"]})
    assert not members.offer(NO_GPU)
    assert members.offer(PLAIN)


def test_one_worker_has_to_offer_all_that_a_cell_needs() -> None:
    members = Members()
    two = {"a": {"nthreads": 1, "resources": {"gpus": 1}}, "b": {"nthreads": 1, "resources": {"memory": 9e9}}}
    members.update(two)
    assert members.offer((("gpus", 1),))
    assert not members.offer(GPU)  # together they would have it
    members.update({"c": {"nthreads": 1, "resources": {"memory": 8e9, "gpus": 1}}})
    assert members.usable == ["c"]
    assert members.offer(GPU)


def test_a_worker_that_has_gone_counts_no_more_and_stays_refused_when_it_comes_again() -> None:
    members = Members()
    one = {"a": {"nthreads": 2, "resources": {}}}
    members.update(one)
    members.refused["a"] = "no data"
    members.update({})
    assert (members.usable, members.most_out) == ([], 0)
    members.update(one)
    assert (members.usable, members.only) == ([], {"workers": []})
