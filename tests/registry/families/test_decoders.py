"""Decoders from a folder: where they are read, and what they may be made of."""

import json
from pathlib import Path

import pytest
import torch
from small_encoders import DECODERS, LEARNS, family, saved

from benchmark.entries.checks import findings
from benchmark.networks.activations import read
from benchmark.networks.inputs import Tokens
from registry import DataError, Weights, data_folder_is
from registry._transformers import import_transformers
from registry.families._encoders import FILES


@pytest.mark.parametrize("architecture", DECODERS)
def test_a_decoder_in_a_folder_is_read_at_its_last_token_and_passes_every_check(
    architecture: str, tmp_path: Path
) -> None:
    own = family(str(saved(tmp_path / "decoder", architecture)), training=LEARNS)
    assert [tap.reduce for tap in own.taps] == ["last-token"] * 3
    assert {found.check: found.fault for found in findings(own, tmp_path) if found.fault} == {}
    network = own.build((512,), 2)
    tokens = Tokens(torch.arange(4, 13), torch.tensor([4, 5]), 0)
    by_tap, logits = read(network, own.taps, tokens)
    model = getattr(import_transformers(), architecture).from_pretrained(tmp_path / "decoder").eval()
    for row, ids in enumerate((torch.arange(4, 8), torch.arange(8, 13))):
        with torch.no_grad():
            given = model(input_ids=ids[None], output_hidden_states=True)
            head = network.get_submodule("head")(given[0][0, -1])
        for layer, state in enumerate(given.hidden_states[1:-1]):  # the last one has gone through the final norm
            assert torch.allclose(torch.from_numpy(by_tap[f"layers.{layer}"][row]), state[0, -1], atol=1e-5)
        assert torch.allclose(torch.from_numpy(logits[row]), head, atol=1e-5)


@pytest.mark.parametrize("architecture", DECODERS)
def test_a_decoder_is_never_built_to_be_read_at_its_first_token(architecture: str, tmp_path: Path) -> None:
    folder = saved(tmp_path / "small", architecture)
    with pytest.raises(
        DataError, match=rf'{architecture} is a decoder, .* no other: give its family read="last-token"'
    ):
        family(str(folder), read="first-token").build((512,), 2)
    by_name = Weights(name="small", files=FILES, reference="r", licence="l", size="s")
    with data_folder_is(tmp_path):
        with pytest.raises(DataError, match='read="last-token"'):
            family(by_name).build((512,), 2)
        assert family(by_name, read="last-token").build((512,), 2)


def test_an_encoder_may_be_made_a_decoder_by_its_configuration(tmp_path: Path) -> None:
    config = json.loads((saved(tmp_path) / "config.json").read_text())
    (tmp_path / "config.json").write_text(json.dumps({**config, "is_decoder": True}))
    assert family(str(tmp_path)).taps[0].reduce == "last-token"
    with pytest.raises(DataError, match="BertModel is a decoder"):
        family(str(tmp_path), read="first-token").build((512,), 2)
    (tmp_path / "config.json").write_text("[")
    assert family(str(tmp_path)).taps[0].reduce == "first-token"
