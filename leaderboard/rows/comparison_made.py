"""What made the numbers of one side of a comparison: how it measured, and by which versions, data and machines.

In: the content of plan.json with its records, or the content of board.json. Out: texts by what they are of and by name,
the most important first. What a side does not know is not there.
"""

from collections.abc import Iterable, Iterator, Mapping

from benchmark.plain.canonical import canonical
from benchmark.plan.content import ResolvedContent
from benchmark.plan.hypotheses import declared
from benchmark.record import Record, of_score
from benchmark.results.result import results
from leaderboard.content.board import BoardContent, Made
from leaderboard.rows.plan_text import plan_text
from leaderboard.rows.provenance import cost, made

Said = Mapping[str, Mapping[str, str]]  # by what it is of, and by name
UNKNOWN = ""  # the text of what is there, and of which no more is known
DIGITS = 12  # of a fingerprint
OF_ONE_NETWORK = ("work", "condition", "training", "seed", "suite", "family", "data", "data_fingerprint", "sources")
FIRST = ("memorank", "torch", "numpy")  # packages that move numbers most


def said_of_records(resolved: ResolvedContent, records: Mapping[str, Record]) -> Said:
    """What a run says of itself."""
    plan = resolved["plan"]
    scored = [score["identity"] for record in records.values() if (score := of_score(record)) and "identity" in score]
    spent = cost(records)
    whole = made(results(resolved, records), plan_text(resolved))
    return {
        "estimator": dict(_flat(plan["estimator"])),
        "measure": {
            name: _joined(one.get("measures", {}).get(name) for one in scored) for name in resolved["measures"]
        },
        "metric": {name: _joined(one.get("metrics", {}).get(name) for one in scored) for name in resolved["metrics"]},
        **_made(whole),
        "plan": {"hypotheses": ", ".join(declared(plan)) or "none", "anchors": plan.get("anchors") or "none"},
        "machine": {"machines": "; ".join(spent["machines"]) if spent else UNKNOWN},
    }


def said_of_board(board: BoardContent) -> Said:
    """What a board says of the run that it is of: no versions of measures, and no machines."""
    return {
        "estimator": dict(_flat(board["estimator"])),
        "measure": dict.fromkeys(board["directions"]["measures"], UNKNOWN),
        "metric": dict.fromkeys(board["directions"]["metrics"], UNKNOWN),
        **_made(board["made"]),
        "plan": {"hypotheses": ", ".join(board["hypotheses"]) or "none"},
    }


def made_of_networks(resolved: ResolvedContent, records: Mapping[str, Record], entry: int) -> dict[str, object]:
    """All that the records say made the networks of an entry, but for condition, recipe and seed; none without any."""
    for cell in resolved["cells"]:
        if (cell["entry"], cell["work"], cell["anchor"]) == (entry, "train", None):
            record = records.get(cell["key"])
            if record is not None and record.get("identity"):
                return dict(record["identity"])
    return {}


def as_text(value: object) -> str:
    """A value of a plan or an identity as a text; of a digest the first digits.

    >>> as_text(None), as_text(0.5), as_text(["a", 1]), as_text("06e2aa2bd2b7ca836850d7c29f842abd")
    ('none', '0.5', 'a, 1', '06e2aa2bd2b7')
    """
    if value is None:
        return "none"
    if isinstance(value, list | tuple):
        return ", ".join(as_text(one) for one in value)
    if isinstance(value, Mapping):
        return canonical(value)
    text = str(value)
    return text[:DIGITS] if len(text) >= 32 and set(text) <= set("0123456789abcdef") else text


def _made(whole: Made) -> dict[str, dict[str, str]]:
    packages = [*FIRST, *sorted(set(whole["versions"]) - set(FIRST))]
    return {
        "code": {name: as_text(digests) for name, digests in whole["sources"].items()},
        "data": {row["data"]: as_text(row["fingerprints"]) or UNKNOWN for row in whole["data"]},
        "version": {name: as_text(whole["versions"][name]) for name in packages if name in whole["versions"]},
        "commit": {"commits": as_text(whole["commits"]) or UNKNOWN},
        "device": {"devices": as_text(whole["devices"]) or UNKNOWN},
    }


def _joined(versions: Iterable[object]) -> str:
    return ", ".join(sorted({str(version) for version in versions if version is not None}))


def _flat(settings: Mapping[str, object], place: str = "") -> Iterator[tuple[str, str]]:
    """Settings inside settings, by their keys joined by dots."""
    for name, value in settings.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{place}{name}.")
        else:
            yield f"{place}{name}", as_text(value)
