"""The file beside an exported network: it is Python whatever the file is called, and says what the network reads."""

import ast
from pathlib import Path

import pytest

from benchmark.networks.weights import WeightsFacts
from benchmark.plan.cells import resolve
from benchmark.plan.reading import read_plan
from benchmark.run.loading_code import HEAD, loading_code

IDENTITY = resolve(read_plan("toy", ["seeds=[0]"]), Path("unused")).cells[0].train_identity
FACTS: WeightsFacts = {
    "key": "a.b.s0-12", "family": "toy-mlp", "family_version": 1, "shape": [3], "num_classes": 2, "seed": 5,
    "tokens": None, "version": "0.2.0",
}  # fmt: skip
ODD = [
    "model.safetensors",
    "a \"b\" 'c'.safetensors",
    "back\\slash.safetensors",
    "{braces}\n.safetensors",
    'a"""b.safetensors',
]


def assigned(text: str) -> dict[str, object]:
    """The constants that the file assigns, read without running it."""
    assert text.startswith(HEAD)
    tree = ast.parse(text)
    assert ast.get_docstring(tree)
    found: dict[str, object] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            found[ast.unparse(node.func)] = node.args[0].value
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]).strip("()") == "SHAPE, CLASSES":
            found["SHAPE, CLASSES"] = ast.literal_eval(node.value)
    return found


@pytest.mark.parametrize("name", ODD)
def test_it_is_python_that_names_its_file_whatever_that_is_called(name: str) -> None:
    found = assigned(loading_code(name, FACTS, {}, IDENTITY, None))
    assert found["Path(__file__).with_name"] == name
    assert found["SHAPE, CLASSES"] == ((3,), 2)
    assert found["torch.manual_seed"] == 5


@pytest.mark.parametrize("name", ODD)
def test_it_names_the_file_that_declares_a_family_of_ones_own(name: str) -> None:
    place = f"/a run/included/12/{name}.py"
    found = assigned(loading_code("model.safetensors", FACTS, {}, IDENTITY, Path(place)))
    assert (found["Path"], found["included"]) == (place, "toy-mlp")
    assert "Path" not in assigned(loading_code("model.safetensors", FACTS, {}, IDENTITY, None))


def test_it_says_what_the_network_reads() -> None:
    images = loading_code("m.safetensors", {**FACTS, "shape": [3, 8, 8]}, {}, IDENTITY, None)
    assert "a batch of shape (examples, 3, 8, 8), scaled as in that suite" in images
    assert "(examples, 3), each example flat" in loading_code("m.safetensors", FACTS, {}, IDENTITY, None)
    texts = loading_code("m.safetensors", {**FACTS, "shape": [64], "tokens": 32}, {}, IDENTITY, None)
    assert "of a longer text the first 32 are read" in texts
    assert "max_length=32)" in texts


def test_tensors_that_share_their_memory_are_put_back_by_name() -> None:
    text = loading_code("m.safetensors", FACTS, {"head.weight": "embeddings.weight"}, IDENTITY, None)
    assert "for alias, name in {'head.weight': 'embeddings.weight'}.items()" in text
    ast.parse(text)
    assert "alias" not in loading_code("m.safetensors", FACTS, {}, IDENTITY, None)
