"""The house as a stranger finds it: rooms, floors, and no way in a circle, counted from the imports themselves.

A room is a package with what lies in it; the packages of `benchmark` and `leaderboard` are rooms of their own. A room's
floor is the longest way down from it. A module has a test of its name, in the same place under `tests/`.
"""

import ast
import re
import tomllib
from contextlib import suppress
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
TOPS = ("benchmark", "leaderboard", "memorank", "registry")
ENTRIES = {"registry.families", "registry.suites", "registry.datasets", "benchmark.measures", "benchmark.metrics"}
LONGEST = 300  # lines of a file
HOLD_NO_ARRAYS = {  # what they return has no type of its own: a transform, a machine, the types of fields
    "benchmark.networks.augmentation._mirror_and_crop",
    "registry.training._hints",
}
MIRRORED = TOPS  # of each module of these, the test has the module's name
# As many as there are: fewer are better, and more need a reason. `leaderboard.content` has the types of a board, which
# rows make and pages show, and neither may import the other.
ROOMS, FLOORS = 25, 9


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


def test_the_spelling_of_what_git_ignores_is_nobodys_business() -> None:
    """A run folder in the tree, as `make board` leaves one, fails no check: hidden folders are passed over anyway."""
    skipped = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["codespell"]["skip"].split(",")
    ignored = {line.rstrip("/") for line in (ROOT / ".gitignore").read_text().split()}
    assert {name for name in ignored if not name.startswith(".")} <= {*skipped}


def declares_types_alone(file: Path) -> bool:
    """Whether a module holds classes without any code: what has these types is tested where it is made."""
    nodes = [type(node) for node in ast.walk(ast.parse(file.read_text()))]
    return ast.ClassDef in nodes and not {ast.FunctionDef, ast.Lambda} & set(nodes)


def test_a_test_mirrors_each_module() -> None:
    """`x/_name.py` is tested by `tests/x/test_name.py`; what makes a package or a command of it is left out."""
    files = [file for top in MIRRORED for file in (ROOT / top).rglob("*.py") if not file.stem.startswith("__")]
    tests = {file: file.relative_to(ROOT).with_name(f"test_{file.stem.lstrip('_')}.py") for file in files}
    assert len(tests) > 350
    missing = {str(file.relative_to(ROOT)) for file, test in tests.items() if not (ROOT / "tests" / test).is_file()}
    missing -= {str(file.relative_to(ROOT)) for file in files if declares_types_alone(file)}
    assert missing == set()


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


# Who may say `Any` to other packages, and why. Everybody else has a type, `Json` for any plain data, or `object`.
FOREIGN = "takes what anybody's file declares or returns, tensors of torch too, which registry does not import"
TOKENIZER = "takes a tokenizer of transformers, which has no type that all of them share"
NUMBERS_OR_TEXTS = "inputs are numbers or texts, as the suite has them"
ANY_KIND = "takes a registry of any kind of entry, and a Registry is invariant in its kind"
MAY_SAY_ANY = {
    "registry.arrays": FOREIGN,
    "registry.core": FOREIGN,
    "registry.fields": FOREIGN,
    "registry.words": FOREIGN,
    "registry.families.toy_encoder": TOKENIZER,
    "benchmark.reading": NUMBERS_OR_TEXTS,
    "registry.transforms": NUMBERS_OR_TEXTS,
    "benchmark.types": "a reading takes numbers of any kind, and of activations anything is made",
    "benchmark.networks.room": TOKENIZER,
    "benchmark.networks.tokenizing": TOKENIZER,
    "benchmark.plan.catalogue": ANY_KIND,
    "benchmark.plan.sources": ANY_KIND,
    "benchmark.run.cluster.scheduler": "gives a client of Dask, which need not be installed",
}


def package(module: str, known: dict[str, Path]) -> str:
    return module if known[module].name == "__init__.py" else module.rpartition(".")[0]


def names_in(annotation: ast.expr) -> set[str]:
    """The names of types in an annotation, those in quotes too."""
    found: set[str] = set()
    for node in ast.walk(annotation):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            with suppress(SyntaxError):  # a text that is no type
                found |= names_in(ast.parse(node.value, mode="eval").body)
    return found


def loose(known: dict[str, Path]) -> dict[str, set[str]]:
    """In each module `Any`, and the names that stand for types with `Any` in them, its own and those it imports."""
    bodies = {module: ast.parse(file.read_text()).body for module, file in known.items()}
    found = {module: {"Any"} for module in known}
    before = 0
    while before != (now := sum(map(len, found.values()))):
        before = now
        for module, body in bodies.items():
            for node in body:
                if isinstance(node, ast.ImportFrom) and node.module in known:
                    theirs = found[node.module] - {"Any"}
                    found[module] |= {name.asname or name.name for name in node.names if name.name in theirs}
                elif isinstance(node, ast.Assign) and names_in(node.value) & found[module]:
                    names = {target.id for target in node.targets if isinstance(target, ast.Name)}
                    found[module] |= {name for name in names if name[0].isupper() and not name.isupper()}
    return found


def signatures(module: str, known: dict[str, Path]) -> dict[str, set[str]]:
    """The names of types in the signature of each public function, and in each public field of a class."""
    found: dict[str, set[str]] = {}
    body = ast.parse(known[module].read_text()).body
    inner = [("", node) for node in body]
    inner += [(f"{one.name}.", node) for one in body if isinstance(one, ast.ClassDef) for node in one.body]
    for where, node in inner:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            arguments = node.args
            several = [
                *arguments.posonlyargs,
                *arguments.args,
                *arguments.kwonlyargs,
                arguments.vararg,
                arguments.kwarg,
            ]
            annotations = [one.annotation for one in several if one is not None] + [node.returns]
            name = node.name
        elif where and isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            annotations, name = [node.annotation], node.target.id
        else:
            continue
        if not where.startswith("_") and (not name.startswith("_") or name == "__init__"):
            found[f"{where}{name}"] = {one for annotation in annotations if annotation for one in names_in(annotation)}
    return found


def test_no_any_crosses_the_border_of_a_package_but_where_a_reason_is_given() -> None:
    known = modules()
    used = {
        other
        for module in known
        for other in imported(module, known)
        if package(other, known) != package(module, known)
    }
    stand_for_any = loose(known)
    public = [module for module in used if not any(part.startswith("_") for part in module.split("."))]
    said = {
        module: sorted(name for name, types in signatures(module, known).items() if types & stand_for_any[module])
        for module in public
    }
    assert len(public) > 100
    assert {module: names for module, names in said.items() if names and module not in MAY_SAY_ANY} == {}
    assert [module for module in MAY_SAY_ANY if not said.get(module)] == []  # what needs no exception has none
