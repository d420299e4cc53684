"""Agreement of models made by hand: every tau by scipy, every sign by the rule, every regret counted."""

import pytest
from made_boards import LOW, entry, measure
from made_models import facts, model, number, of_suites
from scipy.stats import kendalltau

from leaderboard.rows.agreement import agree, agreement_rows, metric_rows, tap_rows

MI = (0.3, 0.1, 0.4, 0.2)
ACCURACY = (0.5, 0.9, 0.7, 0.8)
CONDITIONS = [0.0, 0.25, 0.5, 1.0]
FOUR = entry("colored", CONDITIONS, paper={"accuracy": {"mean-mi": 0.8}}, as_in_paper=True)


def four(**more: object) -> list:
    return [model(c, [x], [y], **more) for c, x, y in zip(CONDITIONS, MI, ACCURACY, strict=True)]


def rows(*models, entries=(FOUR,), **more) -> dict:
    found = agreement_rows(facts(**more), of_suites(models, *entries))
    return {(row["suite"], row["recipe"], row["measure"]): row for row in found}


def test_tau_is_turned_by_the_hypothesis_and_by_the_metric() -> None:
    tau = kendalltau(MI, ACCURACY).statistic
    own = rows(*four())["colored", "", "mean-mi"]
    assert (own["tau"], own["sign"]) == (pytest.approx(tau), 1)
    low = rows(*four(), measures={"mean-mi": measure(LOW)})["colored", "", "mean-mi"]
    assert (low["tau"], low["sign"]) == (pytest.approx(-tau), -1)
    errors = {"accuracy": {"higher_is_better": False}}
    assert rows(*four(), metrics=errors)["colored", "", "mean-mi"]["tau"] == pytest.approx(-tau)


def test_a_placebo_has_the_sign_of_its_mean_tau_over_the_suites_of_a_kind() -> None:
    """In a its tau is -1, in b 1/3 of it: together it is below 0, so both are turned."""
    accuracy = {"a": (0.9, 0.8, 0.7, 0.6), "b": (0.6, 0.8, 0.7, 0.9)}
    entries = [entry(name, CONDITIONS) for name in accuracy]
    models = [
        model(c, [0.0], [y], entry=n)
        for n, own in enumerate(accuracy.values())
        for c, y in zip(CONDITIONS, own, strict=True)
    ]
    found = rows(*models, entries=entries)
    expected = {name: -kendalltau(CONDITIONS, own).statistic for name, own in accuracy.items()}
    assert {name: found[name, "", "steps"]["tau"] for name in accuracy} == pytest.approx(expected)
    assert {found[name, "", "steps"]["sign"] for name in accuracy} == {-1}


def test_a_tau_of_0_that_is_turned_is_no_negative_zero() -> None:
    flat = [model(c, [x], [y]) for c, x, y in zip(CONDITIONS, (1, 2, 1, 2), (1.0, 1.0, 2.0, 2.0), strict=True)]
    (row,) = rows(*flat, measures={"mean-mi": measure(LOW)}).values()
    assert (str(row["tau"]), row["sign"]) == ("0.0", -1)


def test_models_without_a_number_are_left_out_and_counted() -> None:
    gap = model(0.75, [None], [0.6])
    own = rows(*four(), gap)["colored", "", "mean-mi"]
    assert (own["n"], own["left_out"]) == (4, 1)
    assert own["tau"] == pytest.approx(kendalltau(MI, ACCURACY).statistic)
    assert agree([(1.0, None), (None, 2.0)], True, True).tau is None


def test_regret_is_what_the_measures_first_model_loses() -> None:
    own = rows(*four())["colored", "", "mean-mi"]
    assert own["regret"] == pytest.approx(max(ACCURACY) - ACCURACY[MI.index(max(MI))])
    low = rows(*four(), measures={"mean-mi": measure(LOW)})["colored", "", "mean-mi"]
    assert low["regret"] == pytest.approx(max(ACCURACY) - ACCURACY[MI.index(min(MI))])


