"""16,000 made-up biographies in 28 occupations, with the published share of women in each: no file, no download.

Half of the sentences on someone's work fit every occupation of a field: who knows that women and men choose
differently within it can guess better, so gender is a shortcut. Parameters were fixed before a network saw the data.
"""

from pathlib import Path

import numpy as np

from registry import Data, Dataset
from registry.datasets._biographies import split
from registry.datasets._occupations import FIELDS, OCCUPATIONS, Occupation
from registry.datasets._people import CLOSINGS, FIRST_NAMES, LAST_NAMES, OPENINGS, PRONOUNS, TITLES, TOWNS
from registry.datasets._texts import Labelled

BIOGRAPHIES = 16_000
ON_WORK = 2  # sentences of each biography
TELLING = 0.3  # of them tell the occupation, the others only its field
CLOSED = 0.5  # of the biographies end in a sentence on private life
WHO = (0.5, 0.2, 0.15, 0.15)  # how often somebody is a pronoun, "Ms. Smith", the first name, the last name


def load(folder: Path) -> Data:
    """Texts (S,). Labels are occupations, and women are group 1."""
    generator = np.random.default_rng(0)
    people = [
        (label, group)
        for label, occupation in enumerate(OCCUPATIONS)
        for group, count in enumerate(_counts(occupation))
        for _ in range(count)
    ]
    order = generator.permutation(len(people))
    return split([_biography(generator, people[place], number) for number, place in enumerate(order)])


def _counts(occupation: Occupation) -> tuple[int, int]:
    """How many men and women."""
    count = round(BIOGRAPHIES * occupation.share / 100)
    women = round(count * occupation.women / 100)
    return count - women, women


def _biography(generator: np.random.Generator, person: tuple[int, int], number: int) -> Labelled:
    label, group = person
    occupation = OCCUPATIONS[label]
    first, last = _one(generator, FIRST_NAMES[group]), _one(generator, LAST_NAMES)
    sentences = [_one(generator, OPENINGS[group])]
    field, own = list(FIELDS[occupation.field]), list(occupation.sentences)
    for _ in range(ON_WORK):
        told = own if generator.random() < TELLING else field
        sentences.append(told.pop(generator.integers(len(told))))
    if generator.random() < CLOSED:
        sentences.append(_one(generator, CLOSINGS[group]))
    written = [_sentence(generator, sentence, first, last, group) for sentence in sentences]
    return Labelled(" ".join(written), label, f"generated-bios:{number}", group, f"{first} {last}")


def _sentence(generator: np.random.Generator, sentence: str, first: str, last: str, group: int) -> str:
    titled = f"{_one(generator, TITLES[group])} {last}"
    who = (PRONOUNS[group]["who"], titled, first, last)[generator.choice(len(WHO), p=WHO)]
    filled = sentence.format(
        **{**PRONOUNS[group], "who": who},
        name=f"{first} {last}",
        town=_one(generator, TOWNS),
        count=generator.integers(2, 20),
        year=generator.integers(1975, 2020),
    )
    return filled[0].upper() + filled[1:]


def _one(generator: np.random.Generator, among: tuple[str, ...] | list[str]) -> str:
    return among[generator.integers(len(among))]


DATASET = Dataset(
    name="generated-bios",
    modality="text",
    load=load,
    reference="none: made here; shares of occupations and of women as in De-Arteaga et al. 2019 (Bias in Bios)",
    licence="generated",
    size="generated",
    origin="generated",
)
