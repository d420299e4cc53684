"""What a pack states of itself, held against what is here: machines, versions, its plan, whose weights it carries.

In: a pack unpacked, and the plan as this version derives it. Out: findings; nothing is computed again.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmark.networks.weights import facts_in
from benchmark.plain.differences import differences
from benchmark.plain.findings import Finding, differs, listed
from benchmark.plan.content import ResolvedContent
from benchmark.plan.resolved import Resolved
from benchmark.process.provenance import environment
from benchmark.record import Record
from benchmark.run_folder.packs.form import PackContent
from benchmark.run_folder.plan_verification import plan_differences
from benchmark.run_folder.store import WEIGHTS, cell_folder
from registry.foreign_text import printable

SHOWN = 5


def made_on(facts: PackContent) -> Iterator[Finding]:
    """Where the pack says that it was made."""
    for machine in facts["machines"]:
        alike = "this kind of machine" if _is_here(machine) else "another kind of machine"
        said = f"{machine['processor']}, {machine['cores']} cores, {machine['system']}"
        yield Finding("made", f"{machine['cells']} cells on {said}: {alike}")


def _is_here(machine: Mapping[str, object]) -> bool:
    here = environment()["machine"]
    return all(machine[part] == here[part] for part in ("processor", "system", "cores"))


def other_versions(facts: PackContent) -> Iterator[Finding]:
    """Which versions differ from those here."""
    here = environment()["versions"]
    for made in facts["versions"]:
        others = [
            f"{name} {made[name]} (here {here[name]})" for name in here if name in made and made[name] != here[name]
        ]
        if others:
            yield Finding("made", f"with other versions: {', '.join(others)}; nothing of it can be equal to the bit")


def plan_found(
    facts: PackContent, resolved: ResolvedContent, plan: Resolved, records: Mapping[str, Record]
) -> Iterator[Finding]:
    """Where the plan and what records are of differ from what this version derives; another version's may."""
    found = [*plan_differences("plan.json", resolved, plan), *_identities(plan, records)]
    here = environment()["versions"]["memorank"]
    later = facts["memorank"] != here
    if not found:
        yield Finding("checked", "plan.json, and what each record says that it is of")
    elif later:
        yield Finding(
            "not checked",
            "plan.json",
            f"memorank {facts['memorank']} made it, and here is {here}, by which it would be another one in "
            f"{len(found)} places: cells that are the same ones are compared, and no others ({listed(found)})",
        )
    else:
        yield from found[:SHOWN]
        if len(found) > SHOWN:
            yield differs("plan.json", f"and {len(found) - SHOWN} more places")


def _identities(plan: Resolved, records: Mapping[str, Record]) -> Iterator[Finding]:
    """Each record is of what its key stands for; each cell of the plan has one."""
    for cell in plan.cells:
        if cell.key not in records:
            yield differs(cell.key, "this version would compute it, and the pack has no record of it")
        elif found := list(differences(records[cell.key]["identity"], cell.identity, ("identity",))):
            yield differs(cell.key, listed(found))


def weights_found(run: Path, records: Mapping[str, Record]) -> Iterator[Finding]:
    """Weights that are not of the network beside whose record they lie."""
    for key, record in records.items():
        file = cell_folder(run, key) / WEIGHTS
        if record["work"] == "train" and file.is_file():
            try:
                of = facts_in(file.read_bytes())["key"]
            except ValueError as error:
                yield differs(key, f"its weights cannot be used: {error}")
            else:
                if of != key:
                    yield differs(key, f"its weights are those of {printable(of)}")
