"""Every kind of file that somebody else wrote, damaged at random: it is read, or one line names it and the reason.

Photographs are in `test_photographs.py`, pickles in `test_hostile_pickles.py`, records in `test_fuzzed_records.py`.
"""

import gzip
import os
import random
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from benchmark.plan.catalogue import REGISTRIES, forget_included, include
from registry import DATASETS, UserError
from registry.datasets._occupations import OCCUPATIONS

ROUNDS = int(os.environ.get("FUZZED_FILES", "30"))  # more of them in a long search
ODD = (b"", b"\0", b"\xff\xfe", b"\n", b"\r", b"\t", b",", b"nan", b"inf", b"-1", b"1e999", b"9" * 400, b"\xe2\x80\xa8")


def damaged(content: bytes, generator: random.Random) -> bytes:
    """The bytes with a few places other, gone, twice or odd, or cut."""
    found = bytearray(content)
    for _ in range(generator.randint(1, 3)):
        place = generator.randrange(min(len(found), 64) if generator.random() < 0.4 else len(found)) if found else 0
        end = place + generator.choice([0, 1, 1, 8, len(found) // 3])
        how = generator.choice(["byte", "gone", "twice", "odd", "cut"])
        if how == "byte":
            found[place : place + 1] = bytes([generator.randrange(256)])
        elif how == "cut":
            del found[place:]
        else:
            found[place:end] = {"gone": b"", "twice": found[place:end] * 2, "odd": generator.choice(ODD)}[how]
    return bytes(found)


def idx(array: np.ndarray) -> bytes:
    return struct.pack(f">BBBB{array.ndim}I", 0, 0, 8, array.ndim, *array.shape) + array.tobytes()


def mnist(folder: Path) -> None:
    generator = np.random.default_rng(0)
    (folder / "MNIST" / "raw").mkdir(parents=True)
    for part in ("train", "t10k"):
        for name, shape, most in (("images-idx3", (20, 28, 28), 256), ("labels-idx1", (20,), 10)):
            content = idx(generator.integers(0, most, shape, dtype=np.uint8))
            (folder / "MNIST" / "raw" / f"{part}-{name}-ubyte").write_bytes(content)


def imdb(folder: Path) -> None:
    for part in ("train", "test"):
        for label in ("neg", "pos"):
            (folder / "aclImdb" / part / label).mkdir(parents=True)
            for number in range(2):
                text = f"{part} {label} {number}: a film, Poincaré said.\n"
                (folder / "aclImdb" / part / label / f"{number}.txt").write_text(text, encoding="utf-8")


def bias_in_bios(folder: Path) -> None:
    from pyarrow import Table, parquet

    (folder / "data").mkdir(parents=True)
    for part in ("train", "test"):
        rows = [{"hard_text": f"{part} {n} says so", "profession": n % len(OCCUPATIONS), "gender": n % 2}
                for n in range(8)]  # fmt: skip
        parquet.write_table(Table.from_pylist(rows), folder / "data" / f"{part}-00000-of-00001.parquet")


def movie_snippets(folder: Path) -> None:
    folder.mkdir(parents=True)
    rows = [f"{n}\t{(-1) ** n * 2.5}\tfilm {n} was as it was, é\n" for n in range(40)]
    (folder / "movieReviewSnippets_GroundTruth.txt").write_text("".join(rows), encoding="utf-8")


def english_words(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "cmudict.dict").write_text("".join(f"word{n} W ER1 D # {n}\n" for n in range(40)))


def spam_emails(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "spambase.dat").write_text("".join(", ".join(["0.5"] * 57 + ["1"]) + "\n" for _ in range(30)))


def mnist_5k(folder: Path) -> None:
    folder.mkdir(parents=True)
    rows = "".join(",".join(["7"] * 784 + [str(n % 10)]) + "\n" for n in range(20))
    (folder / "mnist_5k.csv.gz").write_bytes(gzip.compress(rows.encode(), mtime=0))


MAKERS: dict[str, Callable[[Path], None]] = {
    "mnist": mnist,
    "imdb": imdb,
    "bias-in-bios": bias_in_bios,
    "movie-snippets": movie_snippets,
    "english-words": english_words,
    "spam-emails": spam_emails,
    "mnist-5k": mnist_5k,
}


@pytest.mark.parametrize("name", MAKERS)
def test_a_damaged_file_of_a_data_set_is_read_or_named(name: str, tmp_path: Path) -> None:
    generator = random.Random(name)
    folder = tmp_path / name
    MAKERS[name](folder)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    load = DATASETS[name].load
    named = 0
    for _ in range(ROUNDS):
        path = generator.choice(files)
        before = path.read_bytes()
        path.write_bytes(damaged(before, generator))
        try:
            load(folder)
        except UserError as error:
            named += 1
            said = str(error)
            assert str(folder) in said, said
            assert "\n" not in said, said
        path.write_bytes(before)
    assert named > ROUNDS // 6


def not_utf8(folder: Path) -> None:
    """A table whose texts are bytes of no text."""
    from pyarrow import Table, array, binary, parquet

    path = folder / "data" / "test-00000-of-00001.parquet"
    texts = array([b"\xff\xfe"], binary()).view("string")
    parquet.write_table(Table.from_pydict({"hard_text": texts, "profession": [0], "gender": [0]}), path)


@pytest.mark.parametrize(
    ("name", "damage", "file"),
    [
        ("bias-in-bios", not_utf8, "data/test-00000-of-00001.parquet"),
        ("mnist-5k", lambda folder: (folder / "mnist_5k.csv.gz").write_bytes(gzip.compress(b"\n")), "mnist_5k.csv.gz"),
    ],
)
def test_what_a_long_search_has_found_is_named(
    name: str, damage: Callable[[Path], object], file: str, tmp_path: Path
) -> None:
    MAKERS[name](tmp_path / name)
    damage(tmp_path / name)
    with pytest.raises(UserError, match=f"^{tmp_path / name / file}"):
        DATASETS[name].load(tmp_path / name)


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (a_pipe, "no file: a pipe"),
        (Path.mkdir, "no file: a folder"),
        (lambda path: path.symlink_to("/dev/zero"), "no file: a device"),
        (lambda path: path.symlink_to("nowhere"), "a link to nothing"),
    ],
)
@pytest.mark.parametrize(
    ("name", "place"), [("imdb", "aclImdb/train/pos/9.txt"), ("bias-in-bios", "data/train-other.parquet")]
)
def test_what_is_no_file_is_named_and_not_waited_for(
    name: str, place: str, make: Callable[[Path], None], why: str, tmp_path: Path
) -> None:
    MAKERS[name](tmp_path / name)
    make(tmp_path / name / place)
    if name == "bias-in-bios":
        (tmp_path / name / "data" / "train-00000-of-00001.parquet").unlink()
    with pytest.raises(UserError) as error:
        DATASETS[name].load(tmp_path / name)
    assert f"{tmp_path / name / place}: {why}" in str(error.value)