def test_the_paper_stands_at_the_first_recipe_alone() -> None:
    two = {**FOUR, "recipes": [{"label": "a", "training": {}}, {"label": "b", "training": {"batch_size": 8}}]}
    found = rows(*four(recipe="a"), *four(recipe="b"), entries=[two])
    papers = {
        recipe: (row["paper"], row["as_in_paper"]) for (_, recipe, name), row in found.items() if name == "mean-mi"
    }
    assert papers == {"a": (0.8, True), "b": (None, False)}


def test_with_three_recipes_they_are_ranked_within_each_condition_and_else_the_seeds() -> None:
    labels = ("a", "b", "c")
    three = entry("colored", [0.0, 1.0]) | {
        "recipes": [{"label": name, "training": {"learning_rate": n / 10}} for n, name in enumerate(labels)]
    }
    mi = {(0.0, "a"): 1.0, (0.0, "b"): 2.0, (0.0, "c"): 3.0, (1.0, "a"): 1.0, (1.0, "b"): 3.0, (1.0, "c"): 2.0}
    accuracy = {"a": 0.5, "b": 0.6, "c": 0.8}
    models = [model(c, [x], [accuracy[name]], recipe=name) for (c, name), x in mi.items()]
    within = rows(*models, entries=[three])["colored", "a", "mean-mi"]["within_condition"]
    assert (within["unit"], within["permuted"], within["conditions"]) == ("recipes", "recipes", 2)
    assert within["tau"] == pytest.approx((1 + 1 / 3) / 2)
    assert within["regret"] == pytest.approx((0.0 + (0.8 - 0.6)) / 2)  # c is picked, then b
    assert within["chance_regret"] == pytest.approx(0.8 - (0.5 + 0.6 + 0.8) / 3)
    seeds = [model(c, [1.0, 2.0, 3.0], [0.5, 0.6, 0.8]) for c in (0.0, 1.0)]
    within = rows(*seeds)["colored", "", "mean-mi"]["within_condition"]
    assert (within["unit"], within["tau"], within["regret"]) == ("seeds", 1.0, None)


def test_metrics_are_set_against_each_other_once_whatever_the_inputs() -> None:
    two = entry("colored", CONDITIONS, metrics=["accuracy", "gap"])
    gaps = (0.1, 0.4, 0.2, 0.3)
    models = [
        model(c, [0.0], [y], inputs=inputs, metrics={"accuracy": number(y), "gap": number(gap)})
        for inputs in ("evaluation", "in-distribution")
        for c, y, gap in zip(CONDITIONS, ACCURACY, gaps, strict=True)
    ]
    metrics = {"accuracy": {"higher_is_better": True}, "gap": {"higher_is_better": False}}
    (row,) = metric_rows(facts(metrics=metrics), of_suites(models, two))
    assert (row["metric"], row["with"], row["n"], row["left_out"]) == ("accuracy", "gap", 4, 0)
    assert row["tau"] == pytest.approx(-kendalltau(ACCURACY, gaps).statistic)


def test_at_a_tap_a_measure_is_set_against_the_metric_there_or_the_whole_one() -> None:
    def models(*per_tap: dict[str, float]) -> list:
        return [
            model(
                c, [x], [y],
                measures={"mean-mi": number(x, per_tap={"first": x, "last": -x}), "steps": number(c)},
                metrics={"accuracy": number(y, per_tap=at_tap)},
            )
            for c, x, y, at_tap in zip(CONDITIONS, MI, ACCURACY, per_tap, strict=True)
        ]  # fmt: skip

    tau = kendalltau(MI, ACCURACY).statistic
    (row,) = tap_rows(facts(), models({}, {}, {}, {}))
    assert {tap["tap"]: tap["tau"] for tap in row["taps"]} == pytest.approx({"first": tau, "last": -tau})
    assert not row["metric_at_tap"]
    (row,) = tap_rows(facts(), models(*({"first": x} for x in MI)))
    assert [(tap["tap"], tap["tau"]) for tap in row["taps"]] == [("first", 1.0), ("last", None)]
    assert row["metric_at_tap"]
