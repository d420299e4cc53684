"""What pack.json says of a run: derived from its plan and records, when it is written and whenever it is read.

In: the plan and the records of a pack. Out: the part of pack.json that hangs on them.
"""

import shlex
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, cast

from benchmark.plain.canonical import canonical
from benchmark.plan.content import ResolvedContent
from benchmark.plan.resolved import plan_digest
from benchmark.record import Record
from benchmark.run_folder.packs.form import SCHEMA, MachineOfPack


def facts_of(name: str, resolved: ResolvedContent, records: Mapping[str, Record]) -> dict[str, object]:
    """What pack.json says of the run."""
    plan = resolved["plan"]["name"]
    made = [record["provenance"] for record in records.values()]
    machines = Counter(
        (machine.get("processor"), machine.get("system"), machine.get("cores"))
        for machine in map(machine_of, records.values())
    )
    versions = {canonical(one["versions"]): one["versions"] for one in made if "versions" in one}
    newest: Sequence[str] = sorted({str(one["memorank"]) for one in versions.values() if one.get("memorank")})
    settings = [word for text in resolved.get("settings", []) for word in ("--set", text)]
    rows: list[MachineOfPack] = [
        {"processor": processor, "system": system, "cores": cores, "cells": count}
        for (processor, system, cores), count in sorted(machines.items(), key=str)
    ]
    return {
        "schema": SCHEMA,
        "name": name,
        "plan": plan,
        "digest": plan_digest(resolved),
        "command": shlex.join(["memorank", "run", plan, *settings]),
        "memorank": newest[-1] if newest else None,
        "commits": sorted({commit for one in made if (commit := one.get("commit"))}),
        "versions": [versions[text] for text in sorted(versions)],
        "machines": rows,
        "started": min((started for one in made if (started := one.get("started"))), default=None),
        "seconds": round(sum(one["seconds"] for one in made), 1),
        "cells": len(records),
    }


def machine_of(record: Record) -> Mapping[str, Any]:
    """The machine that a record says it was made on, with its host."""
    return cast(Mapping[str, Any], record["provenance"].get("machine", {}))
