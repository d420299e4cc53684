"""What a measure gets beside the outputs: what it names and no more, on the same rows; or why it is undefined."""

from dataclasses import replace

import numpy as np
import pytest
from made_outputs import A, B, outputs

from benchmark.estimator import Settings
from benchmark.measures import MEASURES
from benchmark.scoring.more import NOTHING, More
from benchmark.scoring.score import measured
from benchmark.scoring.subsampling import halves, rows_of_half
from benchmark.types import Measure, Outputs, Taken, Value

SETTINGS = Settings(sub_samples=3)
NUMBERS = np.arange(200.0)
BY_EXAMPLE, OF_NETWORK = Taken("examples", {"a": NUMBERS}), Taken("network", {"b": NUMBERS[:3]})
READ = More({"rows": BY_EXAMPLE, "whole": OF_NETWORK, "none": "texts have no gradient"})


def own(**changes: object) -> Measure:
    return replace(MEASURES["mean-mi"], name="mine", **changes)


def test_a_measure_gets_the_readings_that_it_names_and_no_others() -> None:
    given = READ.given_to(own(readings=("rows",)), outputs(A), ())[0]
    assert set(given.readings) == {"rows"}
    assert given.readings["rows"] is BY_EXAMPLE
    assert READ.given_to(own(), outputs(A), ())[0].readings == {}


def test_halves_have_the_same_rows_of_a_reading_as_of_the_outputs() -> None:
    whole = replace(outputs(A), logits=np.stack([NUMBERS, -NUMBERS], axis=1).astype(np.float32))
    given = READ.given_to(own(readings=("rows", "whole")), whole, halves(whole, SETTINGS))
    assert len(given) == 4
    for draw, half in enumerate(given[1:]):
        assert half.readings["rows"]["a"].tolist() == half.logits[:, 0].tolist() == rows_of_half(200, draw).tolist()
        assert half.readings["whole"]["b"].tolist() == [0, 1, 2]


@pytest.mark.parametrize(
    ("measure", "computed"),
    [
        (own(), 4),
        (own(needs=("predictions",)), 4),
        (own(needs=(), readings=("rows",)), 4),
        (own(needs=(), readings=("whole",)), 1),
        (own(needs=("history",)), 1),
        (own(over="seeds"), 1),
        (own(over="candidates", readings=("rows",)), 1),
    ],
)
def test_halves_are_measured_where_they_can_move_the_number_of_one_network(measure: Measure, computed: int) -> None:
    whole = outputs(A)
    assert len(READ.given_to(measure, whole, halves(whole, SETTINGS))) == computed


def test_peers_are_those_of_what_the_measure_is_over() -> None:
    seeds, all_others = (outputs(B, key="s"),), (outputs(B, key="s"), outputs(B, key="c"))
    more = More(peers={"seeds": seeds, "candidates": all_others})
    for over, expected in (("one", ()), ("seeds", seeds), ("candidates", all_others)):
        assert more.given_to(own(over=over), outputs(A), ())[0].peers == expected


def test_a_peer_has_the_readings_that_the_measure_names_and_no_others() -> None:
    peer = replace(outputs(B, key="c"), readings={"whole": OF_NETWORK})
    more = replace(READ, peers={"candidates": (peer,)})
    (given,) = more.given_to(own(over="candidates", readings=("whole",)), outputs(A), ())[0].peers
    assert given is peer
    for readings in ((), ("rows",)):
        (given,) = more.given_to(own(over="candidates", readings=readings), outputs(A), ())[0].peers
        assert given.readings == {}
        assert given.key == "c"


@pytest.mark.parametrize(
    ("measure", "reason"),
    [
        (own(), None),
        (own(readings=("rows", "whole")), None),
        (own(readings=("rows", "none")), "texts have no gradient"),
        (own(readings=("other",)), "its network is not at hand for the reading other"),
        (own(over="seeds"), "no network of another seed was read on the same inputs"),
        (own(over="candidates"), "no network beside it was read on the same inputs"),
    ],
)
def test_what_is_lacking_is_said(measure: Measure, reason: str | None) -> None:
    assert READ.lacking(measure) == reason
    assert (NOTHING.lacking(measure) is None) == (measure.over == "one" and not measure.readings)


def test_a_measure_that_lacks_something_is_undefined_with_the_reason_and_not_computed() -> None:
    def compute(given: Outputs, settings: Settings) -> Value:
        raise AssertionError("it is not to be called")

    read_on = outputs(A)
    found = measured(own(compute=compute, over="seeds"), {}, read_on, halves(read_on, SETTINGS), SETTINGS)
    assert (found["value"], found["reason"]) == (None, "no network of another seed was read on the same inputs")
    assert found["sub_samples"] == []


def test_the_number_of_a_reading_is_that_of_its_array_and_those_of_halves_are_of_their_rows() -> None:
    def compute(given: Outputs, settings: Settings) -> Value:
        return Value(float(given.readings["rows"]["a"].sum()))

    read_on = outputs(A)
    measure = own(compute=compute, needs=(), readings=("rows",))
    found = measured(measure, {}, read_on, halves(read_on, SETTINGS), SETTINGS, READ)
    assert found["value"] == 199 * 200 / 2
    assert found["sub_samples"] == [float(rows_of_half(200, draw).sum()) for draw in range(3)]
