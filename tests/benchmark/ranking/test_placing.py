"""Networks among anchors: places that are worked out by hand, ambiguity, direction, and what is warned of."""

from dataclasses import replace
from math import sqrt

import pytest
from made_anchors import FAR, made_anchors, made_numbers

from benchmark.ranking.assembly import assembled
from benchmark.ranking.placing import placed
from registry import Kind, UserError

NETWORKS = {name: made_numbers(name, value) for name, value in {"a": 3.1, "b": 2.1, "c": 1.5, "d": 9.0}.items()}


def test_places_are_those_worked_out_by_hand() -> None:
    content = placed(NETWORKS, made_anchors())
    rows = {row["network"]: row for row in content["places"] if row["measure"] == "mean-mi"}
    assert {name: row["place"] for name, row in rows.items()} == {
        "a": pytest.approx(0.0),
        "b": pytest.approx(0.5),
        "c": pytest.approx(0.8),
        "d": pytest.approx(-2.95),
    }
    # one training anew spreads by a variance of .02; at .5 both ends of the scale count by a half, each of two seeds
    assert rows["b"]["error"] == pytest.approx(sqrt(0.02 * (1 + (0.25 + 0.25) / 2)) / 2)
    # t of three degrees of freedom is 3.18, so that what differs by less than 3.18 sqrt(.02 * 1.5) = .55 is not apart
    assert [rows[name]["words"] for name in "abcd"] == ["at clean", "at shuffled", "at random", "beyond clean"]
    assert content["scales"][0]["order"] == [["d"], ["a"], ["b"], ["c"]]


def test_what_two_kinds_of_anchors_are_not_apart_from_is_at_both_the_nearer_first() -> None:
    content = placed({"a": made_numbers("a", 2.65), "b": made_numbers("b", 2.55)}, made_anchors())
    assert [row["words"] for row in content["places"][:2]] == ["at clean or shuffled", "at shuffled or clean"]


def test_between_two_kinds_that_are_far_is_said_so() -> None:
    close = {kind: (own[0], own[0] + 0.01) for kind, own in FAR.items()}
    content = placed({"a": made_numbers("a", 2.5), "b": made_numbers("b", 0.5)}, made_anchors(close))
    assert [row["words"] for row in content["places"][:2]] == ["between clean and shuffled", "beyond random"]


def test_places_do_not_hang_on_the_unit_of_a_measure_nor_on_its_direction() -> None:
    first = placed(NETWORKS, made_anchors())
    turned = {name: made_numbers(name, -7.0 * (one.numbers["mean-mi"].value or 0)) for name, one in NETWORKS.items()}
    other = placed(turned, made_anchors({kind: [-7.0 * value for value in own] for kind, own in FAR.items()}))
    assert [row["words"] for row in other["places"]] == [row["words"] for row in first["places"]]
    assert [row["place"] for row in other["places"]] == pytest.approx([row["place"] for row in first["places"]])
    assert other["scales"][0]["order"] == first["scales"][0]["order"]


@pytest.mark.parametrize(
    "alike", [{"clean": (1.0, 1.4), "random": (1.1, 1.5)}, {"clean": (1.0, 1.0), "random": (1.0, 1.0)}]
)
def test_anchors_that_do_not_separate_give_no_place_and_no_order(alike: dict[str, tuple[float, float]]) -> None:
    content = placed(
        NETWORKS, made_anchors({"clean": alike["clean"], "shuffled": (1.2, 1.2), "random": alike["random"]})
    )
    scale = content["scales"][0]
    assert scale["ambiguous"].startswith("ambiguous: anchors do not separate by mean MI (clean ")
    assert scale["order"] is None
    assert scale["direction"] == []
    assert {row["place"] for row in content["places"]} == {None}


def test_one_seed_of_each_kind_separates_nothing() -> None:
    content = placed(NETWORKS, made_anchors({kind: own[:1] for kind, own in FAR.items()}))
    assert "nothing is known of other trainings" in content["scales"][0]["ambiguous"]


def test_an_anchor_or_a_network_without_a_value_has_no_place() -> None:
    content = placed(NETWORKS, made_anchors({**FAR, "random": (None, 1.0)}))
    assert content["scales"][0]["ambiguous"] == "ambiguous: mean MI of the anchor random 0 is undefined"
    content = placed({"a": made_numbers("a", None)}, made_anchors())
    assert content["places"][0]["place"] is None


