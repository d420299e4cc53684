"""Which entries of several runs are one: those whose networks differ in nothing but condition, recipe and seed.

In: the content of each plan.json with its records. Out: the entries of the one plan, each under a name of its own, and
for each entry of a run its place among them.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from benchmark.plain.canonical import canonical
from benchmark.plan.content import PlanEntry, ResolvedContent, SuiteContent
from benchmark.record import Record
from benchmark.results.merged_recipes import joined_recipes, recipe_key

# What an entry of a plan says, and what the whole plan says.
SIZES: tuple[Literal["train_examples", "held_out_examples"], ...] = ("train_examples", "held_out_examples")
SETTINGS: tuple[Literal["limit", "threads"], ...] = ("limit", "threads")
# What the suite says: where it differs it is another suite, whatever its version.
SUITE: tuple[Literal["kind", "knob", "metrics"], ...] = ("kind", "knob", "metrics")
OF_ONE_NETWORK = ("work", "condition", "training", "options", "seed")
WORD = 24  # characters of a value in a name, of what is longer the first DIGITS of its digest
DIGITS = 8

Run = tuple[str, ResolvedContent, Mapping[str, Record]]  # where it is, the content of plan.json, records by key
Place = tuple[int, int]  # the number of a run, and that of an entry in it


@dataclass(frozen=True)
class Made:
    """An entry of one run, and all that made its networks but for condition, recipe and seed.

    `planned` is what plan.json says of it; `recorded` what the records say more, empty where there is none. `networks`
    has the hash in the key of each network, by condition, recipe and seed.
    """

    place: Place
    entry: PlanEntry
    planned: Mapping[str, object]
    recorded: Mapping[str, object]
    networks: Mapping[tuple[float | str, str, int], str]

    def differs(self, other: "Made") -> bool:
        """Whether the two cannot be one entry."""
        both = self.networks.keys() & other.networks.keys()
        return (
            self.planned != other.planned
            or bool(self.recorded and other.recorded and self.recorded != other.recorded)
            or any(self.networks[place] != other.networks[place] for place in both)
        )


def joined_entries(runs: Sequence[Run]) -> tuple[list[PlanEntry], dict[Place, int]]:
    """The entries of some runs joined where they are one.

    Returns:
        The joined entries in the order in which they first stand, and which of them each entry of a run belongs to.
        Entries of one suite, data and family that are not one have what differs behind the family's name.
    """
    groups: list[list[Made]] = []
    for number, (_, resolved, records) in enumerate(runs):
        for made in _made(number, resolved, records):
            alike = (group for group in groups if _suite(group[0]) == _suite(made))
            group = next((group for group in alike if not any(made.differs(other) for other in group)), None)
            if group is None:
                groups.append([made])
            else:
                group.append(made)
    families = _families(groups)
    entries: list[PlanEntry] = []
    for group, family in zip(groups, families, strict=True):
        entries.append({**_joined([made.entry for made in group]), "family": family})
    return entries, {made.place: number for number, group in enumerate(groups) for made in group}


def _made(number: int, resolved: ResolvedContent, records: Mapping[str, Record]) -> Iterator[Made]:
    plan, suites = resolved["plan"], resolved["plan"].get("suites", [])
    for place, entry in enumerate(resolved["entries"]):
        said: SuiteContent = suites[place] if place < len(suites) else {}
        planned: dict[str, object] = {name: said.get(name) for name in SIZES}
        planned |= {name: plan.get(name) for name in SETTINGS}
        planned |= {name: entry[name] for name in SUITE}
        planned["conditions"] = "named" if isinstance(entry["conditions"][0], str) else "numbered"
        keys = {recipe["label"]: recipe_key(recipe) for recipe in entry["recipes"]}
        cells = [
            cell
            for cell in resolved["cells"]
            if (cell["entry"], cell["work"]) == (place, "train") and not cell["anchor"]
        ]
        networks = {
            (cell["condition"], keys[cell["recipe"]], cell["seed"]): cell["key"].rpartition("-")[2] for cell in cells
        }
        found = (records[cell["key"]].get("identity") for cell in cells if cell["key"] in records)
        identity: Mapping[str, object] = next(filter(None, found), {})
        recorded = {name: value for name, value in identity.items() if name not in (*OF_ONE_NETWORK, *planned)}
        yield Made((number, place), entry, planned, recorded, networks)


def _suite(made: Made) -> tuple[str, str, str]:
    return made.entry["suite"], made.entry["data"], made.entry["family"]


def _families(groups: Sequence[Sequence[Made]]) -> list[str]:
    """The family of each group, with what sets it apart from the others of its suite, data and family, if anything."""
    suites = [_suite(group[0]) for group in groups]
    names = dict.fromkeys(name for group in groups for made in group for name in made.recorded)
    told = [_told(group, names) for group in groups]
    seen: Counter[tuple[tuple[str, str, str], tuple[str, ...]]] = Counter()
    families = []
    for suite, own in zip(suites, told, strict=True):
        rivals = [one for other, one in zip(suites, told, strict=True) if other == suite]
        varied = [name for name in own if len({one[name] for one in rivals if name in one}) > 1]
        words = tuple(f"{name} {own[name]}" for name in varied if own[name])
        seen[suite, words] += 1
        if seen[suite, words] > 1:
            words = (*words, f"number {seen[suite, words]}")
        families.append(f"{suite[2]} ({', '.join(words)})" if words else suite[2])
    return families


def _told(group: Sequence[Made], names: Iterable[str]) -> dict[str, str]:
    """What made the networks of a group, each value as a word; what only records say (`names`) where it has some.

    "" where something has no value: no limit, or a family without weights.
    """
    recorded: Mapping[str, object] = next((made.recorded for made in group if made.recorded), {})
    more = {name: recorded.get(name) for name in names} if recorded else {}
    return {name: "" if value is None else _word(value) for name, value in {**group[0].planned, **more}.items()}


def _word(value: object) -> str:
    """A number as it is, and of what is longer than a name the first digits of its digest."""
    if isinstance(value, str):
        return value if len(value) <= WORD else value[:DIGITS]
    return str(value) if isinstance(value, int) else hashlib.sha256(canonical(value).encode()).hexdigest()[:DIGITS]


def _joined(entries: Sequence[PlanEntry]) -> PlanEntry:
    """One entry that has the conditions, recipes and seeds of all of these."""
    conditions = list(dict.fromkeys(condition for entry in entries for condition in entry["conditions"]))
    options: dict[str, float] = next((entry["options"] for entry in entries if "options" in entry), {})
    joined: PlanEntry = {
        **entries[0],
        "conditions": sorted(cast(list[float], conditions)) if entries[0]["knob"] else conditions,
        "recipes": joined_recipes([recipe for entry in entries for recipe in entry["recipes"]], options),
        "seeds": sorted({seed for entry in entries for seed in entry["seeds"]}),
    }
    if options:
        joined["options"] = options
    if any("fewer_conditions" in entry for entry in entries):
        joined["fewer_conditions"] = all(entry.get("fewer_conditions", False) for entry in entries)
    return joined
