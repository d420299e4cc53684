"""What a board claims: boards without an effect claim it as seldom as they say, boards with one claim it."""

from collections import Counter
from collections.abc import Iterable

import numpy as np
import pytest
from made_boards import EITHER, LOW, entry, measure, plan, value

from benchmark.statistics.claims import Column, Suite, orders
from leaderboard.rows.assembly import build_board

CONDITIONS = [0.0, 0.25, 0.5, 0.75, 1.0]
SUITES = ("a", "b", "c", "d", "e")
RECIPES = ("r0", "r1", "r2", "r3")


def made(suites: Iterable[str] = SUITES, recipes: tuple[str, ...] = RECIPES, seeds: int = 1) -> dict:
    """Suites each on data of their own, with two hypotheses and two placebos."""
    measures = {name: measure(LOW) for name in ("mean-entropy", "mean-mi")}
    measures |= {name: measure(EITHER) for name in ("random", "steps")}
    return plan([entry(suite, CONDITIONS, recipes, data_group=suite) for suite in suites], measures, seeds)


def simulated(resolved: dict, seed: int, knob: float = 0.0, recipe: float = 0.0) -> dict:
    """Accuracy falls with the knob and has an effect of the recipe; mean MI follows either as much as is said."""
    generator = np.random.default_rng(seed)
    places = {(c["entry"], c["recipe"]) for c in resolved["cells"]}
    effects = {place: generator.normal(size=5) for place in sorted(places)}  # of the accuracy and of four measures
    records = {}
    for cell in resolved["cells"]:
        if cell["work"] == "train":
            records[cell["key"]] = {"outcome": "done"}
            continue
        effect = effects[cell["entry"], cell["recipe"]]
        noise = generator.normal(size=5)
        numbers = dict(zip(resolved["measures"], effect[1:] + 0.3 * noise[1:], strict=True))
        numbers["mean-mi"] += knob * cell["condition"] - recipe * effect[0]
        accuracy = -3 * cell["condition"] + effect[0] + 0.3 * noise[0]
        records[cell["key"]] = {
            "outcome": "done",
            "measures": {name: value(number) for name, number in numbers.items()},
            "metrics": {"accuracy": value(accuracy)},
        }
    return records


def claims(resolved: dict, records: dict) -> Counter:
    """How often each kind of claim is made on a board."""
    text = " ".join(build_board(resolved, records)["verdict"])
    return Counter({kind: text.count(words) for kind, words in KINDS.items()})


KINDS = {
    "orders": " orders the conditions as",
    "orders the other way": " points the other way: ",
    "beats": " beats ",
    "is beaten": " is beaten by ",
    "selects": " selects models within",
    "selects the other way": " points the other way within",
}
MANY_SUITES = made(suites=tuple("abcdefghij"), recipes=("",))  # where flips of groups of data can show something
MANY_RECIPES = made(suites=("a", "b"), recipes=tuple(f"r{n}" for n in range(6)))  # where a choice among recipes can


@pytest.mark.long
@pytest.mark.parametrize("resolved", [MANY_SUITES, MANY_RECIPES], ids=["suites", "recipes"])
def test_boards_without_an_effect_make_each_kind_of_claim_in_at_most_eight_percent(resolved: dict) -> None:
    """With effects of the recipes that are common to the conditions, in the accuracy and in every measure."""
    claimed: Counter = Counter()
    boards = 100
    for seed in range(boards):
        claimed.update({kind for kind, count in claims(resolved, simulated(resolved, seed)).items() if count})
    assert all(claimed[kind] <= 0.08 * boards for kind in KINDS), claimed


def test_boards_with_an_effect_claim_it() -> None:
    text = " ".join(build_board(MANY_RECIPES, simulated(MANY_RECIPES, 0, knob=60.0, recipe=30.0))["verdict"])
    needs = "needs 6 groups of data, here 2: four more suites on other data"
    over = "pooled tau 1.00 over 2 suites on 2 groups of data, p = .500"
    assert f"mean-mi cannot be shown by this plan to order the conditions ({over}; {needs})" in text
    assert "selects models within a condition of a/accuracy (tau " in text
    sure = " ".join(build_board(MANY_SUITES, simulated(MANY_SUITES, 0, knob=60.0))["verdict"])
    over = "pooled tau 0.98 over 10 suites on 10 groups of data, p = .002"
    assert f"mean-mi orders the conditions as the metrics do, of these networks ({over})" in sure
    assert "mean-entropy is not shown to order the conditions" in sure
    wrong = " ".join(build_board(MANY_RECIPES, simulated(MANY_RECIPES, 0, recipe=-30.0))["verdict"])
    assert "points the other way within a condition of a/accuracy (tau -" in wrong
    assert "beats random (ahead in 10 of 10 suites, p = .00" in sure


def test_one_suite_claims_no_more_than_one_group_of_data_can_show() -> None:
    one = made(suites=("a",), recipes=("",))
    board = build_board(one, simulated(one, 0, knob=60.0))
    (row,) = [row for row in board["pooled"] if row["measure"] == "mean-mi"]
    assert (row["tau"], row["p"], row["p_above"], row["best"], row["p_holm"]) == (1.0, 1.0, 0.5, 0.5, 1.0)
    assert claim_of(board, "mean-mi")["orders"] == "cannot"
    (sure,) = [row for row in board["agreement"] if row["measure"] == "mean-mi"]
    assert (sure["p"], sure["p_min"]) == (pytest.approx(2 / 120), pytest.approx(2 / 120))


