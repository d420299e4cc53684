"""How sure a board of records made by hand is: noise, ties, two metrics, a choice of recipes, settings, too little."""

import pytest
from made_boards import ACCURACY, CHOSEN, CONDITIONS, measure, records, resolved, row, value

from leaderboard.pages.files.formats import FORMATS, terminal
from leaderboard.pages.tables.chapters import CHAPTERS
from leaderboard.rows.assembly import build_board


def noisy(plan: dict, error: float = 0.01) -> dict:
    """Records in which MI moves over halves and the accuracy has a standard error."""
    found = records(plan)
    for record in found.values():
        if "measures" in record:
            mi = record["measures"]["mean-mi"]["value"]
            record["measures"]["mean-mi"] = value(mi, sub_samples=[mi - error, mi, mi + error])
            record["metrics"]["accuracy"]["standard_error"] = error
    return found


def test_noise_is_told_beside_tau() -> None:
    plan = resolved(seeds=1)
    found = row(build_board(plan, noisy(plan)), "colored", "mean-mi")
    assert found["filtered"] == {"tau": 1.0, "kept": 3, "pairs": 3, "reason": None}
    assert found["interval"] == {"seeds": None, "sub_samples": [1.0, 1.0]}
    loud = row(build_board(plan, noisy(plan, error=0.09)), "shuffled", "mean-mi")  # .9 and .8 are no longer apart
    assert (loud["filtered"]["tau"], loud["filtered"]["kept"]) == (-1.0, 2)
    many = resolved(seeds=5)
    assert row(build_board(many, records(many)), "colored", "mean-mi")["interval"]["seeds"] == [1.0, 1.0]
    text = terminal(build_board(many, noisy(many)))
    assert "1.00 (3 of 3)   1.00 to 1.00 (seeds)" in text


@pytest.mark.parametrize(("seeds", "error"), [(1, 0.01), (3, 0.01), (1, 0.5)])
def test_what_noise_does_not_let_apart_is_tied(seeds: int, error: float) -> None:
    """Over three seeds (they differ by .001), over halves of single networks, or halves that differ too much."""
    plan = resolved(seeds=seeds)
    board = build_board(plan, noisy(plan, error))
    (ties,) = [r for r in board["ties"] if (r["suite"], r["measure"]) == ("colored", "mean-mi")]
    names = ["alpha 0", "alpha 0.5", "alpha 1"]
    assert ties["groups"] == ([names] if error == 0.5 else [[name] for name in names])
    assert not [r for r in board["ties"] if r["measure"] == "steps"]  # placebos are not there to choose by
    lines = [" ".join(line.split()) for line in terminal(board).splitlines()]
    said = (
        "mean-mi cannot be shown (pooled tau 0.00, p 1.000) none: this plan cannot show that mean-mi orders the "
        "conditions"
    )
    assert (f"{said} alpha 0, alpha 0.5, alpha 1 -" in lines) == (error == 0.5)
    assert (f"{said} alpha 0 alpha 0.5, alpha 1" in lines) == (error != 0.5)


def test_ties_are_among_the_recipes_of_a_condition_where_there_are_recipes() -> None:
    plan = resolved(recipes=3, seeds=1)
    board = build_board(plan, noisy(plan))
    rows = [r for r in board["ties"] if (r["suite"], r["measure"]) == ("colored", "mean-mi")]
    assert [(r["condition"], r["groups"]) for r in rows] == [
        (f"alpha {c:g}", [["lr0", "lr1", "lr2"]]) for c in CONDITIONS
    ]
    plain = build_board(plan, records(plan))["ties"][0]
    assert (plain["groups"], plain["reason"]) == ([], "no value with a standard error")


def test_two_metrics_of_a_suite_are_set_against_each_other() -> None:
    plan = resolved(seeds=1)
    assert build_board(plan, records(plan))["metrics"] == []
    plan["entries"][0]["metrics"] = ["accuracy", "gap"]
    plan["metrics"]["gap"] = {"higher_is_better": False}
    found = records(plan)
    for record in found.values():
        if "metrics" in record:
            record["metrics"]["gap"] = value(-record["metrics"]["accuracy"]["value"])
    (row,) = build_board(plan, found)["metrics"]
    assert (row["metric"], row["with"], row["tau"], row["p"], row["n"]) == ("accuracy", "gap", 1.0, 1 / 3, 3)
    assert "metric with metric" in terminal(build_board(plan, found))


def test_a_yardstick_is_marked() -> None:
    plan, found = resolved(), records(resolved())
    plan["measures"]["held-out-accuracy"] = measure({"heuristic": "high", "example-level": "high"}, yardstick=True)
    for record in found.values():
        if "measures" in record:
            record["measures"]["held-out-accuracy"] = record["metrics"]["accuracy"]
    plan["measures"] = dict(sorted(plan["measures"].items()))  # as plan.json has them
    board = build_board(plan, found)
    assert list(dict.fromkeys(r["measure"] for r in board["agreement"])) == ["mean-mi", "held-out-accuracy", "steps"]
    assert row(board, "colored", "held-out-accuracy")["tau"] == 1.0
    assert "held-out-accuracy (needs labels)" in terminal(board)
    for record in found.values():
        if "measures" in record:
            record["measures"]["held-out-accuracy"]["standard_error"] = 0.01
    assert "sample of the pairs" not in terminal(build_board(plan, found))
    assert all("held-out" not in sentence for sentence in board["verdict"])