def test_the_direction_is_that_of_the_anchors() -> None:
    told = {**FAR, "shortcut": (5.0, 5.2)}
    assert placed(NETWORKS, made_anchors(told))["scales"][0]["direction"] == [
        "on these data memorizing wrong labels lowers mean MI: clean 3.100, shuffled 2.100, random 1.100",
        "on these data the shortcut raises mean MI: clean 3.100, shortcut 5.100",
    ]
    same = placed(NETWORKS, made_anchors({**FAR, "shortcut": (3.0, 3.2)}))["scales"][0]["direction"]
    assert same[1] == "the anchors of the shortcut are not apart from clean by mean MI: 3.100"


@pytest.mark.parametrize(
    ("kind", "values", "said"),
    [
        ("example-level", FAR, ""),
        ("example-level", {**FAR, "clean": (0.0, 0.2)}, "takes high mean MI for good, and on these data the anchors"),
        ("heuristic", FAR, "--shortcut trains anchors that follow one"),
        ("heuristic", {**FAR, "shortcut": (5.0, 5.2)}, ""),
        ("heuristic", {**FAR, "shortcut": (1.0, 1.2)}, "takes low mean MI for good, and on these data the anchors say"),
        (
            "heuristic",
            {**FAR, "shortcut": (3.0, 3.2)},
            "anchors do not separate by mean MI (clean 3.100 and shortcut 3.1",
        ),
        (None, {**FAR, "clean": (0.0, 0.2)}, "the kind example-level takes high mean MI for good"),
        (None, {**FAR, "shortcut": (3.0, 3.2)}, "anchors of the shortcut do not separate from clean"),
    ],
)
def test_a_kind_that_the_anchors_contradict_is_warned_of(
    kind: Kind | None, values: dict[str, tuple[float, float]], said: str
) -> None:
    warnings = [line for line in assembled(NETWORKS, kind, "", made_anchors(values))["warnings"] if "anchors" in line]
    assert len(warnings) == bool(said)
    assert said in "".join(warnings)


def test_where_shortcuts_are_feared_the_scale_runs_to_the_anchors_that_follow_one() -> None:
    anchors = made_anchors({"clean": (3.0, 3.2), "shuffled": (3.1, 3.2), "random": (3.0, 3.1), "shortcut": (5.0, 5.2)})
    networks = {"a": made_numbers("a", 4.1), "b": made_numbers("b", 3.1)}
    scale = placed(networks, anchors, "heuristic")["scales"][0]
    assert (scale["end"], scale["ambiguous"], scale["order"]) == ("shortcut", "", [["b"], ["a"]])
    assert placed(networks, anchors, "heuristic")["places"][0]["place"] == pytest.approx(0.5)
    for kind in ("example-level", None):
        other = placed(networks, anchors, kind)["scales"][0]
        assert other["end"] == "random"
        assert other["ambiguous"]


def test_networks_unlike_the_anchors_are_warned_of() -> None:
    networks = NETWORKS | {
        "wide": made_numbers("wide", 1.0, widths={"0": 9}),
        "else": made_numbers("e", 2.0, widths={"x": 8}),
    }
    warnings = assembled(networks, None, "", made_anchors())["warnings"]
    assert "wide has 9 neurons and the anchors of toy-mlp 8: its place among them says nothing" in warnings
    assert "else is read at x and the anchors at 0: are these the same?" in warnings


def test_anchors_that_have_not_learned_are_warned_of() -> None:
    anchors = made_anchors(how="labels as given, 3 epochs, 50% of them learned: too few")
    assert any(
        "the anchors clean 0, clean 1, shuffled 0" in line
        for line in assembled(NETWORKS, None, "", anchors)["warnings"]
    )


def test_what_is_odd_about_their_training_set_is_warned_of() -> None:
    anchors = replace(made_anchors(), mind=("2 of the 3 examples are in train.npz",))
    assert assembled(NETWORKS, "example-level", "", anchors)["warnings"][0] == "2 of the 3 examples are in train.npz"


def test_anchors_on_other_examples_are_refused() -> None:
    with pytest.raises(UserError, match=r"'a' has 300 examples and 'clean 0' 299"):
        assembled(NETWORKS, None, "", made_anchors(examples=299))


def test_advice_falls_for_the_kind_alone_that_the_anchors_contradict() -> None:
    told = assembled(NETWORKS, None, "", made_anchors({**FAR, "shortcut": (1.0, 1.2)}))["no_advice"]
    assert told["example-level"] == ""
    assert told["heuristic"].startswith("the order is backwards here: the kind heuristic takes low mean MI for good")
    assert told["heuristic"].endswith("(clean 3.100, shortcut 1.100)")
    assert assembled(NETWORKS, None)["no_advice"] == {"heuristic": "", "example-level": ""}
