"""10,300 sentences of movie reviews, liked or not, from the package vaderSentiment: two thirds to train on."""

from pathlib import Path

import numpy as np

from registry import Data, DataError, Dataset
from registry._packaged import Member, Package, fetch_members
from registry.datasets._texts import Labelled, read_text, texts

FILE = "movieReviewSnippets_GroundTruth.txt"
PACKAGE = Package(
    "vaderSentiment==3.3.2", "5d7c06e027fc8b99238edb0d53d970cf97066ef97654009890b83703849632f9", source=True
)
MEMBER = Member(
    f"vaderSentiment-3.3.2/additional_resources/hutto_ICWSM_2014.tar.gz!hutto_ICWSM_2014/{FILE}",
    "c8293b0d942e90e223ea2c0955d969040d1a1be514a978b9af0698940bd13350",
)
UNDECIDED = 0.3  # a mean rating, from -4 to 4, that is nearer to 0 gives no label
TRAIN = 2 / 3


def fetch(folder: Path) -> None:
    """Put the data into a folder, from the package vaderSentiment. Raises DataError if it cannot be had."""
    fetch_members(PACKAGE, [(MEMBER, folder / FILE)])


def load(folder: Path) -> Data:
    """Texts (S,). A sentence that likes its film has the label 1.

    Raises:
        DataError: A file is not as published: which one, and where.
    """
    path = folder / FILE
    rows = [row for number, line in enumerate(read_text(path).splitlines(), 1) for row in _row(line, path, number)]
    order = np.random.default_rng(0).permutation(len(rows))
    train = round(TRAIN * len(rows))
    return texts([rows[place] for place in order[:train]], [rows[place] for place in order[train:]])


def _row(line: str, path: Path, number: int) -> list[Labelled]:
    """One labelled sentence; none if the raters did not decide. Raises DataError for a row of another form."""
    where = f"{path}:{number}"
    columns = line.split("\t")
    if len(columns) != 3:
        raise DataError(f"{where}: expected id, rating and text between tabs, got {len(columns)} columns")
    try:
        rating = float(columns[1])
    except ValueError as error:
        raise DataError(f"{where}: the rating {columns[1]!r} is no number") from error
    if not -4 <= rating <= 4:
        raise DataError(f"{where}: the rating {rating} is not from -4 to 4")
    return [Labelled(columns[2], int(rating > 0), where)] if abs(rating) >= UNDECIDED else []


DATASET = Dataset(
    name="movie-snippets",
    modality="text",
    load=load,
    fetch=fetch,
    files={FILE: MEMBER.sha256},
    reference="Hutto, Gilbert 2014 (VADER), ratings of sentences of Pang, Lee 2004; in vaderSentiment 3.3.2",
    licence="MIT (vaderSentiment)",
    size="1.4 MB",
    origin="stand-in",
)
