"""Packs changed by hand, every checksum made anew, as somebody would who forges one."""

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from small_runs import sealed

from benchmark.plain.canonical import canonical
from benchmark.run_folder.packs.facts import facts_of

Members = dict[str, bytes]


def anew(members: Members, **changes: Any) -> Members:
    """The members with pack.json made anew, so that all its checksums are right."""
    facts = {**json.loads(members["pack.json"]), **changes}
    others = {name: content for name, content in members.items() if name != "pack.json"}
    facts["files"] = {name: hashlib.sha256(content).hexdigest() for name, content in others.items()}
    facts.pop("sha256", None)
    facts["sha256"] = hashlib.sha256(canonical(facts).encode()).hexdigest()
    return {"pack.json": json.dumps(facts).encode(), **others}


def with_records(members: Members, change: Callable[[dict[str, Any]], object], **changes: Any) -> Members:
    """The members with every record changed, its checksum right again."""
    records = [json.loads(line) for line in members["records.jsonl"].splitlines()]
    for record in records:
        change(record)
    derived: dict[str, Any] = {}
    with suppress(AttributeError):  # of records without any shape nothing can be derived
        facts = facts_of("x", json.loads(members["plan.json"]), {record["key"]: record for record in records})
        derived = {name: json.loads(json.dumps(value)) for name, value in facts.items() if name != "name"}
    lines = b"".join(sealed(record) + b"\n" for record in records)
    return anew({**members, "records.jsonl": lines}, **{**derived, **changes})


def elsewhere(record: dict[str, Any]) -> None:
    """A record as another machine would have made it."""
    record["provenance"]["machine"]["processor"] = "Another 9000"
