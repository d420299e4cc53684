"""Sentences of a few words, liked or not, made for tests and first steps: no file, no download."""

from pathlib import Path

import numpy as np

from registry import Data, Dataset
from registry.datasets._texts import Labelled, texts

SENTENCES = 900
OPINIONS = (("hated", "asleep", "leave", "waste"), ("loved", "laughed", "again", "awake"))  # they tell the label
ADJECTIVES = (("bad", "dull", "weak"), ("good", "fresh", "strong"))  # they agree with it in three of four
FILLERS = ("the", "film", "a", "story", "actor", "scene", "music", "is", "was", "and", "with", "its", "in", "ending")


def load(folder: Path) -> Data:
    """Texts (S,). A sentence that likes its film has the label 1."""
    generator = np.random.default_rng(0)
    rows = [_sentence(generator, number) for number in range(SENTENCES)]
    return texts(rows[: SENTENCES * 2 // 3], rows[SENTENCES * 2 // 3 :])


def _sentence(generator: np.random.Generator, number: int) -> Labelled:
    label = int(generator.integers(2))
    polarity = label if generator.random() < 0.75 else 1 - label
    words = [str(word) for word in generator.choice(FILLERS, size=generator.integers(4, 12))]
    words.insert(int(generator.integers(len(words))), str(generator.choice(OPINIONS[label])))
    words.insert(int(generator.integers(len(words))), str(generator.choice(ADJECTIVES[polarity])))
    return Labelled(" ".join(words), label, f"toy-sentences:{number}")


DATASET = Dataset(
    name="toy-sentences",
    modality="text",
    load=load,
    reference="none: made for tests and first steps",
    licence="generated",
    size="generated",
    origin="generated",
)
