"""The metadata of a model card of Hugging Face: a `model-index` of taus.

In: the content of board.json and those of its suites that are to stand there. Out: YAML in printable ASCII. The form is
https://github.com/huggingface/hub-docs/blob/main/modelcard.md, as huggingface_hub reads it.
"""

from collections.abc import Iterable, Mapping, Sequence

import yaml

from leaderboard.content.board import BoardContent, SuiteRow
from leaderboard.content.taus import AgreementRow
from leaderboard.pages.tables.table import measure_name

TASK = {"type": "other", "name": "Ranking networks by how much they memorize"}
Plain = Mapping[str, object]


def model_index(board: BoardContent, suites: Sequence[SuiteRow]) -> str:
    """The metadata as YAML: a model for each family, a result for each of its suites, a metric for each tau.

    The taus are those of the plan's hypotheses, and of all measures where the board has none of these. A missing tau is
    left out.
    """
    families = dict.fromkeys(row["family"] for row in suites)
    models = [
        {"name": family, "results": [_result(board, row) for row in suites if row["family"] == family]}
        for family in families
    ]
    content = {"tags": ["memorank", "memorization"], "model-index": models}
    return yaml.safe_dump(content, sort_keys=False, width=1000)


def rows_of(board: BoardContent, suite: SuiteRow) -> list[AgreementRow]:
    """The taus of a suite, of all measures."""
    return [
        row
        for row in board["agreement"]
        if (row["suite"], row["data"], row["family"]) == (suite["suite"], suite["data"], suite["family"])
    ]


def _result(board: BoardContent, suite: SuiteRow) -> Plain:
    rows = rows_of(board, suite)
    chosen = [row for row in rows if row["measure"] in board["hypotheses"]] or rows
    prints = next((row["fingerprints"] for row in board["made"]["data"] if row["data"] == suite["data"]), [])
    about = {"kind": suite["kind"], "knob": suite["knob"], "origin": suite["origin"], "fingerprints": [*prints]}
    dataset = {"type": suite["data"], "name": f"{suite['suite']} ({suite['data']})", "config": suite["suite"]}
    return {
        "task": dict(TASK),
        "dataset": {**dataset, "args": {name: value for name, value in about.items() if value}},
        "metrics": list(_metrics(chosen)),
    }


def _metrics(rows: Iterable[AgreementRow]) -> Iterable[Plain]:
    for row in rows:
        if row["tau"] is not None:
            name = f"Kendall's tau-b of {measure_name(row)} with {row['metric']}, {row['inputs']} inputs"
            recipe = {"recipe": row["recipe"]} if row["recipe"] else {}
            p = {"p": row["p"], "p_is": "two-sided, not corrected"} if row["p"] is not None else {}
            args = {"inputs": row["inputs"], "scope": row["scope"], **recipe, "models": row["n"], **p}
            yield {"type": "kendall-tau", "name": name, "value": row["tau"], "args": args}
