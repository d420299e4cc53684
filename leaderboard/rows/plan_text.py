"""The plan of a board as a text that runs it again.

In: the content of plan.json, which has the plans of its parts where several runs were joined. Out: YAML.
"""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any, Literal, cast

import yaml

from benchmark.measures import HEADLINES
from benchmark.plain.canonical import canonical
from benchmark.plan.content import PlanContent, PlanEntry, PlanPart, ResolvedContent, SuiteContent
from benchmark.plan.hypotheses import declared
from leaderboard.rows.grouping import SUITE

Part = ResolvedContent | PlanPart
Row = dict[str, Any]

Said = Literal["training", "recipes", "train_examples", "held_out_examples"]  # of a suite in a plan, where it says it
SAID: tuple[Said, ...] = ("training", "recipes", "train_examples", "held_out_examples")


_CROSSED: tuple[Literal["conditions", "seeds"], ...] = ("conditions", "seeds")


def plan_text(resolved: Part) -> str:
    """The plan as a YAML text that runs it again, with every data set, condition, seed and setting said.

    Parts that were run apart have, joined, the text of the whole. Parts that no one plan can say have their own texts
    one after another, as documents of YAML.
    """
    parts: Sequence[Part] = [resolved]
    if "parts" in resolved:
        parts = cast(ResolvedContent, resolved)["parts"]
    if not _are_one_plan(parts):
        return "---\n".join(dict.fromkeys(plan_text(part) for part in parts))
    suites = _suites(parts)
    seeds: list[int] = next((suite["seeds"] for suite in suites), [])
    own = [{name: value for name, value in suite.items() if (name, value) != ("seeds", seeds)} for suite in suites]
    content = {"name": resolved["plan"]["name"], "seeds": seeds, "suites": own, **_settings(resolved["plan"])}
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=100, default_flow_style=None)


SETTINGS: tuple[Literal["estimator", "anchors", "threads", "limit", "measures", "data_seed"], ...] = (
    "estimator", "anchors", "threads", "limit", "measures", "data_seed",
)  # fmt: skip


def _settings(plan: PlanContent) -> Row:
    """The settings of a plan other than its suites and seeds, as far as it says them."""
    said: Row = {name: plan[name] for name in SETTINGS if plan.get(name) not in (None, "", [])}
    hypotheses = declared(plan)
    return said if hypotheses == list(HEADLINES) else {**said, "hypotheses": hypotheses}


def _about(part: Part) -> Iterator[tuple[Row, PlanEntry]]:
    """For each suite of a plan what its text says first, and the entry that was made from it."""
    said = part["plan"].get("suites", [])
    for number, entry in enumerate(part["entries"]):
        own: SuiteContent = said[number] if number < len(said) else {}
        about = {name: entry[name] for name in ("suite", "family", "data")}
        yield {**about, **{name: own[name] for name in SAID if own.get(name)}}, entry


def _suites(parts: Sequence[Part]) -> list[Row]:
    """The suites of all parts, each once with the conditions and seeds of all."""
    suites: dict[str, Row] = {}
    for part in parts:
        for about, entry in _about(part):
            suite = suites.setdefault(canonical(about), {**about, "conditions": [], "seeds": []})
            for name in _CROSSED:
                values = list(dict.fromkeys([*suite[name], *entry[name]]))
                suite[name] = sorted(values) if len(parts) > 1 and (name == "seeds" or entry["knob"]) else values
    return list(suites.values())


def _are_one_plan(parts: Sequence[Part]) -> bool:
    """Whether one plan has the networks of all parts and no others; a part by itself is one."""
    if len(parts) == 1:
        return True
    texts: dict[tuple[str, ...], set[str]] = {}
    networks: dict[str, set[tuple[Any, int]]] = {}
    for part in parts:
        for about, entry in _about(part):
            text = canonical(about)
            texts.setdefault(tuple(entry[name] for name in SUITE), set()).add(text)
            networks.setdefault(text, set()).update(product(entry["conditions"], entry["seeds"]))
    crossed = all(own == set(product(*map(set, zip(*own, strict=True)))) for own in networks.values())
    alike = all(_settings(part["plan"]) == _settings(parts[0]["plan"]) for part in parts)
    return crossed and alike and all(len(one) == 1 for one in texts.values())
