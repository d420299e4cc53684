"""Is plan.json what the plan in it gives? The plan is resolved again, and the two are compared.

In: the content of plan.json, the entries as they are. Out: the plan derived, and every place that differs.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from pydantic import ValidationError

from benchmark.plain.differences import differences
from benchmark.plain.findings import Finding, differs
from benchmark.plain.strict_json import read_json
from benchmark.plan.cells import resolve
from benchmark.plan.content import ResolvedContent
from benchmark.plan.plan_problems import problems
from benchmark.plan.reading import Plan
from benchmark.plan.resolved import TOLD, Resolved, plan_digest
from benchmark.process.ownership import MARKER
from benchmark.run_folder.plan_shapes import resolved_problem
from benchmark.run_folder.store import read_bytes
from registry import UserError


def derived(resolved: ResolvedContent, root: Path) -> Resolved:
    """The plan of a plan.json, resolved anew.

    Raises:
        UserError: The plan in it cannot be run: a setting, a name, or data that are not there.
    """
    try:
        plan = Plan.model_validate_json(json.dumps(as_now(resolved)["plan"]))
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise UserError(f"plan.json: plan.{'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    for path, message in problems(plan):
        raise UserError(f"plan.json: plan.{'.'.join(map(str, path))}: {message}")
    if len(resolved["entries"]) != len(plan.suites):
        raise UserError(f"plan.json has {len(resolved['entries'])} entries, and its plan {len(plan.suites)} suites")
    return resolve(plan, root, [entry["recipes"] for entry in resolved["entries"]])


def as_now(resolved: ResolvedContent) -> ResolvedContent:
    """A plan.json of an older version as a plan says it now.

    In 0.1.0 an entry could have other conditions on a machine without bfloat16: it has those that it was run in.
    """
    suites = [said.copy() for said in resolved["plan"].get("suites", [])]
    entries = [entry.copy() for entry in resolved["entries"]]
    for said, entry in zip(suites, entries, strict=False):
        if said.pop("conditions_in_float32", None) is not None and entry.get("fewer_conditions"):
            said["conditions"] = entry["conditions"]
    for entry in entries:
        entry.pop("fewer_conditions", None)
    return {**resolved, "plan": {**resolved["plan"], "suites": suites}, "entries": entries}


def plan_differences(file: str, resolved: ResolvedContent, plan: Resolved) -> Iterator[Finding]:
    """Every place at which the file of a plan is not what the plan in it gives; cells by their keys."""
    there, should_be = as_now(resolved), _plain(plan.as_json())
    if "hypotheses" not in there["plan"]:  # 0.1.0 knew no others than the default
        should_be["plan"].pop("hypotheses", None)
    entries = [
        {name: value for name, value in entry.items() if name not in TOLD or name in own}  # 0.1.0 told less
        for entry, own in zip(should_be["entries"], there["entries"], strict=True)
    ]
    apart = ("digest", "settings", "cells")
    one = {name: part for name, part in there.items() if name not in apart}
    other = {name: part for name, part in should_be.items() if name not in apart}
    for found in differences(one, {**other, "entries": entries}):
        yield differs(file, found)
    cells, derived_cells = ({cell["key"]: cell for cell in content["cells"]} for content in (there, should_be))
    for found in differences(cells, derived_cells, ("cells",)):
        yield differs(file, found)
    if list(cells) != list(derived_cells) and cells == derived_cells:
        yield differs(file, "its cells stand in another order")


def kept_plans(run: Path, resolved: ResolvedContent) -> Iterator[Finding]:
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
        elif (digest := plan_digest(cast(ResolvedContent, content))) != path.stem:
            yield differs(f"plans/{path.name}", f"its digest is {digest}")


def _plain(content: ResolvedContent) -> ResolvedContent:
    """The same content after a way through JSON, which makes lists of tuples."""
    return cast(ResolvedContent, json.loads(json.dumps(content)))
