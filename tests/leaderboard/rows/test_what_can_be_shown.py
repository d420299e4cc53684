"""What a board can show and what it cannot: two perfect measures on a board like quick's, and too little of all."""

from collections.abc import Callable
from typing import Any

import pytest
from made_quick import perfect_plan, perfect_records

from leaderboard.pages.files.formats import FORMATS, terminal
from leaderboard.pages.terminal.conclusion import conclusion
from leaderboard.pages.terminal.medium import Medium
from leaderboard.pages.terminal.screen import screen
from leaderboard.pages.web.answers import answers
from leaderboard.rows.assembly import build_board


def board_of(**plan: Any) -> dict[str, Any]:
    made = perfect_plan(**plan)
    return build_board(made, perfect_records(made))


@pytest.fixture(scope="module")
def five() -> dict[str, Any]:
    return board_of(groups=5)


@pytest.fixture(scope="module")
def eight() -> dict[str, Any]:
    return board_of(groups=8)


def claim_of(board: dict[str, Any], measure: str) -> dict[str, Any]:
    return next(claim for claim in board["claims"] if claim["measure"] == measure)


def test_five_groups_of_data_cannot_show_what_is_perfect_and_say_what_would(five: dict[str, Any]) -> None:
    claim = claim_of(five, "mean-mi")
    assert (claim["tau"], claim["suites"], claim["groups"]) == (1.0, 8, 5)
    assert (claim["orders"], claim["p"], claim["best"]) == ("cannot", 0.125, 0.125)  # 1/32, two measures, two inputs
    assert claim["needs"] == "needs 7 groups of data, here 5: two more suites on other data"
    assert {duel["shown"] for duel in claim["beats"]} == {"cannot"}
    assert claim["placebos"]["shown"] == "cannot"
    assert {row["shown"] for row in claim["within"]} == {"cannot"}
    sentence = five["verdict"][1]
    assert sentence.startswith(
        "evaluation inputs, scope tap: mean-mi cannot be shown by this plan to order the conditions (pooled tau 1.00 "
        "over 8 suites on 5 groups of data, p = .125; needs 7 groups of data, here 5: two more suites on other data); "
        "cannot be shown by this plan to beat "
    )
    assert "not shown" not in sentence
    assert "cannot be shown by this plan to select models within a condition of circles-spurious/accuracy, " in sentence
    assert "(needs 3 seeds in each condition, here 2: one more)" in sentence


def test_on_eight_groups_the_same_measures_are_shown_to_order_and_to_beat(eight: dict[str, Any]) -> None:
    claim = claim_of(eight, "mean-mi")
    assert (claim["orders"], claim["p"], claim["groups"]) == ("yes", 4 / 256, 8)
    assert {duel["placebo"]: duel["shown"] for duel in claim["beats"]} == dict.fromkeys(
        ("random", "steps", "weight-norm"), "beats"
    )
    assert claim["placebos"]["shown"] == "beats"
    assert {row["shown"] for row in claim["within"]} == {"cannot"}  # two seeds in five conditions
    sentence = eight["verdict"][1]
    assert (
        "mean-mi orders the conditions as the metrics do, of these networks (pooled tau 1.00 over 8 suites on 8 "
        in (sentence)
    )
    assert ", all together (p = .0" in sentence
    assert "is not shown to select" not in sentence


def test_the_screen_and_the_page_say_the_same(five: dict[str, Any], eight: dict[str, Any]) -> None:
    said = dict(conclusion(five))
    assert said["best"] == (
        "none: this plan cannot show that a measure orders the networks: it needs 7 groups of data, here 5: two more "
        "suites on other data"
    )
    assert said["within"].startswith("this plan cannot show which of two networks of one condition is better: ")
    assert answers(five)[0].answer == "This plan cannot show that any is"
    said = dict(conclusion(eight))
    assert said["best"].startswith("mean-entropy, of 2 hypotheses: orders the networks on both kinds of inputs")
    assert said["sure"] == "yes: beats random, steps, weight-norm (placebos); of these networks: fewer than three seeds"
    assert len(screen(five, Medium(width=80)).splitlines()) <= 30


def test_what_cannot_be_shown_so_far_waits_for_the_cells_that_are_missing() -> None:
    made = perfect_plan(groups=8)
    found = {key: record for key, record in perfect_records(made).items() if not key.startswith("nico.")}
    found = {key: record for key, record in found.items() if not key.startswith("shuffled-")}
    board = build_board(made, found)
    claim = claim_of(board, "mean-mi")
    assert (claim["orders"], claim["groups"], claim["left_out"]) == ("cannot", 5, 3)
    assert claim["needs"] == claim["placebos"]["needs"] == "needs the cells that are missing"
    assert {row["needs"] for row in claim["within"]} <= {None, "needs the cells that are missing"}
    assert "cannot be shown by what is there so far to order the conditions (" in board["verdict"][1]
    assert "this plan" not in " ".join(board["verdict"])
    said = dict(conclusion(board))
    assert said["best"] == (
        "none: what is there so far cannot show that a measure orders the networks: it needs the cells that are missing"
    )
    assert "this plan" not in " ".join(said.values())
    assert answers(board)[0].answer == "What is there so far cannot show that any is"
    networks = [cell["key"] for cell in made["cells"] if cell["work"] == "train" and cell["key"] not in found]
    gone = build_board(made, {**found, **{key: {"outcome": "diverged"} for key in networks}})
    assert {row["reason"] for row in gone["missing"]} == {"diverged"}
    assert claim_of(gone, "mean-mi")["needs"] == "needs 7 groups of data, here 5: two more suites on other data"


