"""The metadata of a model card, as huggingface_hub reads them: a result for each suite, a metric for each tau."""

from typing import Any

import pytest
import yaml
from huggingface_hub import ModelCard
from made_boards import CHOSEN, entry, measure, plan, records, resolved, value

from leaderboard.pages.files.model_index import model_index, rows_of
from leaderboard.rows.assembly import build_board

BOARD = build_board(resolved(), records(resolved()))


def read(text: str) -> Any:
    """What the library of Hugging Face makes of it."""
    assert text.isascii()
    return ModelCard(f"---\n{text}---\n\n# A card\n").data


def test_hugging_face_reads_a_metric_for_each_tau_of_a_hypothesis() -> None:
    """MI rises with memorization in both suites, as it should with a shortcut and should not with wrong labels."""
    data = read(model_index(BOARD, BOARD["suites"]))
    assert data.model_name == "mlp"
    assert [(one.dataset_config, one.metric_value) for one in data.eval_results] == [("colored", 1), ("shuffled", -1)]
    for one in data.eval_results:
        assert (one.task_type, one.dataset_type, one.metric_type) == ("other", "digits", "kendall-tau")
        assert one.metric_name == "Kendall's tau-b of mean-mi with accuracy, evaluation inputs"
        # of the 6 orders of three networks, one is as good and one is as bad
        assert one.metric_args["p"] == pytest.approx(1 / 3)
        assert (one.metric_args["p_is"], one.metric_args["models"]) == ("two-sided, not corrected", 3)


def test_where_no_hypothesis_is_on_the_board_every_tau_stands_and_a_missing_one_nowhere() -> None:
    made, found = resolved(), records(resolved())
    made["plan"]["hypotheses"] = []
    for key, record in found.items():
        if "measures" in record and key.startswith("shuffled"):
            record["measures"]["mean-mi"] = value(None)
    board = build_board(made, found)
    names = [(one.dataset_config, one.metric_name) for one in read(model_index(board, board["suites"])).eval_results]
    assert [(suite, name.split(" ")[3]) for suite, name in names] == [
        ("colored", "mean-mi"),
        ("colored", "steps"),
        ("shuffled", "steps"),
    ]


def test_each_family_is_a_model_and_has_its_own_suites_and_recipes() -> None:
    suites = [entry("colored", [0.0, 0.5, 1.0], ["a", "b"]), entry("colored", [0.0, 0.5, 1.0], family="cnn: 日\x1b")]
    made = plan(suites, {"mean-mi": measure(CHOSEN)})
    found = {
        cell["key"]: {
            "outcome": "done",
            "training_accuracy": 1.0,
            "measures": {"mean-mi": value(cell["condition"])},
            "metrics": {"accuracy": value(1 - cell["condition"])},
        }
        for cell in made["cells"]
    }
    board = build_board(made, found)
    for number, (family, recipes) in enumerate([("mlp", ["a", "b"]), ("cnn: 日\x1b", [None])]):
        data = read(model_index(board, [board["suites"][number]]))
        assert data.model_name == family
        assert [one.metric_args.get("recipe") for one in data.eval_results] == recipes
        assert len(rows_of(board, board["suites"][number])) == len(recipes)
    both = yaml.safe_load(model_index(board, board["suites"]))["model-index"]
    assert [(model["name"], len(model["results"])) for model in both] == [("mlp", 1), ("cnn: 日\x1b", 1)]
