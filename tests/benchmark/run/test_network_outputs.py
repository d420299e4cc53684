"""What a network gives: once on the same inputs, and from its weights the same bytes as after its training."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from made_outputs import outputs
from small_runs import sealed

from benchmark.run.network_outputs import _read, read_again
from benchmark.run_folder.outputs import FILE
from benchmark.run_folder.store import RECORD, WEIGHTS, read_record
from registry import FAMILIES, Examples, UserError

ROOT = Path("unused: the toy data are generated")


def test_a_network_runs_once_on_inputs_that_stand_twice_in_a_row() -> None:
    seen = []

    def reader(inputs: Any) -> tuple[dict[str, Any], Any]:
        seen.append(len(inputs))
        return {"0": np.zeros((len(inputs), 1), np.float32)}, np.zeros((len(inputs), 2), np.float32)

    one = Examples(np.ones((4, 2), np.float32), np.array([0, 1, 0, 1]))
    relabelled = Examples(one.inputs.copy(), np.array([1, 1, 1, 1]))
    other = Examples(np.zeros((3, 2), np.float32), np.array([0, 1, 0]))
    all_of = {"a": (one, np.ones(4, bool)), "b": (relabelled, np.zeros(4, bool)), "c": (other, np.ones(3, bool))}
    read = _read(reader, "k", (FAMILIES["toy-mlp"], (2,)), all_of, outputs(np.zeros((4, 1))).history)
    assert seen == [4, 3]
    assert read["a"].activations is read["b"].activations is not read["c"].activations
    assert read["b"].labels.tolist() == [1, 1, 1, 1]
    assert not read["b"].judged.any()  # type: ignore[union-attr]


@pytest.mark.parametrize("network", ["toy-spurious.toy-mlp.a0.5.s1", "toy-shuffled.toy-mlp.b1.s0"])
def test_the_weights_give_the_bytes_that_the_training_gave(toy_run: Path, network: str) -> None:
    (folder,) = (toy_run / "cells").glob(f"{network}-*")
    assert read_again(toy_run, folder.name, ROOT, 1) == (folder / FILE).read_bytes()


def test_weights_that_are_gone_or_others_are_refused(toy_run: Path, tmp_path: Path) -> None:
    (folder,) = (toy_run / "cells").glob("toy-spurious.toy-mlp.a0.s0-*")
    own = tmp_path / "cells" / folder.name
    own.mkdir(parents=True)
    (own / RECORD).write_bytes((folder / RECORD).read_bytes())
    (own / WEIGHTS).write_bytes(b"x")
    with pytest.raises(UserError, match=r"weights\.safetensors does not match its checksum"):
        read_again(tmp_path, folder.name, ROOT, 1)
    record: Any = read_record(tmp_path, folder.name)
    files = {name: digest for name, digest in record["files"].items() if name == FILE}
    (own / RECORD).write_bytes(sealed({**record, "files": files}))
    (tmp_path / "plan.json").write_text(json.dumps(json.loads((toy_run / "plan.json").read_text())))
    with pytest.raises(UserError, match="has no weights: "):
        read_again(tmp_path, folder.name, ROOT, 1)
