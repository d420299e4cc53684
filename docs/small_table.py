"""The small table of the README, from a board: that of a run folder, or a published one by its name.

python docs/small_table.py published
"""

import sys
from collections.abc import Iterator, Mapping
from typing import Any

import memorank

MEASURES = {
    "mean-mi": "mean MI",
    "mean-entropy": "mean entropy",
    "weight-norm": "norm of the weights (placebo)",
    "steps": "number of training steps (placebo)",
    "random": "random number (placebo)",
}
SUITES = {"colored-mnist": "digits with a telling colour", "shuffled-mnist": "digits with wrong labels"}
HEAD = ("", *SUITES.values(), "all {} tasks (p)", "beats the placebos?")
ALL = {"beats": "yes", "cannot": "cannot be shown"}


def small_table(board: Mapping[str, Any]) -> Iterator[str]:
    """The lines of the table: tau on the test examples, a row for each measure."""
    yield _line([head.format(board["size"]["suites"]) for head in HEAD])
    yield _line(["---"] * len(HEAD))
    for measure, words in MEASURES.items():
        (pooled,) = _rows(board["pooled"], measure)
        taus = [row["tau"] for suite in SUITES for row in _rows(board["agreement"], measure) if row["suite"] == suite]
        yield _line([words, *map(_tau, taus), _pooled(pooled), _beats(board, measure)])


def _rows(rows: list[Mapping[str, Any]], measure: str) -> list[Mapping[str, Any]]:
    place = ("evaluation", "tap", measure)
    return [row for row in rows if (row["inputs"], row["scope"], row["measure"]) == place]


def _tau(tau: float | None) -> str:
    return "-" if tau is None else f"{tau:+.2f}"


def _pooled(row: Mapping[str, Any]) -> str:
    """The pooled tau and its p, corrected where it was one of several questions."""
    p = row["p"] if row["p_holm"] is None else row["p_holm"]
    of = f", of {row['suites']}" if row["left_out"] else ""
    return f"{_tau(row['tau'])} ({'<.001' if p < 0.0005 else f'{p:.3f}'[1:] if p < 1 else '1'}{of})"


def _beats(board: Mapping[str, Any], measure: str) -> str:
    """Whether the verdict has the measure beat every placebo; nothing for a placebo."""
    claims = _rows(board["claims"], measure)
    if any(one["shown"] == "beaten" for claim in claims for one in claim["beats"]):
        return "no"
    return "".join(ALL.get(claim["placebos"]["shown"], "not shown") for claim in claims)


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    print("\n".join(small_table(memorank.load_board(sys.argv[1]).content)))
