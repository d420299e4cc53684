"""The words of `memorank rank` as data: each says what it does, and defaults are those that the help names."""

from benchmark.candidates.opening import TOKENS
from benchmark.networks.own_inputs import EXAMPLES
from memorank.rank_options import RANK


def test_each_option_says_what_it_does_and_none_stands_twice() -> None:
    words = [one.word for one in RANK]
    assert len(set(words)) == len(words)
    assert all(one.settings["help"] for one in RANK)


def test_a_default_that_the_help_names_is_the_default() -> None:
    helped = {one.word: one.settings["help"] for one in RANK}
    assert f"(default: {EXAMPLES})" in helped["--examples"]
    assert f"(default: {TOKENS})" in helped["--max-tokens"]