MODULE = '''"""mine: a measure."""
from memorank import Measure, Value

MEASURE = Measure(
    name="mine", better={"heuristic": "low", "example-level": "high"}, needs=("activations",),
    compute=lambda outputs, settings: Value(1.0), reference="none: a test",
)
'''
ODD_MODULES = {
    "nothing": "",
    "no text": b"\xff\xfe\0",
    "NUL": "x = 1\0",
    "another encoding": "# -*- coding: rot13 -*-\nx = 1\n",
    "an unknown encoding": "# -*- coding: mine -*-\nx = 1\n",
    "half": MODULE[: len(MODULE) // 2],
    "parentheses": f"x = {'(' * 5000}{')' * 5000}\n{MODULE}",
    "operations": f"x = {'+'.join(['1'] * 50_000)}\n{MODULE}",
    "minuses": f"x = {'-' * 20_000}1\n{MODULE}",
    "attributes": f"x = a{'.b' * 20_000}\n{MODULE}",
    "blocks": "".join(f"{' ' * n}if 1:\n" for n in range(99)) + " " * 99 + "x = 1\n" + MODULE,
    "a long number": f"x = {'9' * 10_000}\n{MODULE}",
    "many lines": "x = 1\n" * 5_000 + MODULE,
    "raises": f"{MODULE}raise ValueError('\\x1b[31m no\\n')\n",
    "raises what has no text": f"class No(Exception):\n    def __str__(self): raise self\n{MODULE}raise No\n",
    "raises what is no exception": f"class No(BaseException): pass\n{MODULE}raise No('no')\n",
    "exits": f"{MODULE}raise SystemExit(0)\n",
    "leaves a generator": f"{MODULE}raise GeneratorExit\n",
    "recurses": f"{MODULE}def f(): f()\nf()\n",
    "memory": f"{MODULE}raise MemoryError\n",
    "another type": "MEASURE = dict(name='mine')\n",
    "a text": "MEASURE = 'mine'\n",
    "a class": "class MEASURE: name = 'mine'\n",
    "a name of another type": MODULE.replace('name="mine"', "name=7"),
    "a name that leads out": MODULE.replace('name="mine"', 'name="../../mine"'),
    "a name of controls": MODULE.replace('name="mine"', 'name="\\x1b[31mmine"'),
    "an unhashable name": MODULE.replace('name="mine"', "name=[]"),
    "better of another type": MODULE.replace('{"heuristic": "low", "example-level": "high"}', "7"),
    "needs of another type": MODULE.replace('("activations",)', "7"),
    "compute of another type": MODULE.replace("lambda outputs, settings: Value(1.0)", "7"),
    "a reference of another type": MODULE.replace('"none: a test"', "7"),
    "no reference": MODULE.replace('reference="none: a test",', ""),
    "a word too many": MODULE.replace("reference=", "more=1, reference="),
    "several, one of another type": f"{MODULE}MEASURES = (MEASURE, 7, None)\n",
    "several that are none": f"{MODULE}MEASURES = 7\n",
    "imports itself": f"import mine\n{MODULE}",
    "imports what is not there": f"import nowhere_at_all\n{MODULE}",
    "imports above": f"from ... import x\n{MODULE}",
    "a star": f"from os import *\n{MODULE}",
}


def looked_at(path: Path) -> list[str]:
    """What is said of an included file by what lists entries and by what uses them; nothing where it can be used."""
    forget_included()
    try:
        said = include([path])
        for entries in REGISTRIES.values():
            said += [f"{path}: {text}" for text in entries.broken().values() if str(path) not in text]
            said += [text for text in entries.broken().values() if str(path) in text]
            for name in entries:
                entries.summary(name)
        for measure in REGISTRIES["measures"].usable().values():
            repr(measure.name)
    except UserError as error:
        said = [str(error)]
    return said


@pytest.mark.parametrize("name", ODD_MODULES)
def test_an_odd_included_file_is_used_or_named(name: str, tmp_path: Path) -> None:
    content = ODD_MODULES[name]
    path = tmp_path / "mine.py"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    for said in looked_at(path):
        assert str(path) in said
        assert "\n" not in said


def test_a_damaged_included_file_is_used_or_named(tmp_path: Path) -> None:
    generator = random.Random(0)
    path = tmp_path / "mine.py"
    named = 0
    for _ in range(2 * ROUNDS):
        path.write_bytes(damaged(MODULE.encode(), generator))
        said = looked_at(path)
        named += bool(said)
        assert all(str(path) in text and "\n" not in text for text in said), said
    assert named > ROUNDS
