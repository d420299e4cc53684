"""YAML for plans: what is read, what is refused, and on which line."""

import pytest

from benchmark.plain.strict_yaml import YamlError, read_yaml


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1e-3", 0.001),
        ("1E5", 1e5),
        ("-2.5e+3", -2500.0),
        (".5", 0.5),
        ("3", 3),
        ("-7", -7),
        ("010", 10),
        ("0x1f", 31),
        ("1_000", "1_000"),
        ("1:30", "1:30"),
        ("yes", "yes"),
        ("2020-13-45", "2020-13-45"),
        ("~", None),
        ("true", True),
        ("a", "a"),
    ],
)
def test_numbers_are_those_of_yaml_1_2(text: str, value: object) -> None:
    found = read_yaml(f"x: {text}").content["x"]
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "empty"),
        ("# only a comment\n", 1, "empty"),
        ("a: 1\nb: 2\na: 3\n", 3, "'a' stands twice"),
        ("a:\n  - {b: 1, b: 2}\n", 2, "'b' stands twice"),
        ("a: &x [1, 2]\nb: *x\n", 1, "aliases"),
        ("a: 1\nb: !!python/object/apply:os.system ['true']\n", 2, "constructor"),
        ("a: 1\nb: [1, 2\n", 3, "expected"),
        ("? [1, 2]\n: 3\n", 1, "key must be a word"),
        ("a: 1\n--- \nb: 2\n", 2, "another document"),
    ],
)
def test_refusals_name_the_line(text: str, line: int, message: str) -> None:
    with pytest.raises(YamlError, match=message) as caught:
        read_yaml(text)
    assert caught.value.line == line


def test_an_alias_bomb_is_refused_at_once() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"b{n}: &b{n} [*{'a' if n == 0 else f'b{n - 1}'}, *{'a' if n == 0 else f'b{n - 1}'}]\n" for n in range(40)
    )
    with pytest.raises(YamlError, match="aliases"):
        read_yaml(bomb)


def test_lines_of_values() -> None:
    document = read_yaml("a: 1\nb:\n  - {c: 2}\n  - {c: 3,\n     d: 4}\n")
    assert [document.line_of(p) for p in (("a",), ("b", 1), ("b", 1, "d"), ("b", 1, "nowhere"), ())] == [1, 4, 5, 4, 1]
