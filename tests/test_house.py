"""The house as a stranger finds it: rooms, floors, and no way in a circle, counted from the imports themselves.

A room is a package with what lies in it; the packages of `benchmark` and `leaderboard` are rooms of their own. A room's
floor is the longest way down from it.
"""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
TOPS = ("benchmark", "leaderboard", "memorank", "registry")
ENTRIES = {"registry.families", "registry.suites", "registry.datasets", "benchmark.measures", "benchmark.metrics"}
LONGEST = 300  # lines of a file
HOLD_NO_ARRAYS = {  # what they return has no type of its own: a transform, a machine, the types of fields
    "benchmark.networks.augmentation._mirror_and_crop",
    "benchmark.process.provenance.environment",
    "registry.training._hints",
}
# As many as there are: fewer are better, and more need a reason. `leaderboard.content` has the types of a board, which
# rows make and pages show, and neither may import the other.
ROOMS, FLOORS = 24, 9


def modules() -> dict[str, Path]:
    """Every module by its name."""
    files = [file for top in TOPS for file in (ROOT / top).rglob("*.py")]
    return {".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file for file in files}


def imported(module: str, known: dict[str, Path]) -> set[str]:
    """The modules that one imports, at its top or later, but not for types alone."""
    tree = ast.parse(known[module].read_text())
    checks = [node for node in ast.walk(tree) if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)]
    for_types = {id(inner) for check in checks for inner in ast.walk(check)}
    found: set[str] = set()
    for node in ast.walk(tree):
        if id(node) in for_types:
            continue
        if isinstance(node, ast.ImportFrom) and node.module:
            inner = (f"{node.module}.{name.name}" for name in node.names)
            found |= {name if name in known else node.module for name in inner}
        elif isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
    return found & known.keys()


def room(module: str) -> str:
    """The room that a module is in."""
    top, *inner = module.split(".")
    is_package = len(inner) > 1 or (ROOT / top / "/".join(inner[:1])).is_dir()
    return f"{top}.{inner[0]}" if top in ("benchmark", "leaderboard") and inner and is_package else top


@cache
def ways() -> dict[str, set[str]]:
    """The rooms that lie under each room."""
    known = modules()
    found: dict[str, set[str]] = {room(module): set() for module in known}
    for module in known:
        found[room(module)] |= {room(other) for other in imported(module, known)} - {room(module)}
    return found


@cache
def floor(name: str, above: tuple[str, ...] = ()) -> int:
    """The longest way down from a room, in rooms."""
    assert name not in above, f"a circle: {' -> '.join((*above, name))}"
    return 1 + max((floor(other, (*above, name)) for other in ways()[name]), default=0)


def test_no_way_leads_in_a_circle_and_there_are_few_floors_and_rooms() -> None:
    assert max(map(floor, ways())) <= FLOORS
    assert len(ways()) <= ROOMS


def test_no_file_is_long() -> None:
    files = [file for top in (*TOPS, "tests", "docs") for file in (ROOT / top).rglob("*.py")]
    long = {str(file): count for file in files if (count := len(file.read_text().splitlines())) > LONGEST}
    assert long == {}


def test_entries_do_not_import_each_other_nor_does_what_they_share_import_them() -> None:
    known = modules()
    beside = {module: module.rpartition(".") for module in known}
    folders = {module for module, (folder, _, _) in beside.items() if folder in ENTRIES}
    entries = {module for module in folders if not beside[module][2].startswith("_")}
    assert len(entries) > 30
    found = {module: imported(module, known) & entries - {module} for module in folders}
    assert {module: others for module, others in found.items() if others} == {}


def test_no_module_keeps_arrays_for_as_long_as_the_process_lives() -> None:
    """What holds arrays is kept by `benchmark.plain.keeping`, in a block that ends, or with the object it describes."""
    forever = re.compile(r"^(functools\.)?(lru_cache|cache)\b")
    arrays = re.compile(r"Array|Tensor|Examples|Outputs|Tokens|\bData\b|Orders|\bAny\b")
    holding = [
        f"{module}.{node.name}"
        for module, file in modules().items()
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef) and any(forever.match(ast.unparse(how)) for how in node.decorator_list)
        if node.returns is None or arrays.search(ast.unparse(node.returns))
    ]
    assert set(holding) == HOLD_NO_ARRAYS
