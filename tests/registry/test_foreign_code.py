"""Code that comes with data or weights never runs, whatever is answered on stdin, and no door to it is left open."""

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from real_command import ROOT, Command
from small_encoders import saved

from registry import DataError
from registry._transformers import transformers_for
from registry.datasets._hub import parts_of
from registry.families._encoders import encoder_family

PLAN = """
name: p
seeds: [0]
suites: [{suite: sentiment-adjectives, family: mine, data: toy-sentences, train_examples: 50, held_out_examples: 50}]
"""
INCLUDED = """from memorank import encoder_family

FAMILY = encoder_family(name="mine", encoder={folder!r}, layers=2, reference="none")
"""


def hostile(folder: Path, marker: Path) -> Path:
    """An encoder of a type of its own, whose code leaves a marker wherever it is imported."""
    saved(folder)
    for name, own in (("config.json", ("AutoConfig", "AutoModel")), ("tokenizer_config.json", ("AutoTokenizer",))):
        config = json.loads((folder / name).read_text())
        config |= {"auto_map": {door: f"evil.{door}" for door in own}, "tokenizer_class": "Evil", "model_type": "evil"}
        if own == ("AutoTokenizer",):
            config["auto_map"] = {"AutoTokenizer": [None, "evil.AutoTokenizer"]}
        (folder / name).write_text(json.dumps(config))
    (folder / "evil.py").write_text(f"open({str(marker)!r}, 'w').close()\n")
    return folder


def with_config(folder: Path, **other: Any) -> Path:
    saved(folder)
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | other))
    return folder


def test_a_folder_that_brings_code_is_refused_though_every_question_is_answered_with_yes(
    tmp_path: Path, command: Command
) -> None:
    folder = hostile(tmp_path / "encoder", tmp_path / "ran")
    (tmp_path / "mine.py").write_text(INCLUDED.format(folder=str(folder)))
    (tmp_path / "plan.yaml").write_text(PLAN)
    with subprocess.Popen(["yes"], stdout=subprocess.PIPE) as answers:
        found = command("run", "plan.yaml", "--include", "mine.py", stdin=answers.stdout)
        answers.kill()
    assert not (tmp_path / "ran").exists()
    assert found.returncode != 0
    assert "asks to run code that comes with it (auto_map): refused, nothing of it was run" in found.stderr
    assert "[y/N]" not in found.stdout + found.stderr
    assert "Traceback" not in found.stderr


@pytest.mark.parametrize("door", ["AutoConfig", "AutoTokenizer", "AutoModel"])
def test_a_door_that_was_forgotten_refuses_without_asking(
    door: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = hostile(tmp_path / "encoder", tmp_path / "ran")
    monkeypatch.setattr("builtins.input", lambda _: (tmp_path / "asked").touch() or "y")
    with (
        pytest.raises(DataError, match=rf"^{folder}: asks to run code that comes with it \(auto_map\): refused"),
        transformers_for(folder) as transformers,
    ):
        getattr(transformers, door).from_pretrained(str(folder))
    assert not (tmp_path / "asked").exists()
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    ("other", "message"),
    [
        ({"attn_implementation": "evil/kernel"}, "attn_implementation is 'evil/kernel', not eager or sdpa: no code is"),
        ({"_attn_implementation": "kernels-community/flash-attn2"}, "_attn_implementation is 'kernels-community/flash"),
        ({"attn_implementation": "flash_attention_2"}, "attn_implementation is 'flash_attention_2', not eager"),
        ({"attn_implementation": {"": "evil/kernel"}}, "attn_implementation is {'': 'evil/kernel'}"),
        ({"_attn_implementation_internal": "evil/kernel"}, "_attn_implementation_internal is 'evil/kernel'"),
        ({"parts": [{"attn_implementation": "evil/kernel"}]}, "attn_implementation is 'evil/kernel'"),
        ({"text_config": {"attn_implementation": "evil/kernel"}}, "attn_implementation is 'evil/kernel'"),
        ({"experts_implementation": "evil/kernel"}, "experts_implementation is 'evil/kernel'"),
        ({"quantization_config": {"quant_method": "mxfp4"}}, "quantization_config: quantized weights are not read"),
    ],
)
def test_what_would_be_computed_by_code_from_elsewhere_is_refused(
    other: dict[str, Any], message: str, tmp_path: Path
) -> None:
    folder = with_config(tmp_path / "encoder", **other)
    own = encoder_family("mine", str(folder), 2, "none: made for a test")
    for read in (lambda: own.build((32,), 2), own.tokenizer):
        with pytest.raises(DataError, match=re.escape(f"{folder}/config.json: {message}")):
            read()  # type: ignore[misc]


@pytest.mark.parametrize("content", [b"", b"[", b"\xff", b"[" * 100_000, b'{"a":' * 100_000])
def test_a_config_that_is_none_is_named(content: bytes, tmp_path: Path) -> None:
    folder = saved(tmp_path / "encoder")
    (folder / "config.json").write_bytes(content)
    with pytest.raises(DataError, match=rf"^{folder}/config.json: no configuration that can be read \(\w+: .*\)$"):
        encoder_family("mine", str(folder), 2, "none: made for a test").build((32,), 2)


