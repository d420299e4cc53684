"""What made a board: versions, commits, data, plan and digest, and the estimator with its settings.

In: the content of board.json. Out: texts.
"""

from collections.abc import Iterator, Mapping, Sequence

from leaderboard.content.board import BoardContent, DataRow
from leaderboard.pages.tables.table import Table

Item = tuple[str, str, str]


def provenance(board: BoardContent) -> list[Item]:
    """What made a board, as (item, name, value): ("version", "torch", "2.9.0").

    Args:
        board: The content of board.json.

    Returns:
        The board's own digest first, then the plan, the estimator, versions, commits, devices, data, seeds, sources.
    """
    made = board["made"]
    about = [("board", "schema", str(board["schema"])), ("board", "digest", board["digest"])]
    plan = [("plan", "name", board["plan"]), ("plan", "digest", board["plan_digest"])]
    plan += [("plan", "limit", str(board["limit"]))] if "limit" in board else []
    estimator = [("estimator", name, value) for name, value in _settings(board["estimator"])]
    versions = [("version", name, version) for name, found in made["versions"].items() for version in found]
    several: dict[str, Sequence[object]] = {
        "commit": made["commits"],
        "device": made["devices"],
        "threads": made["threads"],
        "seed": made["seeds"],
    }
    lists = [(item, "", str(value)) for item, values in several.items() for value in values]
    sources = [("source", name, digest) for name, found in made["sources"].items() for digest in found]
    return [*about, *plan, *estimator, *versions, *lists, *_data(made["data"]), *sources]


def estimator_said(board: BoardContent) -> str:
    """The estimator and its settings in one sentence.

    >>> estimator_said({"estimator": {"mi": {"kind": "nearest", "k": 3}, "scope": ["tap"]}})
    'Estimator, by its settings in the plan: mi.kind nearest, mi.k 3, scope tap.'
    """
    settings = ", ".join(f"{name} {value}" for name, value in _settings(board["estimator"]))
    return f"Estimator, by its settings in the plan: {settings or 'none'}."


def provenance_tables(board: BoardContent) -> list[Table]:
    """What made the board as one table, values of the same name in one row."""
    rows: dict[tuple[str, str], list[str]] = {}
    for item, name, value in provenance(board):
        rows.setdefault((item, name), []).append(value)
    body = [[item, name, ", ".join(values)] for (item, name), values in rows.items()]
    return [Table("what made this board", ("item", "name", "value"), body)]


def _settings(settings: object, name: str = "") -> Iterator[tuple[str, str]]:
    """Names with dots, and values, of nested settings."""
    if isinstance(settings, Mapping):
        for key, value in settings.items():
            yield from _settings(value, f"{name}.{key}" if name else str(key))
    elif isinstance(settings, list):
        yield name, " and ".join(map(str, settings)) or "none"
    else:
        yield name, str(settings)


def _data(several: list[DataRow]) -> Iterator[Item]:
    for one in several:
        yield "origin", one["data"], one["origin"]
        yield "licence", one["data"], one["licence"]
        yield from (("fingerprint", one["data"], fingerprint) for fingerprint in one["fingerprints"])
