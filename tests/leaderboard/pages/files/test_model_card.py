"""The section of a model card: what it says of a suite stands on the board, and no more than it may say."""

import re
from typing import Any

import pytest
import yaml
from bibtex_reader import entries_of
from huggingface_hub import ModelCard
from made_boards import records, resolved
from made_panels import panel_board

from leaderboard.board import Board
from leaderboard.loading import load_board
from leaderboard.pages.files.model_card import model_card, model_card_file
from leaderboard.pages.tables.table import probability
from leaderboard.rows.assembly import build_board
from registry import UserError

BOARD = build_board(resolved(), records(resolved()))


def rows_of(text: str, head: str) -> list[dict[str, str]]:
    """The first table behind a head, a mapping for each row."""
    lines = [line for line in text.partition(head)[2].splitlines() if line.startswith("|")]
    table = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    many = next((place for place, line in enumerate(lines[2:], 2) if re.match(r"\|-", line)), len(lines) + 1) - 1
    return [dict(zip(table[0], row, strict=True)) for row in table[2:many]]


def test_a_suite_of_its_own_has_its_taus_and_p_s_and_nothing_of_the_other() -> None:
    text = model_card(BOARD, suite="colored", family="mlp")
    assert "shuffled" not in text.partition("## How to run it again")[0]
    found = rows_of(text, "### Results")
    assert [(row["measure"], row["tau"], row["p"], row["smallest p"], row["models"]) for row in found] == [
        ("mean-mi", "+1.00", ".333", ".333", "3"),  # two of the 6 orders of three networks are as far from chance
        ("steps (placebo)", "+1.00", ".333", ".333", "3"),
    ]
    assert "6 networks of the family mlp under 3 conditions" in text
    assert [head for head in re.findall(r"^#+ (.*)$", text, flags=re.MULTILINE) if head[0].isupper()] == [
        "Evaluation: mlp on colored",
        "Testing Data, Factors & Metrics",
        "Testing Data",
        "Factors",
        "Metrics",
        "Results",
        "Summary over all suites of the board",
        "Bias, Risks, and Limitations",
        "How to run it again",
        "Citation",
    ]


def test_the_corrected_p_is_that_of_the_board_and_placebos_have_none() -> None:
    corrected = {"mean-mi": 0.02, "steps": None}
    pooled = [{**row, "p": 0.4, "p_above": 0.2, "p_holm": corrected[row["measure"]]} for row in BOARD["pooled"]]
    found = rows_of(model_card({**BOARD, "pooled": pooled}), "## Summary over all suites of the board")
    assert [(row["measure"], row["p"], row["p (Holm)"]) for row in found] == [
        ("mean-mi", ".400", ".020"),
        ("steps", ".400", "-"),
    ]
    board = panel_board(recipes=3)
    measured = {
        (row["measure"], panel["suite"]): probability(panel["across"]["p_holm"])
        for row in board["measures"]
        for panel in row["panels"]
    }
    for suite in ("colored", "shuffled"):
        for row in rows_of(model_card(board, suite=suite), "### Results"):
            name = row["measure"].split(" ")[0]
            assert row["p (Holm), mean over recipes"] == measured[name, suite]
            assert row["recipe"] in ("r0", "r1", "r2")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, "with 1 seed a claim is about these networks alone"),
        ({}, "the data digits (stand-in) are not the published data of the task"),
        ({}, "so few models cannot reach p .05 (smallest p 0.333)"),
        ({"limit": 40}, "A trial on at most 40 examples: no result."),
        ({"missing": [{"key": "k", "reason": "diverged"}]}, "1 cell of the plan are missing or diverged"),
    ],
)
def test_each_limit_is_named_where_it_holds(change: dict[str, Any], said: str) -> None:
    assert said in model_card({**BOARD, **change})
    sure = build_board(resolved(seeds=3), records(resolved(seeds=3)))
    better = {**sure, "suites": [{**row, "origin": "published", "seeds": [0, 1, 2]} for row in sure["suites"]]}
    better["agreement"] = [{**row, "p_min": 0.01} for row in sure["agreement"]]
    assert said not in model_card(better)


def test_the_plan_and_the_citation_can_be_taken_out_and_used() -> None:
    text = model_card(BOARD)
    block = re.search(r"\n\n((?:    .*\n)+)\n## Citation", text)
    assert block
    assert yaml.safe_load(block[1]) == yaml.safe_load(BOARD["made"]["plan"])
    cited = re.search(r"```bibtex\n(.*?)```", text, flags=re.DOTALL)
    assert cited
    assert list(entries_of(cited[1])) == ["bansal2022"]
    assert ModelCard(text).data.model_name == "mlp"
    assert model_card_file(BOARD) == {"model-card.md": text}


def test_a_name_that_is_not_on_the_board_gets_the_nearest_one() -> None:
    with pytest.raises(UserError, match=r"the board has no such suite: 'colred'; did you mean 'colored'\?"):
        model_card(BOARD, suite="colred")
    with pytest.raises(UserError, match="the board has no such family: 'resnet'"):
        Board(BOARD).model_card(suite="colored", family="resnet")
    with pytest.raises(UserError, match="the board has no such data: 'mnist'"):
        Board(BOARD).model_card(data="mnist")


def test_a_board_that_was_saved_gives_the_same_card(tmp_path: Any) -> None:
    board = Board(BOARD)
    board.save(tmp_path / "board.json")
    assert load_board(tmp_path / "board.json").model_card("colored") == board.model_card(suite="colored")
