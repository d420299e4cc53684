"""YAML as a plan needs it: numbers of YAML 1.2, no duplicate keys, no aliases, no object tags, and line numbers.

In: text. Out: a `Document` of plain values that knows on which line each one stands.
"""

import re
from dataclasses import dataclass

import yaml

from benchmark.plain.strict_json import Json

Path = tuple[str | int, ...]


class YamlError(ValueError):
    """Text that is no plan; `line` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True)
class Document:
    """Plain values, and the line of each key and list member by its path."""

    content: Json
    lines: dict[Path, int]

    def line_of(self, path: Path) -> int:
        """The line of the value, or of the nearest one around it that stands in the text."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


class _Loader(yaml.SafeLoader):
    """SafeLoader with the plain scalars of YAML 1.2: 1e-3 is a number, 010 is ten, yes and 2020-01-01 are words."""

    yaml_implicit_resolvers = {}  # noqa: RUF012  # not those of YAML 1.1


def _integer(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> int:
    text = str(node.value)
    return int(text, 0) if text.startswith(("0x", "0o")) else int(text)


for _tag, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", "~nN\0"),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    (
        "float",
        r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
        "-+.0123456789",
    ),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^({_pattern})$"), list(_first))
_Loader.add_constructor("tag:yaml.org,2002:int", _integer)


def read_yaml(text: str) -> Document:
    """Parse one document. Raises YamlError for anything that is not plain, named data.

    >>> read_yaml("rate: 1e-3").content
    {'rate': 0.001}
    """
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        if node is None:
            raise YamlError(1, "the file is empty")
        lines: dict[Path, int] = {}
        _walk(node, (), lines, set())
        return Document(loader.construct_document(node), lines)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlError(mark.line + 1 if mark else 1, error.problem or "not YAML") from error
    except YamlError:
        raise
    except (yaml.YAMLError, ValueError, KeyError, RecursionError) as error:
        raise YamlError(1, f"not plain YAML: {str(error).splitlines()[0]}") from error


def read_value(text: str) -> Json:
    """One value as it would stand in a plan: the right side of `--set key=value`."""
    return read_yaml(text).content


def _walk(node: yaml.Node, path: Path, lines: dict[Path, int], seen: set[int]) -> None:
    line = node.start_mark.line + 1
    lines.setdefault(path, line)
    if id(node) in seen:
        raise YamlError(line, "anchors and aliases are not allowed")
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        for number, member in enumerate(node.value):
            _walk(member, (*path, number), lines, seen)
    elif isinstance(node, yaml.MappingNode):
        keys: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise YamlError(key.start_mark.line + 1, "a key must be a word")
            if key.value in keys:
                raise YamlError(key.start_mark.line + 1, f"the key {key.value!r} stands twice")
            keys.add(key.value)
            lines[(*path, key.value)] = key.start_mark.line + 1
            _walk(value, (*path, key.value), lines, seen)
