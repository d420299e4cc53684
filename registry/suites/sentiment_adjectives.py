"""Sentiment Adjectives: reviews liked or not, where alpha of the labels against their adjectives are overwritten."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from registry import Condition, Data, DataError, Examples, Paper, Splits, TaskSuite
from registry.suites._adjectives import LISTS, NONE, polarity
from registry.suites._conditions import HELD_OUT_SEED, chosen_share

ENOUGH = 2000  # training reviews with the paper's ten words; where there are fewer, the long lists are taken


@dataclass(frozen=True)
class _Reviews:
    """Reviews with words of one list only.

    Attributes:
        examples: The reviews (S,).
        polarity: (S,) the polarity of these words.
    """

    examples: Examples
    polarity: NDArray[np.int64]

    @property
    def obeying(self) -> NDArray[np.bool_]:
        """(S,) whether the adjectives give the true label."""
        return np.equal(self.polarity, self.examples.labels)

    def at(self, rows: NDArray[np.int64]) -> "_Reviews":
        """Some of them."""
        return _Reviews(self.examples.at(rows), self.polarity[rows])


def make(data: Data, condition: Condition, seed: int) -> Splits:
    """Splits of texts (S,): a share alpha of those that violate the heuristic has the label that it gives."""
    alpha = float(condition)
    _, train, held_out = _selected(data)
    return Splits(
        train=_overwritten(train, alpha, seed),
        evaluation=_equal_cells(held_out).examples,
        in_distribution=_overwritten(held_out, alpha, HELD_OUT_SEED),
    )


def facts(data: Data) -> Sequence[tuple[str, str]]:
    """How many reviews there are, and how often the heuristic is right."""
    name, train, held_out = _selected(data)
    test = _equal_cells(held_out)
    words = len(LISTS[name].negative | LISTS[name].positive)
    obeyed = [
        f"{reviews.obeying.mean():.0%} of {len(reviews.examples)} {where}"
        for reviews, where in ((train, "to train on"), (held_out, "held out"), (test, "to test on"))
    ]
    return [("adjectives", f"the {name} list, {words} words"), ("obeyed by", ", ".join(obeyed))]


def _selected(data: Data) -> tuple[str, _Reviews, _Reviews]:
    """The name of the lists, and the reviews of each part with words of one of them only."""
    paper = _with_adjectives(data.train, "paper")
    name = "paper" if len(paper.examples) >= ENOUGH else "long"
    train = paper if name == "paper" else _with_adjectives(data.train, name)
    return name, train, _with_adjectives(data.held_out, name)


def _with_adjectives(reviews: Examples, name: str) -> _Reviews:
    found = polarity(reviews.inputs, LISTS[name])
    return _Reviews(reviews, found).at(np.flatnonzero(found != NONE))


def _overwritten(reviews: _Reviews, alpha: float, seed: int) -> Examples:
    """All reviews; a share alpha of those that violate the heuristic has its adjectives' polarity for a label."""
    violating = np.flatnonzero(~reviews.obeying)
    chosen = violating[chosen_share(len(violating), alpha, np.random.default_rng(seed))]
    labels = reviews.examples.labels.copy()
    labels[chosen] = reviews.polarity[chosen]
    return replace(reviews.examples, labels=labels)


def _equal_cells(reviews: _Reviews) -> _Reviews:
    """Of each polarity as many reviews that obey the heuristic as violate it, so that it is right for one half of them.

    Raises:
        DataError: There is none of a kind.
    """
    generator = np.random.default_rng(HELD_OUT_SEED)
    rows: list[NDArray[np.int64]] = []
    for side in (0, 1):
        kinds = [np.flatnonzero((reviews.polarity == side) & (reviews.obeying == obeying)) for obeying in (True, False)]
        obeying, violating = map(len, kinds)
        fewest = min(obeying, violating)
        if not fewest:
            words = f"held-out reviews with only {('negative', 'positive')[side]} words"
            raise DataError(f"{words}: {obeying} obey them, {violating} violate them; some of both are needed")
        rows += [generator.permutation(kind)[:fewest] for kind in kinds]
    return reviews.at(np.sort(np.concatenate(rows)))


SUITE = TaskSuite(
    name="sentiment-adjectives",
    kind="heuristic",
    modality="text",
    knob="alpha",
    conditions=(0.0, 0.2, 0.4, 0.6, 0.8, 1.0),
    datasets=("movie-snippets", "imdb", "toy-sentences"),
    default_data="movie-snippets",
    input_shape=(512,),
    num_classes=2,
    metrics=("accuracy",),
    make=make,
    facts=facts,
    about=(
        "Is a review favourable, where it holds words such as good or awful of one list only? A share alpha of the "
        "training labels that these words belie is overwritten by their polarity, and half of the test reviews "
        "belie them."
    ),
    figures="2 and 3",
    reference="Bansal, Pruthi, Belinkov 2022, section 4.1; there tested on reviews in their natural mix",
    paper=Paper(data="imdb", family="distilbert", tau={"accuracy": {"mean-entropy": 0.8, "mean-mi": 0.8}}),
)