def test_what_has_no_p_yet_counts_as_a_test_as_the_plan_declares(eight: dict[str, Any]) -> None:
    made = perfect_plan(groups=8, seeds=3)
    made["entries"] = [{**one, "seeds": [0, 1, 2]} for one in made["entries"]]
    found = perfect_records(made)
    whole = claim_of(build_board(made, found), "mean-mi")
    later = {cell["key"] for cell in made["cells"] if cell["inputs"] == "in-distribution"}
    part = build_board(made, {key: record for key, record in found.items() if key not in later})
    claim = claim_of(part, "mean-mi")
    assert (claim["inputs"], claim["p"], claim["best"]) == ("evaluation", whole["p"], whole["best"])
    assert [duel["p"] for duel in claim["beats"]] == [duel["p"] for duel in whole["beats"]]
    assert claim["placebos"]["p"] == whole["placebos"]["p"]
    assert [row["p"] for row in claim["within"]] == [row["p"] for row in whole["within"]]
    pooled = [row["p_holm"] for row in part["pooled"] if (row["measure"], row["inputs"]) == ("mean-mi", "evaluation")]
    assert pooled == [whole["p"]]


def test_three_seeds_make_claims_about_networks_of_other_seeds_and_can_show_a_selection() -> None:
    board = board_of(groups=8, seeds=3)
    claim = claim_of(board, "mean-mi")
    assert claim["about"] == "networks of other seeds"
    assert "orders the conditions as the metrics do (pooled" in board["verdict"][1]
    assert {row["shown"] for row in claim["within"]} == {"selects"}
    tests = 2 * 2 * 9  # hypotheses, kinds of inputs, columns
    assert {round(row["best"] * 6**5 / tests, 2) for row in claim["within"]} == {1.0}


def test_a_suite_of_fewer_seeds_makes_a_claim_one_about_these_networks() -> None:
    made = perfect_plan(groups=8, seeds=3)
    made["cells"] = [c for c in made["cells"] if c["entry"] != 7 or c["seed"] == 0]
    board = build_board(made, perfect_records(made))
    claim = claim_of(board, "mean-mi")
    assert claim["about"] == "these networks"
    assert {row["about"] for row in claim["within"] if row["suite"] != "nico"} == {"networks of other seeds"}
    (nico,) = [row for row in claim["within"] if row["suite"] == "nico"]
    assert (nico["shown"], nico["about"]) == ("cannot", "these networks")
    assert nico["needs"] == "needs 3 seeds in each condition, here 1: two more"


def test_a_measure_that_is_no_hypothesis_gets_its_p_and_its_sentence_and_is_exploratory(five: Any, eight: Any) -> None:
    for board, shown, p in ((five, "cannot", 2 / 32), (eight, "yes", 2 / 256)):
        claim = claim_of(board, "own-measure")
        assert (claim["exploratory"], claim["orders"], claim["p"]) == (True, shown, p)  # both sides, not corrected
        sentence = next(one for one in board["verdict"] if "own-measure" in one)
        assert sentence.startswith(
            "evaluation inputs, scope tap, exploratory (p two-sided, not corrected): own-measure "
        )
        assert [claim["exploratory"] for claim in board["claims"]] == [False] * 4 + [True] * 2
        assert not any(row["trusted"] for row in board["ties"] if row["measure"] == "own-measure")
    assert claim_of(five, "own-measure")["needs"] == "needs 6 groups of data, here 5: one more suite on other data"


def test_what_the_plan_declares_is_corrected_for_and_comes_first() -> None:
    board = board_of(groups=8, hypotheses=["own-measure"])
    assert board["hypotheses"] == ["own-measure"]
    first = board["claims"][0]
    assert (first["measure"], first["exploratory"], first["p"]) == ("own-measure", False, 2 / 256)
    assert claim_of(board, "mean-mi")["exploratory"]
    assert next(iter(board["agreement"]))["measure"] == "own-measure"
    assert {row["measure"] for row in board["ties"] if row["trusted"]} == {"own-measure"}
    text = screen(board, Medium(width=80))
    assert "own-measure" in text
    assert "mean-mi" not in text


