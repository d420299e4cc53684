"""Weights in safetensors with other headers: refused in one line, or exactly the weights that they were."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
import torch
from headers import damaged, header_of, with_header, with_kind
from safetensors.torch import save
from small_encoders import saved
from torch import Tensor, nn

from registry import DataError
from registry.families._encoders import classifier
from registry.families._fine_tuned import load_fine_tuned

QUERY = "encoder.layer.0.attention.self.query.weight"
State = dict[str, Tensor]


def state_of(network: nn.Module) -> State:
    return {name: tensor.clone() for name, tensor in network.state_dict().items()}


def same(first: State, second: State) -> bool:
    return first.keys() == second.keys() and all(torch.equal(tensor, second[name]) for name, tensor in first.items())


def read_or_refused(cases: Iterable[bytes], file: Path, read: Callable[[], State], right: State) -> tuple[int, int]:
    """How many were read, as what they were, and how many refused in one line."""
    found = refused = 0
    for content in cases:
        file.write_bytes(content)
        try:
            state = read()
        except DataError as error:
            refused += 1
            assert_one_line(str(error), file)
        else:
            found += 1
            assert same(state, right)
    return found, refused


def assert_one_line(message: str, file: Path) -> None:
    assert message.startswith(str(file.parent))
    assert "\n" not in message


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> nn.Module:
    return classifier(saved(tmp_path_factory.mktemp("small"), "RobertaModel"), 1, 5, False)


def as_fine_tuned(network: nn.Module) -> bytes:
    """The network as somebody else's script saves it."""
    state = {name.replace("encoder.", "roberta.", 1): tensor for name, tensor in state_of(network).items()}
    state = {name.replace("head.", "classifier."): tensor for name, tensor in state.items()}
    return save({name: tensor for name, tensor in state.items() if not name.startswith("layers.")})


@pytest.mark.long
def test_a_fine_tuned_network_with_a_damaged_header(network: nn.Module, tmp_path: Path) -> None:
    right, file = state_of(network), tmp_path / "tuned.safetensors"

    def read() -> State:
        try:
            load_fine_tuned(network, file)
        finally:
            found = state_of(network)
            network.load_state_dict(right)
        return found

    found, refused = read_or_refused(damaged(as_fine_tuned(network), 500), file, read, right)
    assert min(found, refused) > 20


def test_a_fine_tuned_network_of_whole_numbers_is_refused_and_changes_nothing(
    network: nn.Module, tmp_path: Path
) -> None:
    before, file = state_of(network), tmp_path / "tuned.safetensors"
    for kind in ("I32", "U32"):
        file.write_bytes(with_kind(as_fine_tuned(network), f"roberta.{QUERY}", kind))
        with pytest.raises(
            DataError, match=rf"{file}: roberta.{QUERY} is of torch.u?int32, the network's of torch.flo"
        ):
            load_fine_tuned(network, file)
    assert same(state_of(network), before)


def test_an_encoder_with_a_damaged_header(tmp_path: Path) -> None:
    folder = saved(tmp_path / "encoder", "DistilBertModel")
    file = folder / "model.safetensors"

    def read() -> State:
        torch.manual_seed(0)
        return state_of(classifier(folder, 2, 3, False))

    found, refused = read_or_refused(damaged(file.read_bytes(), 60), file, read, read())
    assert min(found, refused) > 2


def lacking(content: bytes) -> bytes:
    header, data = header_of(content)
    header["other"] = header.pop(QUERY)
    return with_header(header, data)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lacking, f": its weights lack {QUERY} (1 such)"),
        (lambda content: with_kind(content, QUERY, "I32"), f"/model.safetensors: {QUERY} is of I32, not of F64, F32"),
        (lambda content: with_kind(content, QUERY, "U32"), f"/model.safetensors: {QUERY} is of U32, not of F64, F32"),
    ],
)
def test_an_encoder_whose_weights_would_be_drawn_or_converted_is_refused(
    change: Callable[[bytes], bytes], message: str, tmp_path: Path
) -> None:
    folder = saved(tmp_path / "encoder")
    (folder / "model.safetensors").write_bytes(change((folder / "model.safetensors").read_bytes()))
    with pytest.raises(DataError, match=re.escape(f"{folder}{message}")):
        classifier(folder, 2, 3, False)


def test_another_damaged_file_in_the_folder_is_named_in_one_line(tmp_path: Path) -> None:
    folder = saved(tmp_path / "encoder")
    (folder / "other.safetensors").write_bytes(b"no header")
    with pytest.raises(DataError, match=rf"^{folder}: SafetensorError: "):
        classifier(folder, 2, 3, False)


def test_a_pooler_may_be_missing_and_ids_may_be_whole_numbers(tmp_path: Path) -> None:
    folder = saved(tmp_path / "encoder")
    file = folder / "model.safetensors"
    expected = state_of(classifier(folder, 2, 3, False))["encoder." + QUERY]
    header, data = header_of(file.read_bytes())
    for name in [name for name in header if name.startswith("pooler.")]:
        header[name.replace("pooler.", "unread.")] = header.pop(name)
    header["embeddings.position_ids"] = {"dtype": "I64", "shape": [1], "data_offsets": [len(data), len(data) + 8]}
    file.write_bytes(with_header(header, data + bytes(8)))
    assert torch.equal(state_of(classifier(folder, 2, 3, False))["encoder." + QUERY], expected)
