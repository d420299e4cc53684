"""The directive `boards`: the published boards as an index, a row a click from its page, a number from its records.

What the index says is read from the CSV files beside each pack. Pages, packs and records go to boards/NAME/.
"""

import csv
import shutil
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from benchmark.run_folder.packs.reading import read_facts
from leaderboard.cells import load_records
from leaderboard.published_boards import BOARD, FOLDER, PACK, checked, published
from leaderboard.publishing import PAGE

Row = dict[str, str]
INPUTS = "evaluation"
MEASURES = "measures.csv"  # a panel has it: its measures are judged there, and its networks are too many for one page
MARKUP = "|`[]*_{}\\"  # of Markdown
STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem;color:#222}"
    "div{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums}"
    "th,td{padding:.15rem .6rem;text-align:right;border-bottom:1px solid #ddd;white-space:nowrap}"
    "th:first-child,td:first-child{position:sticky;left:0;background:#fff;text-align:left}"
    "th{scroll-margin-left:11rem;scroll-margin-top:5rem}:target{background:#fff3bf}"
)
FIRST = "published"
LONG = 100  # letters of a command that stands in a table as a whole


def rows_of(name: str, file: str) -> list[Row]:
    """The rows of a CSV file of a published board; none where it has no such file."""
    path = FOLDER / name / BOARD / file
    if not path.is_file():
        return []
    with path.open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def anchor(suite: str, number: str) -> str:
    """The place of a number of a suite on the page of a board's records."""
    return f"{suite}--{number}"


def shown(value: str) -> str:
    """A number as the index shows it, with two digits and its sign.

    >>> shown("-0.4999"), shown("1.0"), shown("")
    ('-.50', '+1.00', '-')
    """
    return f"{float(value):+.2f}".replace("+0.", "+.").replace("-0.", "-.") if value else "-"


def plain(text: str) -> str:
    """A text from a pack, of which nothing is markup in a cell of a table.

    >>> plain("a|b `c` <script> [x](y)")
    'a&#124;b &#96;c&#96; &lt;script&gt; &#91;x&#93;(y)'
    """
    return "".join(f"&#{ord(letter)};" if letter in MARKUP else letter for letter in escape(text))


def duration(seconds: float) -> str:
    """How long something took, in the unit that suits it.

    >>> duration(58.2), duration(1320), duration(20000)
    ('58 s', '22 min', '5.6 h')
    """
    if seconds < 100:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def suite_table(names: Sequence[str]) -> Iterator[str]:
    """A row for each suite of each board: who was trained on what, and what the two numbers of the paper say."""
    head = "suite | family | board | networks | test accuracy, from least to most memorizing | mean MI | mean entropy"
    yield f"| {head} |"
    yield "|---|---|---|---|---|---|---|"
    for name in names:
        taus = {(row["suite"], row["measure"]): row for row in _taus(name)}
        for suite in rows_of(name, "suites.csv"):
            cells = [_tau(name, taus.get((suite["suite"], measure))) for measure in ("mean-mi", "mean-entropy")]
            ends = _records(name, suite["suite"], accuracy_ends(name, suite["suite"]))
            about = [suite["suite"], suite["family"], _page(name), suite["networks"], ends]
            yield f"| {' | '.join([*about, *cells])} |"


def accuracy_ends(name: str, suite: str) -> str:
    """The mean test accuracy of a suite's first and last condition; a dash where accuracy is none of its metrics."""
    known = {"suite": suite, "inputs": INPUTS, "role": "metric", "name": "accuracy"}
    own = [row for row in rows_of(name, "models.csv") if known.items() <= row.items()]
    own.sort(key=lambda row: int(row["order"]))
    return f"{float(own[0]['mean']):.2f} to {float(own[-1]['mean']):.2f}" if own else "-"


def measure_table(name: str) -> Iterator[str]:
    """A row for each measure of a board, a column for each suite: tau over the conditions."""
    taus = {(row["suite"], row["measure"]): row for row in _taus(name)}
    suites = list(dict.fromkeys(suite for suite, _ in taus))
    yield f"| measure | {' | '.join(suite.replace('-', '-<wbr>') for suite in suites)} |"
    yield "|---" * (1 + len(suites)) + "|"
    for measure in dict.fromkeys(measure for _, measure in taus):
        of = [taus.get((suite, measure)) for suite in suites]
        mark = " (placebo)" if any(row and row["placebo"] == "True" for row in of) else ""
        yield f"| {measure}{mark} | {' | '.join(_tau(name, row) for row in of)} |"


def board_list(names: Sequence[str]) -> Iterator[str]:
    """A line for each board: its page, its pack, the command and time that made it, and how far it was checked."""
    yield "| board | what made it | when, on what | checked |"
    yield "|---|---|---|---|"
    for name in names:
        facts = read_facts(FOLDER / name / PACK)
        machines = ", ".join(dict.fromkeys(f"{one['processor']} ({one['cores']} cores)" for one in facts["machines"]))
        made = f"{plain(str(facts['started'])[:10])}, {plain(machines)}; {duration(facts['seconds'])} of one core"
        links = f'{_page(name)} (<a href="../boards/{name}/{PACK}">pack</a>)'
        yield f"| {links} | {command_of(facts['command'])}, {facts['cells']:,} cells | {made} | {_checked(name)} |"


