"""Table 2 on the page: suites in rows, measures in columns, with p, n, the paper's value, and what can show nothing.

In: the content of board.json. Out: a `Sheet` for each kind of inputs and scope.
"""

from collections.abc import Sequence
from statistics import fmean

from benchmark.plain.words import counted
from benchmark.statistics import LEVEL
from leaderboard.content.board import BoardContent
from leaderboard.content.taus import AgreementRow, PooledRow
from leaderboard.pages.tables.table import MISSING, by, probability, same_setup, signed
from leaderboard.pages.web.cells import Entry, Head, Line, Part, Reasons, Sheet, name_of_id
from leaderboard.pages.web.heads import tau_hint

PLACE = ("suite", "data", "family", "metric")


def headline_sheets(board: BoardContent) -> list[Sheet]:
    """One sheet for each kind of inputs and scope."""
    places = by(board["agreement"], "inputs", "scope")
    return [_sheet(board, inputs, scope, rows) for (inputs, scope), rows in places.items()]


def _sheet(board: BoardContent, inputs: str, scope: str, rows: list[AgreementRow]) -> Sheet:
    measures = _in_order(rows, board["hypotheses"])
    reasons = Reasons()
    heads = [
        Head("suite", "data, family"),
        Head("metric", "what tau compares with"),
        Head("n", "models; ?: too few"),
        *(Head(name, tau_hint(row), {"measure": name}) for name, row in measures.items()),
    ]
    lines = []
    for (suite, data, family, metric), own in by(rows, *PLACE).items():
        taus = by(own, "measure")
        cells = [
            Entry(suite, suite, (Part("data, family", f"{data}, {family}", f"{data}, {family}"),)),
            Entry(metric, metric),
            _count(own[0]),
            *(_tau(taus[(name,)], reasons) if (name,) in taus else Entry(MISSING) for name in measures),
        ]
        lines.append(Line(cells, {"suite": suite, "kind": own[0]["kind"]}))
    lines.sort(key=lambda line: line.keys["kind"] != rows[0]["kind"])
    here = {row["measure"]: row for row in board["pooled"] if (row["inputs"], row["scope"]) == (inputs, scope)}
    together = [Entry("all suites together"), Entry(""), Entry(""), *(_pooled(here.get(name)) for name in measures)]
    return Sheet(
        id=name_of_id("table", "tau", inputs, scope),
        caption=f"tau of every measure on every suite: {inputs} inputs, scope {scope}",
        heads=heads,
        lines=lines,
        keys={"inputs": inputs, "scope": scope},
        last=[Line(together)] if here else [],
        notes=[*_notes(rows), *reasons.notes()],
    )


def _in_order(rows: list[AgreementRow], hypotheses: Sequence[str]) -> dict[str, AgreementRow]:
    """A row of each measure: the hypotheses, the placebos that they should beat, and the others."""
    measures = {measure: own[0] for (measure,), own in by(rows, "measure").items()}
    order = sorted(measures, key=lambda name: (name not in hypotheses, not measures[name]["placebo"]))
    return {name: measures[name] for name in order}


def _notes(rows: list[AgreementRow]) -> list[str]:
    """What the marks of this table mean; only those that it has."""
    notes = [
        "tau: Kendall's tau-b over the conditions. +1: the measure orders the models as the metric does; 0: no "
        "relation; −1: reversed. p: two-sided, and not corrected for the many on this page. *: one-sided p up to "
        ".05 after Holm, which only the plan's hypotheses over all suites together have."
    ]
    if any(row["p_min"] is not None and row["p_min"] > LEVEL for row in rows):
        notes.append("? No tau of so few models can reach p .05, whatever it is: its bar is hatched.")
    if any(row["paper"] is not None and not same_setup(row) for row in rows):
        notes.append("In brackets: the paper's value, for other data, another family or other inputs than here.")
    if any(row["placebo"] for row in rows):
        notes.append("A placebo has the sign that suits it best; a measure that does not beat it shows little.")
    if any(row["yardstick"] for row in rows):
        notes.append("A measure that needs labels is a yardstick: what could be had with labels.")
    if len({row["recipe"] for row in rows}) > 1:
        notes.append("Over several recipes: the mean, and from the lowest to the highest.")
    return notes


def _count(row: AgreementRow) -> Entry:
    n = row["n"] + row["left_out"]
    few = row["p_min"] is not None and row["p_min"] > LEVEL
    part = (Part("can show p .05", "? too few", "no"),) if few else ()
    return Entry(str(n), n, part, mark="nothing" if few else "")


def _tau(recipes: list[AgreementRow], reasons: Reasons) -> Entry:
    """The cell of a tau: of one recipe with its p and the paper's value, or the mean over several recipes."""
    row = recipes[0]
    taus = [one["tau"] for one in recipes if one["tau"] is not None]
    if not taus:
        return reasons.missing(row["reason"])
    few = row["p_min"] is not None and row["p_min"] > LEVEL
    tau = fmean(taus)
    if len(recipes) > 1:
        parts = [Part("lowest", f"{signed(min(taus))} to", signed(min(taus)))]
        parts += [Part("highest", signed(max(taus)), signed(max(taus)))]
        if len(taus) < len(recipes):
            without = str(len(recipes) - len(taus))
            parts.append(Part("undefined", f"{without} undefined", without))
        return Entry(signed(tau), tau, tuple(parts), tau, "nothing" if few else "")
    parts = [Part("p", f"p {probability(row['p'])}", probability(row["p"]))]
    if row["left_out"]:
        parts.append(Part("n", f"n {row['n']}", str(row["n"])))
    if row["paper"] is not None:
        paper = signed(row["paper"])
        parts.append(Part("paper", f"paper {paper}" if same_setup(row) else f"({paper})", paper))
    return Entry(signed(tau), tau, tuple(parts), tau, "nothing" if few else "")


def _pooled(row: PooledRow | None) -> Entry:
    """The pooled tau, with the p that is corrected for all hypotheses, or said not to be."""
    if row is None or row["tau"] is None:
        return Entry(MISSING)
    p = row["p"] if row["p_holm"] is None else row["p_holm"]
    sure = row["p_holm"] is not None and row["p_holm"] <= LEVEL
    mark = ", not\u00a0corrected" if row["p_holm"] is None else "*" if sure else ""
    parts = [Part("p", f"p\u00a0{probability(p)}{mark}", probability(p))]
    parts.append(Part("suites", counted(row["suites"], "suite", "suites"), str(row["suites"])))
    return Entry(signed(row["tau"]), row["tau"], tuple(parts), row["tau"], "sure" if sure else "")