def test_a_perfect_measure_the_wrong_way_round_points_the_other_way_by_the_same_p(eight: dict[str, Any]) -> None:
    made = perfect_plan(groups=8)
    found = perfect_records(made)
    for record in found.values():
        if "measures" in record:
            record["measures"]["mean-mi"]["value"] *= -1
    board = build_board(made, found)
    claim = claim_of(board, "mean-mi")
    assert (claim["orders"], claim["tau"], claim["p"]) == ("reversed", -1.0, claim_of(eight, "mean-mi")["p"])
    assert claim["placebos"]["shown"] == "not shown"
    assert "points the other way: it orders the conditions against the metrics" in board["verdict"][1]


def test_a_placebo_has_one_sign_for_each_kind_whatever_the_metric(eight: dict[str, Any]) -> None:
    signs: dict[tuple[str, ...], set[int]] = {}
    for row in eight["agreement"]:
        if row["placebo"]:
            signs.setdefault((row["inputs"], row["kind"], row["measure"]), set()).add(row["sign"])
    assert len(signs) == 2 * 2 * 3
    assert all(len(found) == 1 for found in signs.values())
    for name in ("random", "steps", "weight-norm"):  # what is shown suite by suite has the pooled tau as its mean
        rows = [r for r in eight["agreement"] if r["measure"] == name and r["inputs"] == "evaluation"]
        suites = {r["suite"]: [o["tau"] for o in rows if o["suite"] == r["suite"]] for r in rows}
        mean = sum(sum(taus) / len(taus) for taus in suites.values()) / 8
        (pooled,) = [r for r in eight["pooled"] if r["measure"] == name and r["inputs"] == "evaluation"]
        assert pooled["tau"] == pytest.approx(mean)
        assert pooled["p_above"] is pooled["p_holm"] is None


def without(plan: dict[str, Any], *names: str) -> None:
    plan["measures"] = {name: one for name, one in plan["measures"].items() if name not in names}


def one_model(plan: dict[str, Any]) -> None:
    plan["entries"] = plan["entries"][:1]
    plan["cells"] = [c for c in plan["cells"] if c["entry"] == 0 and c["condition"] == c["seed"] == 0]


def undefined(record: dict[str, Any]) -> None:
    for part in ("measures", "metrics"):
        for one in record.get(part, {}).values():
            one |= {"value": None, "reason": "made so"}


BAD: dict[str, tuple[Callable[[dict[str, Any]], Any], Callable[[dict[str, Any]], Any], str]] = {
    "all suites undefined": (lambda plan: None, undefined, "has no tau in any suite"),
    "one model": (one_model, lambda record: None, "has no tau in any suite"),
    "no placebo": (
        lambda plan: without(plan, "random", "steps", "weight-norm"),
        lambda record: None,
        "has no placebo beside it",
    ),
    "no hypothesis on the board": (
        lambda plan: without(plan, "mean-entropy", "mean-mi"),
        lambda record: None,
        "explor",
    ),
    "no hypothesis declared": (lambda plan: plan["plan"].update(hypotheses=[]), lambda record: None, "exploratory"),
    "placebos without a tau": (
        lambda plan: None,
        lambda record: (
            [record["measures"][name].update(value=1.0) for name in ("random", "steps", "weight-norm")]
            if "measures" in record
            else None
        ),
        "cannot be tested, for want of a suite in which both have a tau, against random, steps, weight-norm",
    ),
    "a metric that is the same everywhere": (
        lambda plan: None,
        lambda record: (
            record["metrics"]["accuracy"].update(value=0.5) if "accuracy" in record.get("metrics", {}) else 0
        ),
        "over 1 suite on 1 group of data, 7 left out",
    ),
}


def test_what_is_undefined_is_said_alike_in_every_place() -> None:
    made = perfect_plan(groups=8)
    found = perfect_records(made)
    for record in found.values():
        for one in record.get("metrics", {}).values():
            one["value"] = 0.5
    board = build_board(made, found)
    assert {claim["orders"] for claim in board["claims"]} == {"undefined"}
    assert {row["shown"] for claim in board["claims"] for row in claim["within"]} == {"undefined"}
    text = " ".join([*board["verdict"], *dict(conclusion(board)).values()])
    assert "not shown to" not in text
    assert "in common" not in text
    assert "has no tau in any suite; cannot be tested, for want of a suite in which both have a tau, against" in text
    assert "has no tau within any condition" in text


@pytest.mark.parametrize("case", BAD)
def test_too_little_is_said_in_words_in_every_format(case: str) -> None:
    change, spoil, said = BAD[case]
    made = perfect_plan(groups=8)
    change(made)
    found = perfect_records(made)
    for record in found.values():
        spoil(record)
    board = build_board(made, found)
    assert all(said in sentence for sentence in board["verdict"]), board["verdict"]
    assert board["verdict"]
    for name in FORMATS:
        assert all(text is None or text for text in FORMATS[name](board).values())
    assert terminal(board)
    for width in (60, 80, 120):
        assert screen(board, Medium(width=width))
    assert answers(board)
    assert not any(claim["orders"] == "yes" and not claim["exploratory"] for claim in board["claims"]) or (
        case in ("no placebo", "placebos without a tau")
    )
