"""What a pack holds: one zip file with pack.json, plan.json, records.jsonl, and where there are some, code and weights.

In: nothing. Out: the type of pack.json, the names that members may have, and how large each may be.
"""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from typing_extensions import TypedDict

from benchmark.plain.shapes import Count, Positive, Sha256, shape
from registry.words import check_name

SCHEMA = 1
PACK, PLAN, RECORDS = "pack.json", "plan.json", "records.jsonl"
LARGEST_WEIGHTS = 1_000_000  # bytes of the weights of a network that a pack carries
LARGEST_RECORD = 16 * 2**20  # bytes of one record, of which what is said of each example is the most
MOST_MEMBERS = 65_000  # what a zip file holds without the extensions for larger ones
MOST_BYTES = 2**30  # of all members together, once they are unpacked
# What a member may be called, and the most bytes that it may have. No other name is ever written to a disk.
MEMBERS: dict[re.Pattern[str], int] = {
    re.compile(re.escape(PACK)): 32 * 2**20,
    re.compile(re.escape(PLAN)): 128 * 2**20,
    re.compile(re.escape(RECORDS)): 512 * 2**20,
    re.compile(r"weights/[A-Za-z0-9][A-Za-z0-9._=+-]{0,250}\.safetensors"): LARGEST_WEIGHTS,
    re.compile(r"included/[0-9a-f]{64}(/[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}){1,8}"): 4 * 2**20,
}


class MachineOfPack(TypedDict):
    """A kind of machine that made cells of a pack, and how many."""

    processor: str | None
    system: str | None
    cores: int | None
    cells: Count


@shape
class PackContent(TypedDict):
    """The content of pack.json.

    `files` has the SHA-256 of every other member; `digest` is that of the plan, `sha256` that of pack.json without
    itself. `command` is what makes the run folder again, without any path. `seconds` are of all cells together.
    """

    schema: Literal[1]
    name: Annotated[str, AfterValidator(check_name)]
    plan: Annotated[str, Field(max_length=200)]
    digest: Annotated[str, Field(max_length=64)]
    command: Annotated[str, Field(max_length=100_000)]
    memorank: str | None
    commits: list[str]
    versions: list[dict[str, str | None]]
    machines: list[MachineOfPack]
    started: str | None
    seconds: Positive
    cells: Count
    own_code: list[str]
    files: dict[str, Sha256]
    sha256: Sha256


def most_bytes(member: str) -> int | None:
    """How many bytes a member of this name may have; None where no member has such a name.

    >>> most_bytes("weights/toy-spurious.toy-mlp.a0.s0-00000000.safetensors")
    1000000
    >>> most_bytes("../plan.json"), most_bytes("weights/a/b.safetensors"), most_bytes("records.pickle")
    (None, None, None)
    """
    return next((most for pattern, most in MEMBERS.items() if pattern.fullmatch(member)), None)
