"""How far a run folder is, from the folder alone.

In: a run folder. Out: lines of text: done and planned cells for each suite, and what failed, diverged or is damaged.
"""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from benchmark.plan.content import ResolvedContent
from benchmark.plan.resolved import plan_digest
from benchmark.process.wrapping import printable, wrapped
from benchmark.record import Record
from benchmark.run.slowness import kind_of, slowness
from benchmark.run_folder.leases import Holder, Leases
from benchmark.run_folder.records import read_records, read_resolved
from benchmark.run_folder.run_plans import board_folder, kept_plans
from benchmark.run_folder.store import last_failure, published


def status(run: Path, width: int | None = None) -> list[str]:
    """Lines of at most `width` characters, or of any length. Raises UserError where the folder is no run folder."""
    resolved = read_resolved(run)
    records, damaged = read_records(run, resolved["cells"])
    planned: Counter[tuple[int, str]] = Counter((cell["entry"], cell["work"]) for cell in resolved["cells"])
    done: Counter[tuple[int, str]] = Counter(
        (cell["entry"], cell["work"]) for cell in resolved["cells"] if cell["key"] in records
    )
    lines = [f"plan {resolved['plan']['name']}: {sum(done.values())} of {sum(planned.values())} cells done"]
    for number, entry in enumerate(resolved["entries"]):
        counts = [
            f"{done[(number, work)]} of {planned[(number, work)]} {word}"
            for work, word in (("train", "trained"), ("score", "scored"))
        ]
        lines.append(f"  {entry['suite']}, {entry['family']}, {entry['data']}: {', '.join(counts)}")
    lines += _beside(run, plan_digest(resolved))
    for holder in Leases(run, "status").holders():
        remark = _slow(holder, resolved, records) if holder.alive else None
        who = f"process {holder.pid} on {holder.host} since {holder.since}, last heartbeat {holder.beat:.0f} s ago"
        lines.append(f"  {'at work' if holder.alive else 'stale lease, its process has ended'}: {holder.key}: {who}")
        lines += [f"    {remark}"] if remark else []
    for cell in resolved["cells"]:
        key = cell["key"]
        if key in damaged:
            lines.append(f"  damaged: {key}: {damaged[key]}")
        elif key in records and records[key]["outcome"] == "diverged":
            lines.append(f"  diverged: {key}")
        elif key not in records and (cause := last_failure(run, key)):
            lines.append(f"  failed: {key}: {cause}")
    return wrapped(map(printable, lines), width)


def _slow(holder: Holder, resolved: ResolvedContent, records: dict[str, Record]) -> str | None:
    """A remark on a cell at work that takes far longer than those of its kind that are done."""
    kinds = {cell["key"]: kind_of(cell) for cell in resolved["cells"]}
    own = kinds.get(holder.key)
    like = [record["provenance"]["seconds"] for key, record in records.items() if own and kinds[key] == own]
    try:
        since = datetime.fromisoformat(holder.since)
        return slowness((datetime.now(UTC) - since).total_seconds(), like)
    except (ValueError, TypeError):  # somebody has written another time there
        return None


def _beside(run: Path, own: str) -> list[str]:
    """One line for each other plan that has run in the folder."""
    there = published(run)
    lines = []
    for digest, content in kept_plans(run).items():
        if digest != own:
            keys = {cell["key"] for cell in content["cells"]}
            changed = ", ".join(content.get("settings", [])) or "another plan"
            how_far = f"{len(keys & there)} of {len(keys)} cells done"
            lines.append(f"  beside it: {changed}: {how_far}; its board is in {board_folder(run, digest).name}")
    return lines