def test_what_transformers_itself_computes_is_read(tmp_path: Path) -> None:
    folder = with_config(tmp_path / "encoder", attn_implementation="eager", quantization_config=None)
    assert encoder_family("mine", str(folder), 2, "none: made for a test").build((32,), 2)


KERNELS = """
__version__ = "0.18.5"

def get_kernel(*_, **__):
    open({marker!r}, "w").close()

def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return lambda *_, **__: lambda kind: kind
"""
SCRIPT = """
import sys
if {first}:
    import transformers.integrations.hub_kernels
from registry._transformers import import_transformers
transformers = import_transformers()
from transformers.integrations import hub_kernels
try:
    hub_kernels.get_kernel("kernels-community/evil", version=1)
except ImportError as error:
    print("refused:", error)
import kernels
print("there for others:", kernels.__version__)
"""


@pytest.mark.long
@pytest.mark.parametrize("first", [False, True])
def test_kernels_from_the_hub_are_off_though_their_package_is_there(first: bool, tmp_path: Path) -> None:
    """A package of that name leaves a marker where it downloads, also where transformers was imported before us."""
    package = tmp_path / "kernels"
    (package / "layer").mkdir(parents=True)
    (package / "__init__.py").write_text(KERNELS.format(marker=str(tmp_path / "ran")))
    (package / "layer" / "__init__.py").write_text("")
    (package / "layer" / "mode.py").write_text("class Mode: pass\n")
    info = tmp_path / "kernels-0.18.5.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: kernels\nVersion: 0.18.5\n")
    found = subprocess.run(
        [sys.executable, "-P", "-c", SCRIPT.format(first=first)],
        env={"PYTHONPATH": f"{ROOT}:{tmp_path}", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert "refused:" in found.stdout, found.stderr
    assert "there for others: 0.18.5" in found.stdout, found.stderr
    assert not (tmp_path / "ran").exists()


# What may load code or a pickle, and the keyword, with its value, that keeps it from that; None: it may not be called.
DOORS: dict[str, tuple[str, Any] | None] = {
    "from_pretrained": ("trust_remote_code", False),
    "from_config": ("trust_remote_code", False),
    "pipeline": ("trust_remote_code", False),
    "get_class_from_dynamic_module": None,
    "get_kernel": None,
    "torch.load": ("weights_only", True),
    "torch.hub.load": None,
    "np.load": ("allow_pickle", False),
    "read_pickle": None,  # of pandas
    "Unpickler": None,
    "loads": None,
    "input": None,
}
HARMLESS = {
    "json.loads",
    "registry/datasets/bias_in_bios.py: read_pickle",
    "registry/datasets/animal_contexts.py: read_pickle",
}


def calls(source: str) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def open_doors(file: str, called_there: Iterable[tuple[str, ast.Call]]) -> list[str]:
    """The calls of a file that could load code or a pickle."""
    found = []
    for called, node in called_there:
        door = next((door for door in DOORS if called == door or called.endswith(f".{door}")), None)
        if door is None or called in HARMLESS or f"{file}: {called}" in HARMLESS:
            continue
        lock = DOORS[door]
        given = {word.arg: getattr(word.value, "value", "not a constant") for word in node.keywords}
        if lock is None or given.get(lock[0]) is not lock[1]:
            found.append(f"{file}:{node.lineno}: {called}")
    return found


def test_every_door_to_foreign_code_is_locked() -> None:
    parts = ("memorank", "registry", "benchmark", "leaderboard")
    files = [file for part in parts for file in (ROOT / part).rglob("*.py")]
    called = {file.relative_to(ROOT).as_posix(): list(calls(file.read_text(encoding="utf-8"))) for file in files}
    assert [door for file, there in called.items() for door in open_doors(file, there)] == []
    locked = [name for there in called.values() for name, _ in there if name.endswith("from_pretrained")]
    assert len(locked) >= 2  # of the tokenizer and of the model: what is looked for is found


@pytest.mark.parametrize(
    "source",
    [
        "AutoModel.from_pretrained(folder)",
        "transformers.AutoTokenizer.from_pretrained(folder, trust_remote_code=True)",
        "transformers.AutoConfig.from_pretrained(folder, **options)",
        "AutoModel.from_config(config, trust_remote_code=trusted)",
        "torch.load(file)",
        "torch.load(file, weights_only=0)",
        "np.load(file)",
        "pickle.loads(content)",
        "pickle.Unpickler(stream)",
        "torch.hub.load('a/b', 'c')",
        "input()",
    ],
)
def test_an_open_door_is_found(source: str) -> None:
    assert open_doors("somewhere.py", calls(f"def f():\n    return {source}\n")) == [
        f"somewhere.py:2: {source.partition('(')[0]}"
    ]


def test_a_data_set_that_brings_code_is_refused(tmp_path: Path) -> None:
    """`datasets` runs none since 4.0: there is no keyword for it that could be forgotten."""
    (tmp_path / "evil").mkdir()
    (tmp_path / "evil" / "evil.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w').close()\n")
    with pytest.raises(DataError, match=r"cannot download .*/evil: .*; or not at all"):
        parts_of(str(tmp_path / "evil"), "or not at all")
    assert not (tmp_path / "ran").exists()
    assert "datasets>=4.0" in tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
