"""transformers behind one door: silent for a while, in one line where it fails, and all weights are there."""

import json
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file
from small_encoders import saved

from registry import DataError
from registry._transformers import import_transformers, pretrained_encoder, silent_transformers, transformers_for


def test_it_is_silent_inside_and_as_loud_as_before_afterwards() -> None:
    logging = import_transformers().utils.logging
    before = logging.get_verbosity(), logging.is_progress_bar_enabled()
    logging.set_verbosity_info()
    logging.enable_progress_bar()
    try:
        for error in (None, ValueError("two\nlines")):
            told = pytest.raises(DataError, match=r"^there: ValueError: two lines$") if error else nullcontext()
            with told, silent_transformers(Path("there")) as transformers:
                assert transformers.utils.logging.get_verbosity() == logging.ERROR
                assert not transformers.utils.logging.is_progress_bar_enabled()
                if error:
                    raise error
            assert logging.get_verbosity() == logging.INFO
            assert logging.is_progress_bar_enabled()
    finally:
        logging.set_verbosity(before[0])
        (logging.enable_progress_bar if before[1] else logging.disable_progress_bar)()


def test_what_says_itself_what_is_wrong_is_said_as_it_is() -> None:
    with pytest.raises(DataError, match=r"^mine$"), silent_transformers(Path("there")):
        raise DataError("mine")
    refused = r"^there: asks to run code that comes with it \(auto_map\): refused"
    with pytest.raises(DataError, match=refused), silent_transformers(Path("there")):
        raise ValueError("set trust_remote_code=True")


def test_the_package_of_kernels_is_hidden_only_while_transformers_looks_for_it() -> None:
    before = sys.modules.get("kernels", "nothing")
    import_transformers()
    assert sys.modules.get("kernels", "nothing") == before


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ([{"inner": {"attn_implementation": "flex"}}], "attn_implementation is 'flex', not eager or sdpa"),
        ({"quantization_config": {"bits": 4}}, "quantization_config: quantized weights are not read"),
        ({"attn_implementation": "sdpa", "quantization_config": None}, ""),
    ],
)
def test_a_configuration_that_asks_for_other_code_is_refused_before_anything_is_loaded(
    config: Any, words: str, tmp_path: Path
) -> None:
    (tmp_path / "config.json").write_text(json.dumps(config))
    if not words:
        with transformers_for(tmp_path):
            return
    with pytest.raises(DataError, match=f"^{tmp_path}/config.json: {words}"), transformers_for(tmp_path):
        pytest.fail("it was opened")


def test_a_pooler_may_be_missing_and_nothing_else(tmp_path: Path) -> None:
    folder = saved(tmp_path)
    weights = load_file(folder / "model.safetensors")
    kept = {name: tensor for name, tensor in weights.items() if not name.startswith("pooler.")}
    assert len(kept) == len(weights) - 2
    save_file(kept, folder / "model.safetensors", {"format": "pt"})
    encoder = pretrained_encoder(folder)
    assert torch.equal(encoder.embeddings.word_embeddings.weight, kept["embeddings.word_embeddings.weight"])
    del kept["embeddings.word_embeddings.weight"]
    save_file(kept, folder / "model.safetensors", {"format": "pt"})
    with pytest.raises(DataError, match=rf"^{folder}: its weights lack \S*word_embeddings.weight \(1 such\) of Bert"):
        pretrained_encoder(folder)


def test_a_weight_in_whole_numbers_is_refused_by_its_name(tmp_path: Path) -> None:
    folder = saved(tmp_path)
    weights = load_file(folder / "model.safetensors")
    name = "encoder.layer.0.output.dense.bias"
    save_file({**weights, name: weights[name].to(torch.int32)}, folder / "model.safetensors", {"format": "pt"})
    with pytest.raises(DataError, match=f"model.safetensors: {name} is of I32, not of F64, F32, F16, BF16$"):
        pretrained_encoder(folder)
