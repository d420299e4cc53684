"""The words of `memorank rank` as data: each says what it does, and defaults are those that the help names."""

from memorank.rank_options import RANK


def test_each_option_says_what_it_does_and_none_stands_twice() -> None:
    words = [one.word for one in RANK]
    assert len(set(words)) == len(words)
    assert all(one.settings["help"] for one in RANK)


def test_a_default_that_the_help_names_is_the_default() -> None:
    named = {one.word: one for one in RANK if "default" in one.settings and isinstance(one.settings["default"], int)}
    assert {"--examples", "--max-tokens"} <= named.keys()
    for one in named.values():
        assert f"(default: {one.settings['default']})" in one.settings["help"] or one.settings["default"] is False
