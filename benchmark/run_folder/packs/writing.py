"""From a run folder to a pack: everything that somebody else needs to look at a board and to check it, in one file.

In: a finished run folder. Out: one zip file, the same bytes whenever the same records are packed.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmark.plain.canonical import canonical
from benchmark.plan.content import ResolvedContent
from benchmark.process.files import write_file
from benchmark.process.paths import shown
from benchmark.record import Record
from benchmark.run_folder import included
from benchmark.run_folder.packs.facts import facts_of, machine_of
from benchmark.run_folder.packs.form import (
    LARGEST_WEIGHTS,
    MOST_MEMBERS,
    PACK,
    PLAN,
    RECORDS,
    most_bytes,
)
from benchmark.run_folder.packs.kept import kept, pattern_of
from benchmark.run_folder.packs.reading import is_pack
from benchmark.run_folder.records import read_records, read_resolved
from benchmark.run_folder.store import WEIGHTS, cell_folder, read_file, resealed
from registry import UserError
from registry.words import check_name

LISTED = 3
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the time of every member: a pack hangs on what it holds alone


def pack(run: Path, name: str, digest: str | None = None, weights: bool = True) -> dict[str, bytes]:
    """The members of the pack of a run folder, by name, pack.json first.

    Args:
        run: The run folder, every cell of which is there.
        name: What the pack is called: lower-case words joined by hyphens.
        digest: That of another plan of the folder than its own.
        weights: Whether the weights of networks of up to 1 MB are in it.

    Raises:
        UserError: The name is none, a cell is missing or damaged, code of the user's own holds a private path, or too
            many networks have weights.
    """
    try:
        check_name(name)
    except ValueError as error:
        raise UserError(f"--name: {error}") from None
    resolved = read_resolved(run, digest)
    records = _all_records(run, resolved)
    hosts = {str(host) for record in records.values() if (host := machine_of(record).get("host"))}
    places = [Path.home(), Path.cwd(), run]
    own_code = _own_code(run, records)
    members = {
        PLAN: canonical(resolved).encode(),
        RECORDS: b"".join(resealed(kept(record, places, hosts)) + b"\n" for record in records.values()),
        **own_code,
        **(_weights(run, records) if weights else {}),
    }
    _check_private(members, places)
    if len(members) >= MOST_MEMBERS:
        raise UserError(
            f"the weights of {len(members)} networks do not fit into a pack: --without-weights leaves them out"
        )
    facts: dict[str, object] = {**facts_of(name, resolved, records), "own_code": sorted(own_code)}
    facts["files"] = {member: hashlib.sha256(content).hexdigest() for member, content in members.items()}
    facts["sha256"] = hashlib.sha256(canonical(facts).encode()).hexdigest()
    return {PACK: (json.dumps(facts, indent=1, sort_keys=True) + "\n").encode(), **members}


def write_pack(members: Mapping[str, bytes], file: Path) -> int:
    """Write the members of a pack into a zip file, by one rename; how many bytes it has.

    Raises:
        UserError: Something that is no pack is there.
    """
    if file.exists() and not is_pack(file):
        raise UserError(f"{shown(file)} is no pack, and would be replaced: choose another --out")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for member, content in members.items():
            info = zipfile.ZipInfo(member, _EARLIEST)
            info.external_attr = 0o644 << 16
            info.compress_type = zipfile.ZIP_LZMA if member in (PLAN, RECORDS) else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    write_file(file, stream.getvalue())
    return file.stat().st_size


def _all_records(run: Path, resolved: ResolvedContent) -> dict[str, Record]:
    """The records of all cells of a plan, in the plan's order."""
    found, damaged = read_records(run, resolved["cells"])
    missing = [cell["key"] for cell in resolved["cells"] if cell["key"] not in found]
    if missing:
        some = ", ".join(missing[:LISTED]) + (", ..." if len(missing) > LISTED else "")
        why = f"; of {missing[0]}: {damaged[missing[0]]}" if missing[0] in damaged else ""
        raise UserError(
            f"{shown(run)} is not finished: {len(missing)} of {len(resolved['cells'])} cells are missing or damaged "
            f"({some}){why}; the same `memorank run` computes them"
        )
    return {cell["key"]: found[cell["key"]] for cell in resolved["cells"]}


def _own_code(run: Path, records: Mapping[str, Record]) -> dict[str, bytes]:
    """The files of the user's own code that records name."""
    named = {digest for record in records.values() for digest in record["identity"].get("sources", {}).values()}
    members = {}
    for source in included.kept(run):
        if source.digest in named:
            for place, content in included.files_of(source).items():
                members[f"{included.FOLDER}/{source.digest}/{place}"] = content
    for member, content in members.items():
        most = most_bytes(member)
        if most is None or len(content) > most:
            raise UserError(f"{member} cannot be packed: {'its name' if most is None else 'it is too large'}")
    return members


def _weights(run: Path, records: Mapping[str, Record]) -> dict[str, bytes]:
    """The weights that are kept of networks, as far as they are small."""
    found = {}
    for key, record in records.items():
        file = cell_folder(run, key) / WEIGHTS
        if WEIGHTS in record["files"] and file.is_file() and file.stat().st_size <= LARGEST_WEIGHTS:
            found[f"weights/{key}.safetensors"] = read_file(run, record, WEIGHTS)
    return found


def _check_private(members: Mapping[str, bytes], places: Sequence[Path]) -> None:
    """See that no member names a place. Code stays as it was run, or is not packed.

    The name of a host may be any word: where records have it, it is left out.
    """
    pattern = pattern_of(places, ())
    for member, content in members.items():
        if not member.startswith("weights/") and (found := pattern.search(content.decode(errors="replace"))):
            raise UserError(f"{member} cannot be packed: it names {found[0][:80]}, a path of this machine")
