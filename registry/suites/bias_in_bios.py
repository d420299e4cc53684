"""Bias in Bios: whose occupation is it? Biographies, raw or scrubbed of gender, women and men balanced or not."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from registry import Condition, Data, Examples, Paper, Splits, TaskSuite
from registry.suites._conditions import HELD_OUT_SEED
from registry.suites._scrubbing import scrubbed

OCCUPATIONS = 28


def make(data: Data, condition: Condition, seed: int) -> Splits:
    """Splits of texts (S,) for a condition FORM-BALANCE: raw or scrubbed; original, subsampled or oversampled."""
    form, balance = str(condition).split("-")
    raw, plain = _both_forms(data)
    train, held_out = raw if form == "raw" else plain
    return Splits(
        train=train.at(_rows(train, balance, seed)),
        evaluation=raw[1],
        # measures must not read an example twice: held-out ones are balanced by leaving some out
        in_distribution=held_out if balance == "original" else held_out.at(_subsampled(held_out, HELD_OUT_SEED)),
    )


def facts(data: Data) -> Sequence[tuple[str, str]]:
    """How many biographies there are and about whom, and what scrubbing makes of one of them."""
    raw, plain = _both_forms(data)
    women = [
        f"{np.mean(part.groups == 1):.0%} of {len(part)} {where}"
        for part, where in zip(raw, ("to train on", "held out"), strict=True)
    ]
    names = "names, pronouns and gendered words go"
    unknown = "pronouns and gendered words go; the data do not tell the names, which stay"
    return [
        ("women", ", ".join(women)),
        ("scrubbed", unknown if data.train.names is None else names),
        ("for example", f"{raw[0].inputs[0]} -> {plain[0].inputs[0]}"),
    ]


Parts = tuple[Examples, Examples]  # to train on, and held out


def _both_forms(data: Data) -> tuple[Parts, Parts]:
    """The same biographies raw and scrubbed, each to train on and held out.

    Of biographies that are the same once scrubbed only the first is kept.
    """
    seen: set[str] = set()
    raw, plain = [], []
    for part in (data.train, data.held_out):
        texts = scrubbed(part.inputs, part.names)
        first = {str(text): row for row, text in reversed(list(enumerate(texts)))}
        rows = np.array([row for text, row in reversed(first.items()) if text not in seen], dtype=np.int64)
        seen |= first.keys()
        raw.append(replace(part, names=None).at(rows))
        plain.append(replace(part, inputs=texts, names=None).at(rows))
    return (raw[0], raw[1]), (plain[0], plain[1])


def _rows(examples: Examples, balance: str, seed: int) -> NDArray[np.int64]:
    """The rows of the training set of a balance."""
    if balance == "original":
        return np.arange(len(examples))
    return _subsampled(examples, seed) if balance == "subsampled" else _oversampled(examples, seed)


def _subsampled(examples: Examples, seed: int) -> NDArray[np.int64]:
    """Rows of as many women as men in each occupation: of those who are more frequent a seeded part."""
    chosen = [rows[: min(map(len, sides))] for sides in _sides(examples, seed) for rows in sides]
    return np.sort(np.concatenate(chosen))


def _oversampled(examples: Examples, seed: int) -> NDArray[np.int64]:
    """Rows of as many women as men in each occupation: those who are rarer are repeated.

    An occupation in which there are no women, or no men, is left out.
    """
    most = [(sides, max(map(len, sides)) * (min(map(len, sides)) > 0)) for sides in _sides(examples, seed)]
    return np.sort(np.concatenate([np.resize(rows, count) for sides, count in most for rows in sides]))


def _sides(examples: Examples, seed: int) -> list[list[NDArray[np.int64]]]:
    """The rows of the men and of the women of each occupation, each in a seeded order."""
    generator = np.random.default_rng(seed)
    return [
        [
            generator.permutation(np.flatnonzero((examples.labels == label) & (examples.groups == side)))
            for side in (0, 1)
        ]
        for label in range(OCCUPATIONS)
    ]


SUITE = TaskSuite(
    name="bias-in-bios",
    kind="heuristic",
    modality="text",
    conditions=(
        "scrubbed-subsampled",
        "scrubbed-oversampled",
        "scrubbed-original",
        "raw-subsampled",
        "raw-oversampled",
        "raw-original",
    ),
    datasets=("generated-bios", "bias-in-bios"),
    default_data="generated-bios",
    input_shape=(128,),
    num_classes=OCCUPATIONS,
    metrics=("compression", "tpr-gap", "sufficiency-gap"),
    make=make,
    facts=facts,
    equal_sizes=False,
    about=(
        "Whose occupation is it, of 28? Six training sets of biographies, raw or scrubbed of what tells gender, "
        "with women and men as they are or balanced in each occupation, make gender a shortcut or not."
    ),
    figures="4",
    reference="Bansal, Pruthi, Belinkov 2022, section 4.1; De-Arteaga et al. 2019; Orgad et al. 2022",
    paper=Paper(
        data="bias-in-bios",
        family="roberta",
        tau={
            "compression": {"mean-entropy": 0.47, "mean-mi": 0.60},
            "tpr-gap": {"mean-entropy": 0.20, "mean-mi": 0.07},
            "sufficiency-gap": {"mean-entropy": 0.20, "mean-mi": 0.33},
        },
    ),
)