def test_regret_within_conditions_is_what_the_choice_of_a_recipe_loses() -> None:
    plan = resolved(recipes=3, seeds=1)
    found = records(plan)
    for cell in plan["cells"]:
        if cell["work"] == "score":  # the lowest MI has the lowest accuracy
            step = int(cell["recipe"][2:])
            found[cell["key"]]["measures"]["mean-mi"] = value(cell["condition"] + 0.01 * step)
            found[cell["key"]]["metrics"]["accuracy"] = value(ACCURACY[cell["condition"]] + 0.01 * step)
    within = row(build_board(plan, found), "colored", "mean-mi")["within_condition"]
    assert within["regret"] == pytest.approx(0.02)
    assert within["chance_regret"] == pytest.approx(0.01)
    assert row(build_board(plan, found), "shuffled", "mean-mi")["within_condition"]["regret"] == 0


MAY_BE_ABSENT = {"sensitivity.csv", "measures.csv", *(f"{name}.tex" for name in CHAPTERS)}
DEGENERATE = {
    "one seed": lambda plan, found: None,
    "one condition": lambda plan, found: plan["cells"].__setitem__(
        slice(None), [c for c in plan["cells"] if c["condition"] == 0]
    ),
    "one model": lambda plan, found: plan["cells"].__setitem__(slice(None), plan["cells"][:2]),
    "nothing": lambda plan, found: found.clear(),
    "constant measure": lambda plan, found: _everywhere(found, "measures", "mean-mi", 1.0),
    "constant metric": lambda plan, found: _everywhere(found, "metrics", "accuracy", 1.0),
    "undefined measure": lambda plan, found: _everywhere(found, "measures", "mean-mi", None),
    "undefined metric": lambda plan, found: _everywhere(found, "metrics", "accuracy", None),
}


def _everywhere(found: dict, part: str, name: str, number: float | None) -> None:
    for record in found.values():
        if part in record:
            record[part][name] = value(number)


@pytest.mark.parametrize("recipes", [1, 2, 3])
@pytest.mark.parametrize("case", list(DEGENERATE))
def test_where_there_is_too_little_the_board_says_so_and_claims_nothing(case: str, recipes: int) -> None:
    plan = resolved(recipes=recipes, seeds=1)
    found = noisy(plan)
    DEGENERATE[case](plan, found)
    board = build_board(plan, found)
    for name in FORMATS:
        files = FORMATS[name](board)
        assert all(text for text in files.values() if text is not None)
        assert {file for file, text in files.items() if text is None} <= MAY_BE_ABSENT
    assert terminal(board)
    for one in board["agreement"]:
        assert (one["tau"] is None) == (one["reason"] is not None)
        assert one["p"] is None or one["p"] >= 1 / 3
    if case not in ("one seed", "constant measure", "undefined measure"):
        assert {one["tau"] for one in board["agreement"]} == {None}
    assert not [line for line in board["verdict"] if " follows the knob" in line or " selects " in line]


def under_settings(plan: dict, turned: bool) -> dict:
    """Values by network under the plan's settings and one other, which orders the conditions the other way round."""
    values = {}
    for cell in plan["cells"]:
        if cell["work"] == "train":
            number = cell["condition"]
            other = -number if turned else number
            about = {"measure": "mean-mi", "per_tap": {"t": number}}
            planned = {**about, "axis": "plan", "label": "as planned", "value": number}
            bins = {**about, "axis": "estimator", "label": "10 bins", "value": other}
            entropies = {**planned, "measure": "mean-entropy", "value": 1.0, "per_tap": {}}
            values[cell["key"]] = {inputs: [entropies, planned, bins] for inputs in ("evaluation", "in-distribution")}
    return values


@pytest.mark.parametrize("turned", [False, True])
def test_a_board_tells_how_far_it_hangs_on_the_settings(turned: bool) -> None:
    plan, found = resolved(seeds=1), records(resolved(seeds=1))
    plan["measures"]["mean-entropy"] = measure(CHOSEN)
    plan["plan"]["estimator"] = {"inputs": ["in-distribution"]}
    board = build_board(plan, found, under_settings(plan, turned))
    (mi,) = [r for r in board["sensitivity"] if (r["suite"], r["measure"]) == ("colored", "mean-mi")]
    by_bins = -1.0 if turned else 1.0
    assert [(s["inputs"], s["axis"], s["label"], s["tau"], s["keeps"]) for s in mi["settings"]] == [
        (inputs, axis, label, tau, float(tau > 0))
        for inputs in ("evaluation", "in-distribution")
        for axis, label, tau in (
            ("plan", "as planned", 1.0),
            ("tap", "t", 1.0),
            ("estimator", "10 bins", -1.0 if turned else 1.0),
        )
    ]
    lines = [" ".join(line.split()) for line in terminal(board).splitlines()]
    assert f"mean-mi 1.00 all 5 {'60%' if turned else '100%'} {by_bins:.2f} to 1.00" in lines
    assert "mean-mi 1.00 inputs 1 100% 1.00 to 1.00" in lines
    assert len(FORMATS["csv"](board)["sensitivity.csv"].splitlines()) == 1 + 2 * 2 * (1 + 3)
    assert "sensitivity" not in build_board(plan, found)
    gone = build_board(plan, found, {})  # no network has outputs
    assert all(r["settings"] == [] for r in gone["sensitivity"])
    assert terminal(gone)
