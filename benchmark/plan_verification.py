"""Is plan.json what its own plan gives? It is derived again from the plan in it, and compared.

In: the content of plan.json, the entries as they are. Out: the plan derived, and every place that differs.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from benchmark.cells import TOLD, Resolved, plan_digest, resolve
from benchmark.differences import differences
from benchmark.findings import Finding, differs
from benchmark.ownership import MARKER
from benchmark.plan import Plan, SuiteEntry
from benchmark.plan_problems import problems
from benchmark.plan_shapes import resolved_problem
from benchmark.store import read_bytes
from benchmark.strict_json import read_json
from registry import UserError


def derived(resolved: Mapping[str, Any], root: Path) -> Resolved:
    """The plan of a plan.json, resolved anew.

    An entry may have other conditions on another kind of machine: those that plan.json has it for are taken.

    Raises:
        UserError: The plan in it cannot be run: a setting, a name, or data that are not there.
    """
    try:
        plan = Plan.model_validate_json(json.dumps(resolved["plan"]))
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise UserError(f"plan.json: plan.{'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    for path, message in problems(plan):
        raise UserError(f"plan.json: plan.{'.'.join(map(str, path))}: {message}")
    fewer = [entry.get("fewer_conditions", False) for entry in resolved["entries"]]
    if len(fewer) != len(plan.suites):
        raise UserError(f"plan.json has {len(fewer)} entries, and its plan {len(plan.suites)} suites")
    settled = [_settled(entry, less) for entry, less in zip(plan.suites, fewer, strict=True)]
    found = resolve(plan.model_copy(update={"suites": tuple(settled)}), root)
    entries = [
        {**entry, "fewer_conditions": less and own.conditions_in_float32 is not None}
        for entry, own, less in zip(found.entries, plan.suites, fewer, strict=True)
    ]
    return replace(found, plan=plan, entries=entries)


def _settled(entry: SuiteEntry, fewer: bool) -> SuiteEntry:
    """The entry with the conditions that it has on one kind of machine."""
    if entry.conditions_in_float32 is None:
        return entry
    chosen = entry.conditions_in_float32 if fewer else entry.conditions
    return entry.model_copy(update={"conditions": chosen, "conditions_in_float32": None})


def plan_differences(file: str, resolved: Mapping[str, Any], plan: Resolved) -> Iterator[Finding]:
    """Every place at which the file of a plan is not what the plan in it gives; cells by their keys."""
    there = {name: part for name, part in resolved.items() if name not in ("digest", "settings")}
    should_be = {name: part for name, part in _plain(plan.as_json()).items() if name != "digest"}
    if "hypotheses" not in there["plan"]:  # 0.1.0 knew no others than the default
        should_be["plan"].pop("hypotheses")
    should_be["entries"] = [
        {name: value for name, value in entry.items() if name not in TOLD or name in own}  # 0.1.0 told less
        for entry, own in zip(should_be["entries"], there["entries"], strict=True)
    ]
    for found in differences({**there, "cells": {}}, {**should_be, "cells": {}}):
        yield differs(file, found)
    cells, derived_cells = ({cell["key"]: cell for cell in content["cells"]} for content in (there, should_be))
    for found in differences(cells, derived_cells, ("cells",)):
        yield differs(file, found)
    if list(cells) != list(derived_cells) and cells == derived_cells:
        yield differs(file, "its cells stand in another order")


def kept_plans(run: Path, resolved: Mapping[str, Any]) -> Iterator[Finding]:
    """The digest of plan.json and the plans kept beside it are what they are called; 0.1.0 kept neither."""
    own = plan_digest(resolved)
    folder = run / "plans"
    if resolved.get("digest", own) != own:
        yield differs("plan.json", f"digest was {resolved['digest']!r}, is {own!r}")
    if "digest" not in resolved and (folder.is_dir() or (run / MARKER).exists()):
        yield differs("plan.json", f"digest was nothing, is {own!r}")
    if folder.is_dir() and not (folder / f"{own}.json").is_file():
        yield differs(f"plans/{own}.json", "it is not there, though plan.json is")
    for path in sorted(folder.glob("[!.]*.json")):
        try:
            content = read_json(read_bytes(path))
            problem = resolved_problem(content)
        except (ValueError, OSError) as error:
            problem = str(error)
        if problem:
            yield Finding("damaged", f"plans/{path.name}", problem)
        elif (digest := plan_digest(content)) != path.stem:
            yield differs(f"plans/{path.name}", f"its digest is {digest}")


def _plain(content: Mapping[str, Any]) -> dict[str, Any]:
    """As JSON has it: lists for tuples."""
    return dict(json.loads(json.dumps(content)))
