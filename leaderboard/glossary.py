"""The words of docs/glossary.md that a person asks `memorank describe` about, though they are no names of entries.

In: a word. Out: the line about it.
"""

WORDS = {
    "anchor": "one more network of the same recipe and seed, trained on labels drawn at random, to compare with",
    "board": "the tables, figures and page made from the records",
    "cell": "one unit of work: one training, or one scoring of its outputs",
    "condition": "one setting of the knob, or one named training set",
    "inputs": "the examples on which measures are read, `evaluation` or `in-distribution`",
    "knob": "the number that a suite turns: alpha is the share of examples with the shortcut, beta of redrawn labels",
    "model": "a network averaged over its seeds: what is ranked",
    "network": "one trained seed of a family under one condition and one recipe",
    "placebo": "a measure that cannot know of memorization, to be beaten by any that does",
    "plan": "a YAML file that says what to run",
    "recipe": "one way of training: optimizer, learning rate, batch size and so on",
    "record": "a cell's result on disk",
    "scope": "whether a measure is computed within each `tap` or over the whole `network`",
    "tap": "the place in a network where activations are read",
    "tau": "agreement of two orders, from -1 to +1: pairs in the same order less pairs in the other, over all",
    "yardstick": "a measure that may see labels, as held-out accuracy",
}


def explained(word: str) -> str | None:
    """What a word of the glossary means, None for another.

    >>> explained("Tap")
    'tap: the place in a network where activations are read (more words: docs/glossary.md)'
    """
    meaning = WORDS.get(word.casefold())
    return meaning and f"{word.casefold()}: {meaning} (more words: docs/glossary.md)"