def command_of(command: str) -> str:
    """The command that makes a run again, whole; a long one unfolds.

    >>> command_of("memorank run toy")
    '<code>memorank run toy</code>'
    >>> command_of(f"memorank run toy --set 'measures={['a'] * 50}'")[:75]
    '<details><summary><code>memorank run toy</code> and settings</summary><code'
    """
    whole = f"<code>{plain(command)}</code>"
    if len(command) <= LONG:
        return whole
    bare = plain(command.split(" --set", maxsplit=1)[0])
    return f"<details><summary><code>{bare}</code> and settings</summary>{whole}</details>"


def _checked(name: str) -> str:
    """The level of a board, by how many cells and where."""
    check = checked(name)
    if check is None:
        return "claimed"
    return f"{check['level']}: {check['cells']} cells on {plain(check['on'])}, seed {check['seed']}"


def _taus(name: str) -> list[Row]:
    """tau of each measure on the test examples of each suite, by the suite's first metric and recipe."""
    first: dict[tuple[str, str], Row] = {}
    for row in rows_of(name, "agreement.csv"):
        if row["inputs"] == INPUTS and row["yardstick"] != "True":
            first.setdefault((row["suite"], row["measure"]), row)
    return list(first.values())


def _tau(name: str, row: Row | None) -> str:
    return _records(name, row["suite"], shown(row["tau"]), row["measure"]) if row else "-"


def _records(name: str, suite: str, text: str, number: str = "") -> str:
    place = anchor(suite, number) if number else suite
    return f'<a href="../boards/{name}/records.html#{place}">{text}</a>'


def _page(name: str) -> str:
    file = PAGE if (FOLDER / name / BOARD / PAGE).is_file() else MEASURES
    return f'<a href="../boards/{name}/{file}">{name}</a>'


def records_page(name: str) -> str:
    """Every number of every network of a board, in a table for each suite and kind of inputs."""
    frame = load_records(FOLDER / name / PACK, as_frame=True)
    scores = frame[frame["work"] == "score"]
    parts = []
    for (suite, inputs), own in scores.groupby(["suite", "inputs"], sort=False):
        numbers = [
            column for column in own.columns if column.startswith(("metric ", "measure ")) and own[column].notna().any()
        ]
        place = f' id="{escape(suite)}"' if inputs == INPUTS else ""
        parts.append(f"<h2{place}>{escape(suite)}, {escape(inputs)}</h2>\n<div><table><tr><th>condition, seed")
        for column in numbers:
            number = column.partition(" ")[2]
            place = f' id="{escape(anchor(suite, number))}"' if inputs == INPUTS else ""
            parts.append(f"<th{place}>{escape(number)}")
        for _, row in own.iterrows():
            cells = [escape(f"{row['condition']}, {row['seed']}"), *(f"{row[column]:.6g}" for column in numbers)]
            parts.append("\n<tr>" + "".join(f"<td>{cell}" for cell in cells))
        parts.append("</table></div>\n")
    head = f"<!doctype html><html lang=en><meta charset=utf-8><title>{name}: records</title><style>{STYLE}</style>"
    view = '<meta name="viewport" content="width=device-width">'
    back = f'<p><a href="../../docs/boards.html">published boards</a>, <a href="{PACK}">the pack</a></p>'
    legend = (
        "<p>A row is a network: its condition, from least to most memorization, and its seed. Metrics stand first. "
        '<a href="../../docs/measures.html">Formulas and units</a>.</p>'
    )
    return f"{head}{view}<h1>{name}: the numbers of every network</h1>{back}{legend}\n{''.join(parts)}"


class Boards(SphinxDirective):
    """The index of the published boards."""

    def run(self) -> list[nodes.Node]:
        names = sorted(published(), key=lambda name: name != FIRST)
        for name in names:
            self.env.note_dependency(str(FOLDER / name / PACK))
        boards = [name for name in names if rows_of(name, "agreement.csv")]
        parts = ["### Each board", "", *board_list(names), "", "### Families and suites", "", *suite_table(boards), ""]
        for name in boards:
            parts += [f"### Measures and suites of {name}", "", *measure_table(name), ""]
        return self.parse_text_to_nodes("\n".join(parts), allow_section_headings=True)


def _write_pages(app: Sphinx, error: Exception | None) -> None:
    """Put what the index links to beside it."""
    if error is not None or app.builder.name != "html":
        return
    for name, pack in published().items():
        place = Path(app.outdir, "boards", name)
        place.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(pack, place / PACK)
        for file in (PAGE, MEASURES):
            if (FOLDER / name / BOARD / file).is_file():
                shutil.copyfile(FOLDER / name / BOARD / file, place / file)
        if rows_of(name, "agreement.csv"):
            (place / "records.html").write_text(records_page(name), encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Called by Sphinx."""
    app.add_directive("boards", Boards)
    app.connect("build-finished", _write_pages)
    return {"parallel_read_safe": True}
