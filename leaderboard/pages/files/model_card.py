"""A section of a model card of Hugging Face: what a board says of one family on one suite, or of all of them.

In: the content of board.json. Out: model-card.md, whose heads are those of the template of Hugging Face, and whose
metadata are a `model-index`. No name makes a cell, a link or a tag in it.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from benchmark.plain.words import counted
from leaderboard.content.board import BoardContent, SuiteRow
from leaderboard.content.measures import PanelColumns
from leaderboard.content.taus import AgreementRow
from leaderboard.pages.files.bibtex import PAPER_ENTRY
from leaderboard.pages.files.markdown import tabulated
from leaderboard.pages.files.model_index import model_index, rows_of
from leaderboard.pages.tables.provenance import estimator_said
from leaderboard.pages.tables.table import MISSING, Table, measure_name, number, probability, signed
from registry import UserError, did_you_mean
from registry.foreign_text import in_markdown, in_markdown_cell, seen
from registry.words import condition_text

BEGINNING = "---\n# made by memorank of the board of plan "
P = "p is two-sided and not corrected, and the smallest p is what so many models can reach at best."
PANEL = (
    "p (Holm) is that of the mean tau over the recipes, two-sided, and corrected for all hypotheses, rivals and suites "
    "of the board of measures."
)
OVER_ALL = (
    "p is two-sided and not corrected. p (Holm) is one-sided, and corrected for the plan's hypotheses, kinds of inputs "
    "and scopes. A measure without it is no hypothesis of the plan: what is seen of it is exploratory."
)
TAU = (
    "Kendall's tau-b of a measure, which needs no labels unless it says so, with a metric of labelled tests, over "
    "networks that were trained alike but for the condition. It is +1 where the measure orders them as the metric "
    "does, and -1 where it orders them the other way round."
)
ALWAYS = (
    "A tau says how a measure orders networks that were trained alike. No number here says whether one network by "
    "itself is good, or how another network of the family does.",
    "A placebo cannot know of memorization: a measure whose tau is no larger than that of a placebo has shown nothing.",
)
FEW_SEEDS = 3  # with fewer, claims are about these networks alone


def model_card_file(board: BoardContent) -> Mapping[str, str]:
    """model-card.md: a section for each suite and family of the board."""
    return {"model-card.md": model_card(board)}


def model_card(
    board: BoardContent, suite: str | None = None, family: str | None = None, data: str | None = None
) -> str:
    """A section of a model card, for those suites of a board that have these names, or all.

    Raises:
        UserError: No suite of the board has these names.
    """
    suites = _chosen(board, {"suite": suite, "family": family, "data": data})
    parts = [
        BEGINNING + ascii(seen(board["plan"]))[1:-1] + "\n" + model_index(board, suites) + "---",
        *(part for row in suites for part in _evaluation(board, row)),
        f"## Summary over all suites of the board\n\n{OVER_ALL}",
        _over_all_suites(board, {row["measure"] for suite in suites for row in rows_of(board, suite)}),
        "## Bias, Risks, and Limitations",
        "\n".join(f"- {in_markdown(limit)}" for limit in _limits(board, suites)),
        "## How to run it again",
        *_again(board),
        "## Citation",
        f"```bibtex\n{PAPER_ENTRY}\n```",
        "The benchmark is memorank: its `CITATION.cff` says how to cite it.",
    ]
    return "\n\n".join(parts) + "\n"


def _chosen(board: BoardContent, wanted: Mapping[str, str | None]) -> list[SuiteRow]:
    rows = board["suites"]
    for what, name in wanted.items():
        if name is not None:
            named = [(str(cast(Mapping[str, object], row)[what]), row) for row in rows]
            rows = [row for own, row in named if own == name]
            if not rows:
                raise UserError(f"the board has no such {what}: {name!r}{did_you_mean(name, dict(named))}")
    return rows


def _evaluation(board: BoardContent, suite: SuiteRow) -> Iterator[str]:
    """What was measured of one family on one suite, and what came out."""
    yield f"## Evaluation: {in_markdown(suite['family'])} on {in_markdown(suite['suite'])}"
    yield "### Testing Data, Factors & Metrics"
    yield f"#### Testing Data\n\n{in_markdown(_testing_data(board, suite))}"
    yield f"#### Factors\n\n{in_markdown(_factors(suite))}"
    yield f"#### Metrics\n\n{TAU}\n\n{in_markdown(estimator_said(board))}"
    rows, panels = rows_of(board, suite), _panels(board, suite)
    yield f"### Results\n\n{P}{f' {PANEL}' if panels else ''}"
    yield _results(rows, panels) if rows else "The board has no tau of this suite."


def _testing_data(board: BoardContent, suite: SuiteRow) -> str:
    prints = next((row["fingerprints"] for row in board["made"]["data"] if row["data"] == suite["data"]), [])
    licence = f", licence: {suite['licence']}" if suite["licence"] else ""
    said = [
        f"Suite {suite['suite']} ({suite['kind']} memorization), data {suite['data']} ({suite['origin']}{licence}).",
        suite["about"],
        f"Fingerprint: {', '.join(prints)}." if prints else "",
    ]
    return " ".join(filter(None, said))


def _factors(suite: SuiteRow) -> str:
    conditions = ", ".join(one["name"] or condition_text(one["condition"]) for one in suite["conditions"])
    many, frozen = counted(len(suite["conditions"]), "condition", "conditions"), suite.get("frozen_layers", [])
    said = [
        f"{counted(suite['networks'], 'network', 'networks')} of the family {suite['family']} under {many}, from least "
        f"to most memorization: {conditions}.",
        f"Seeds: {', '.join(map(str, suite['seeds']))}.",
        f"Recipes: {', '.join(suite['recipes'])}." if any(suite["recipes"]) else "",
        f"The first {' or '.join(map(str, frozen))} layers were not trained." if frozen else "",
    ]
    return " ".join(filter(None, said))


def _panels(board: BoardContent, suite: SuiteRow) -> dict[tuple[str, ...], PanelColumns]:
    """What the board of measures says of a suite, by inputs, scope, measure and metric; nothing where it is none."""
    place = (suite["suite"], suite["data"], suite["family"])
    return {
        (row["inputs"], row["scope"], row["measure"], panel["metric"]): panel
        for row in board.get("measures", [])
        for panel in row["panels"]
        if (panel["suite"], panel["data"], panel["family"]) == place
    }


def _results(rows: Sequence[AgreementRow], panels: Mapping[tuple[str, ...], PanelColumns]) -> str:
    recipes = ["recipe"] if len({row["recipe"] for row in rows}) > 1 else []
    corrected = ["p (Holm), mean over recipes"] if panels else []
    head = ["measure", "metric", "inputs", "scope", *recipes, "tau", "p", "smallest p", "models", *corrected]
    body = []
    for row in rows:
        panel = panels.get((row["inputs"], row["scope"], row["measure"], row["metric"]))
        said = [measure_name(row), row["metric"], row["inputs"], row["scope"], *([row["recipe"]] if recipes else [])]
        said += [signed(row["tau"]), probability(row["p"]), probability(row["p_min"]), str(row["n"])]
        said += [probability(panel["across"]["p_holm"]) if panel else MISSING] if panels else []
        body.append([in_markdown_cell(text) for text in said])
    return tabulated(Table("", head, body), "github")


def _over_all_suites(board: BoardContent, measures: set[str]) -> str:
    """What all suites of the board show together of these measures."""
    head = ("measure", "inputs", "scope", "tau over all suites", "p", "p (Holm)", "suites", "groups of data")
    body = [
        [
            *map(in_markdown_cell, (row["measure"], row["inputs"], row["scope"])),
            signed(row["tau"]),
            probability(row["p"]),
            probability(row["p_holm"]),
            str(row["suites"]),
            str(row["groups"]),
        ]
        for row in board["pooled"]
        if row["measure"] in measures
    ]
    return tabulated(Table("", head, body), "github") if body else "The board has no tau over all suites."


def _limits(board: BoardContent, suites: Sequence[SuiteRow]) -> Iterator[str]:
    if "limit" in board:
        yield f"A trial on at most {board['limit']} examples: no result."
    yield from ALWAYS
    for row in suites:
        of = f"{row['family']} on {row['suite']}"
        if row["origin"] != "published":
            yield f"{of}: the data {row['data']} ({row['origin']}) are not the published data of the task."
        if len(row["seeds"]) < FEW_SEEDS:
            yield f"{of}: with {counted(len(row['seeds']), 'seed', 'seeds')} a claim is about these networks alone."
        smallest = [one["p_min"] for one in rows_of(board, row) if one["p_min"] is not None]
        if smallest and min(smallest) > 0.05:
            yield f"{of}: so few models cannot reach p .05 (smallest p {number(min(smallest), 3)})."
    if board["missing"]:
        yield f"{counted(len(board['missing']), 'cell', 'cells')} of the plan are missing or diverged."


def _again(board: BoardContent) -> Iterator[str]:
    made = board["made"]
    versions, commits = (", ".join(made["versions"].get("memorank", [])), ", ".join(made["commits"]))
    who = f"Made by memorank {versions or 'of an unknown version'}, commit {commits or 'unknown'}."
    yield in_markdown(
        f"{who} Plan {board['plan']} has digest {board['plan_digest']}, its board {board['digest']}. "
        "The plan below in a file plan.yaml runs it again:"
    )
    yield "```sh\nmemorank run plan.yaml --out runs/again\nmemorank verify runs/again\n```"
    if made["sources"]:
        needed = ", ".join(made["sources"])
        yield in_markdown(f"It needs entries of somebody's own, whose files --include names: {needed}.")
    yield "\n".join(f"    {seen(line)}".rstrip() for line in made["plan"].splitlines())
