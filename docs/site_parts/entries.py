"""The directive `entries`: a section for each measure, reading or metric of the registry, from what the entry says.

What stands under a name is the docstring of its file, which has the formula and when it fails, and then that of its
function. So a new file is on the site without another edit.
"""

from collections.abc import Iterator
from inspect import cleandoc

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from benchmark.measures import HEADLINES, MEASURES
from benchmark.metrics import METRICS
from benchmark.networks.readings import READINGS
from benchmark.reading import Reading
from benchmark.types import Measure, Metric

ROLES = ("headline measure, a hypothesis by default", "measure", "anchored measure", "yardstick", "placebo")
KNOWN = {"measures": MEASURES, "readings": READINGS, "metrics": METRICS}
GOOD = {"high": "high", "low": "low", "either": "whichever suits it best"}


def role(measure: Measure) -> str:
    """What a measure is there for."""
    if measure.name in HEADLINES:
        return ROLES[0]
    if measure.placebo:
        return "placebo"
    return "yardstick" if measure.yardstick else "anchored measure" if measure.anchored else "measure"


def _ordered(kind: str) -> list[tuple[str, Measure | Reading | Metric]]:
    """memorank's own entries with their files, those of one file side by side, hypotheses first."""
    own = {name: place for name in KNOWN[kind] if not (place := KNOWN[kind].check(name)).outside}
    files = [(str(place.file), KNOWN[kind][name]) for name, place in own.items()]
    if kind != "measures":
        return sorted(files, key=lambda item: (item[0], item[1].name))
    first = {file: min(ROLES.index(role(entry)) for other, entry in files if other == file) for file, _ in files}
    return sorted(files, key=lambda item: (first[item[0]], item[0], item[1].name))


def _facts(entry: Measure | Reading | Metric) -> Iterator[str]:
    if isinstance(entry, Measure):
        yield f"**Role**: {role(entry)}"
        heuristic, wrong = GOOD[entry.better["heuristic"]], GOOD[entry.better["example-level"]]
        both = f"{heuristic} under a shortcut, {wrong} under wrong labels"
        yield f"**Good**: {heuristic if heuristic == wrong else both}"
        if entry.on_request:
            yield "**Computed**: where a plan's `measures` ask for it"
        if entry.readings:
            yield f"**Readings**: {', '.join(f'[{name}](#{name})' for name in entry.readings)}"
    elif isinstance(entry, Metric):
        yield f"**Good**: {'high' if entry.higher_is_better else 'low'}"
        if entry.form:
            yield f"**Form**: {entry.form}"
    if isinstance(entry, Reading):
        yield f"**Rows**: {'the examples that measures read' if entry.axis == 'examples' else 'as said above'}"
    elif entry.needs:
        yield f"**Needs**: {', '.join(entry.needs)}"
    yield f"**Source**: {entry.reference}"
    yield f"**Version**: {entry.version}"


def markdown(kind: str) -> Iterator[str]:
    """The lines of all sections."""
    before = ""
    for file, entry in _ordered(kind):
        yield f"### {entry.name}\n"
        yield KNOWN[kind].summary(entry.name) + "\n"
        if file != before:
            yield cleandoc(KNOWN[kind].check(entry.name).load().__doc__ or "").partition("\n")[2] + "\n"
        if callable(entry.compute) and entry.compute.__doc__:
            yield cleandoc(entry.compute.__doc__) + "\n"
        yield from (f"- {fact}" for fact in _facts(entry))
        yield ""
        before = file


class Entries(SphinxDirective):
    """Its one argument is `measures`, `readings` or `metrics`."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        for file, _ in _ordered(self.arguments[0]):
            self.env.note_dependency(file)
        return self.parse_text_to_nodes("\n".join(markdown(self.arguments[0])), allow_section_headings=True)


def setup(app: Sphinx) -> dict[str, bool]:
    """Called by Sphinx."""
    app.add_directive("entries", Entries)
    return {"parallel_read_safe": True}
