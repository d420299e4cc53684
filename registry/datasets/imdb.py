"""IMDb: 25,000 movie reviews to train on and 25,000 held out, liked or not, in the layout of aclImdb."""

from pathlib import Path

from registry import Data, DataError, Dataset
from registry.datasets._hub import parts_of
from registry.datasets._texts import Labelled, read_text, texts

NAME, REVISION = "stanfordnlp/imdb", "e6281661ce1c48d982bc483cf8a173c1bbeb5d31"
LABELS = ("neg", "pos")


def fetch(folder: Path) -> None:
    """Get the reviews by name through the Hugging Face hub, at one revision, and write them in the published layout."""
    source = "https://ai.stanford.edu/~amaas/data/sentiment"
    parts = parts_of(NAME, f"or unpack aclImdb_v1.tar.gz (84 MB, from {source}) into {folder}", REVISION)
    for part, rows in parts.items():
        for label in LABELS:
            (folder / "aclImdb" / part / label).mkdir(parents=True, exist_ok=True)
        for number, row in enumerate(rows):
            path = folder / "aclImdb" / part / LABELS[row["label"]] / f"{number}.txt"
            path.write_text(row["text"], encoding="utf-8")


def load(folder: Path) -> Data:
    """Texts (S,). A review that likes its film has the label 1.

    Raises:
        DataError: A file is not as published: which one, and where.
    """
    return texts(_part(folder / "aclImdb" / "train"), _part(folder / "aclImdb" / "test"))


def _part(folder: Path) -> list[Labelled]:
    unknown = sorted(path.name for path in folder.iterdir() if path.is_dir() and path.name not in (*LABELS, "unsup"))
    if unknown:
        raise DataError(f"{folder / unknown[0]}: no label of this data set; its labels are {' and '.join(LABELS)}")
    return [
        Labelled(read_text(path), label, str(path))
        for label, name in enumerate(LABELS)
        for path in sorted((folder / name).glob("*.txt"))
    ]


DATASET = Dataset(
    name="imdb",
    modality="text",
    load=load,
    fetch=fetch,
    files={f"aclImdb/{part}/{label}/*.txt": None for part in ("train", "test") for label in LABELS},
    reference="Maas et al. 2011: Learning Word Vectors for Sentiment Analysis",
    licence="none stated; for research, cite the paper",
    size="84 MB to download, 140 MB on disk",
    origin="published",
)