def test_what_has_no_tau_is_left_out_and_said() -> None:
    resolved = made(suites=("a", "b"), recipes=("",))
    records = simulated(resolved, 0, knob=60.0)
    for key, record in records.items():
        if key.startswith("b") and "measures" in record:
            record["measures"]["mean-mi"] = value(1.0)
            record["measures"]["mean-entropy"] = value(None)
    board = build_board(resolved, records)
    assert "(pooled tau 1.00 over 1 suite on 1 group of data, 1 left out, p = " in board["verdict"][1]
    assert "random (ahead in 1 of 1 suite" in board["verdict"][1]
    nothing = {key: record for key, record in records.items() if "measures" not in record}
    assert all("has no tau in any suite" in sentence for sentence in build_board(resolved, nothing)["verdict"])


def test_regret_and_pooled_tau_are_those_of_the_functions() -> None:
    resolved = made(recipes=("",))
    records = simulated(resolved, 3)
    board = build_board(resolved, records)
    columns = []
    for suite in SUITES:
        rows = [row for row in board["models"] if row["suite"] == suite]
        mi, accuracy = (
            [row[part][name]["mean"] for row in rows]
            for part, name in (("measures", "mean-mi"), ("metrics", "accuracy"))
        )
        columns.append(Suite((Column([-x for x in mi], accuracy),), suite))
        (own,) = [r for r in board["agreement"] if r["suite"] == suite and r["measure"] == "mean-mi"]
        assert own["regret"] == pytest.approx(max(accuracy) - accuracy[int(np.argmin(mi))])
    found = orders(columns)
    (row,) = [row for row in board["pooled"] if row["measure"] == "mean-mi"]
    for part in ("tau", "p", "p_above", "p_below", "best", "suites", "groups", "left_out"):
        assert row[part] == getattr(found, part)


def claim_of(board: dict, measure: str) -> dict:
    return next(claim for claim in board["claims"] if claim["measure"] == measure)


def test_claims_are_data_and_the_sentences_say_the_same() -> None:
    board = build_board(MANY_SUITES, simulated(MANY_SUITES, 0, knob=60.0))
    claim = claim_of(board, "mean-mi")
    assert (claim["orders"], claim["suites"], claim["groups"], claim["left_out"]) == ("yes", 10, 10, 0)
    assert claim["p"] == claim["best"] == pytest.approx(2 / 2**10)  # one-sided, corrected for two hypotheses
    duel = claim["beats"][0]
    assert (duel["placebo"], duel["ahead"], duel["behind"], duel["shown"]) == ("random", 10, 0, "beats")
    assert duel["p"] == pytest.approx(2 / 2**10)  # not corrected for two placebos: both have to be beaten
    assert claim["placebos"]["shown"] == "beats"
    assert claim["placebos"]["p"] == max(one["p"] for one in claim["beats"])
    assert {row["shown"] for row in claim["within"]} == {"cannot"}  # one network in each condition
    assert {row["needs"] for row in claim["within"]} == {"needs 3 seeds in each condition, here 1: two more"}
    assert claim_of(board, "mean-entropy")["orders"] == "not shown"
    assert {(row["measure"], row["trusted"]) for row in board["ties"]} == {("mean-mi", True), ("mean-entropy", False)}


def test_a_measure_that_points_the_other_way_is_said_to() -> None:
    board = build_board(MANY_SUITES, simulated(MANY_SUITES, 0, knob=-60.0))
    claim = claim_of(board, "mean-mi")
    assert claim["orders"] == "reversed"
    assert claim["tau"] < -0.9
    assert {duel["shown"] for duel in claim["beats"]} == {"beaten"}
    said = (
        "points the other way: it orders the conditions against the metrics, of these networks (pooled tau -0.98 over"
    )
    assert f"mean-mi {said} 10 suites on 10 groups of data, p = .002)" in board["verdict"][1]
    assert "is beaten by random (ahead in 0 of 10 suites, p = .00" in board["verdict"][1]
    assert not any(row["trusted"] for row in board["ties"])


def test_nothing_is_recommended_in_a_suite_where_the_measure_orders_the_other_way() -> None:
    found = simulated(MANY_SUITES, 0, knob=60.0)
    for key, record in found.items():
        if key.startswith("a.") and "measures" in record:
            record["measures"]["mean-mi"]["value"] *= -1
    board = build_board(MANY_SUITES, found)
    rows = {row["suite"]: row for row in board["ties"] if row["measure"] == "mean-mi"}
    assert (rows["a"]["trusted"], rows["b"]["trusted"]) == (False, True)
    assert rows["a"]["here"] == -rows["b"]["here"] == pytest.approx(-1.0)


def test_a_suite_with_two_data_sets_has_two_tests_within_its_conditions() -> None:
    entries = [entry("s", CONDITIONS, data=data) for data in ("digits", "letters")]
    two = plan(entries, made()["measures"], seeds=5)
    for cell in two["cells"]:  # made by hand without the data: told apart here
        ending = f".{entries[cell['entry']]['data']}"
        cell["key"] += ending
        cell["train"] += ending
    found = simulated(two, 0)
    for cell in two["cells"]:
        if cell["work"] == "score" and cell["entry"] == 1:
            numbers = found[cell["key"]]
            numbers["metrics"]["accuracy"] = value(-numbers["measures"]["mean-mi"]["value"])
    within = claim_of(build_board(two, found), "mean-mi")["within"]
    assert [(row["column"], row["shown"]) for row in within] == [
        ("s/digits/mlp/accuracy", "not shown"),
        ("s/letters/mlp/accuracy", "selects"),
    ]


def test_a_trial_recommends_nothing() -> None:
    trial = {**MANY_SUITES, "plan": {**MANY_SUITES["plan"], "limit": 8}}
    board = build_board(trial, simulated(trial, 0, knob=60.0))
    assert claim_of(board, "mean-mi")["orders"] == "yes"
    assert not any(row["trusted"] for row in board["ties"])
