"""Packs verified: which level is reached where, and which forged number is found."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from made_packs import Members, elsewhere, with_records

from benchmark.inspection.pack_verification import verify_pack
from benchmark.inspection.verification import Asked
from benchmark.process.progress import Silent
from benchmark.run_folder.packs.kept import HIDDEN
from benchmark.run_folder.packs.writing import pack, write_pack

ROOT = Path("unused: the toy data are generated")
SCORE = "toy-spurious.toy-mlp.a0.5.s1.evaluation"
Verified = Callable[..., dict[str, list[str]]]


@pytest.fixture(scope="module")
def members(toy_run: Path) -> Members:
    return pack(toy_run, "my-toy")


@pytest.fixture
def verified(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Verified:
    """The findings on a pack by their kinds. Those cells are drawn whose keys begin so."""

    def verify(members: Members, begins: str = SCORE) -> dict[str, list[str]]:
        write_pack(members, tmp_path / "my-toy.zip")
        monkeypatch.setattr(
            "benchmark.inspection.pack_verification.drawn",
            lambda cells, count, seed: [cell for cell in cells if cell.key.startswith(begins)],
        )
        found: dict[str, list[str]] = {}
        for finding in verify_pack(tmp_path / "my-toy.zip", ROOT, Asked(None, 0), Silent()):
            found.setdefault(finding.kind, []).append(f"{finding.about}: {finding.text}")
        return found

    return verify


def forged(record: dict[str, Any]) -> None:
    """One number of one score, off by three of a hundred."""
    if record["key"].startswith(SCORE):
        record["measures"]["mean-mi"]["value"] *= 1.03


def test_on_a_like_machine_cells_are_equal_to_the_bit(members: Members, verified: Verified) -> None:
    found = verified(members, "toy-spurious.toy-mlp.a0.5.s1")
    assert len(found["bitwise"]) == 3  # a network and its two scores
    assert found["reached"][0].startswith("bitwise: ")
    assert not found.keys() & {"differs", "not checked", "damaged"}
    assert found["probability"] == [
        "that cells forged by however little would have been found: of 1 at least one with 5.6 %, of 5 at least one "
        "with 25.7 %, of 20 at least one with 75.9 %: "
    ]


def test_a_forged_number_is_found_on_a_like_machine_however_small(members: Members, verified: Verified) -> None:
    def slightly(record: dict[str, Any]) -> None:
        if record["key"].startswith(SCORE):
            record["measures"]["mean-mi"]["value"] *= 1 + 1e-12

    found = verified(with_records(members, slightly))
    assert "measures.mean-mi.value was" in found["differs"][0]
    assert found["reached"][0].startswith("claimed")
    assert verified(with_records(members, slightly), "toy-shuffled.toy-mlp.b0.s0.evaluation")["bitwise"]  # not drawn


def test_a_forged_network_is_found_on_a_like_machine(members: Members, verified: Verified) -> None:
    def better(record: dict[str, Any]) -> None:
        if record["work"] == "train":
            record["history"]["losses"][-1] *= 0.5

    assert "history.losses" in verified(with_records(members, better), "toy-spurious.toy-mlp.a0.5.s1-")["differs"][0]

    def other_outputs(record: dict[str, Any]) -> None:
        if record["work"] == "train":
            record["files"]["outputs.safetensors"] = "0" * 64

    found = verified(with_records(members, other_outputs))
    assert "is another one when it is trained again" in found["differs"][0]


def test_elsewhere_weights_give_the_scores_and_a_forged_one_is_found(members: Members, verified: Verified) -> None:
    found = verified(with_records(members, elsewhere))
    assert found["rescored"]
    assert "another kind of machine" in found["made"][0]
    assert found["reached"][0].startswith("rescored")
    both = with_records(members, lambda record: (elsewhere(record), forged(record)))
    assert "measures.mean-mi.value was" in verified(both)["differs"][0]


def test_elsewhere_without_weights_a_training_of_our_own_bounds_a_forgery(
    toy_run: Path, members: Members, verified: Verified
) -> None:
    bare = pack(toy_run, "my-toy", weights=False)
    found = verified(with_records(bare, elsewhere))
    assert "the smallest forgery that this would have found: mean-entropy by" in found["reproduced"][0]
    assert "that cells forged by more than what is said of each cell would have been found" in found["probability"][0]

    def greatly(record: dict[str, Any]) -> None:
        elsewhere(record)
        if record["key"].startswith(SCORE):
            record["measures"]["mean-mi"]["value"] += 9.0

    assert "mean-mi was" in verified(with_records(bare, greatly))["differs"][0]
    found = verified(with_records(members, elsewhere), "toy-spurious.toy-mlp.a0.5.s1-")
    assert "a training accuracy off by 0.02" in found["reproduced"][0]


def test_another_plan_is_found_at_once_and_another_version_says_what_cannot_be_compared(
    members: Members, verified: Verified
) -> None:
    def other(record: dict[str, Any]) -> None:
        if record["work"] == "train":
            record["identity"]["training"]["learning_rate"] = 0.5

    found = verified(with_records(members, other))
    assert "identity.training.learning_rate was 0.5, is" in found["differs"][0]

    def of_another_version(record: dict[str, Any]) -> None:
        other(record)
        record["provenance"]["versions"]["memorank"] = "9.9.9"

    found = verified(with_records(members, of_another_version))
    assert "memorank 9.9.9 made it, and here is" in found["not checked"][0]
    assert "identity.training.learning_rate was 0.5, is" in found["not checked"][0]
    assert found["rescored"]  # what is the same is compared
    assert found["reached"][0].startswith("claimed")


def test_what_cannot_be_computed_here_is_claimed(members: Members, verified: Verified) -> None:
    def own(record: dict[str, Any]) -> None:
        record["identity"]["sources"] = {"family toy-mlp": "0" * 64}

    found = verified(with_records(members, own), "none of them")
    assert found["reached"] == ["claimed: something differs: it is not what it says that it is"]
    assert found["computed again"][0].startswith("0 of 54 cells: none")


def test_history_is_found_forged_on_a_like_machine_and_named_as_not_compared_elsewhere(
    members: Members, verified: Verified
) -> None:
    def slower(record: dict[str, Any]) -> None:
        if record["work"] == "train":
            record["history"]["steps"] += 7
        else:
            record["measures"]["steps"]["value"] += 7

    assert "is another one when it is trained again" in verified(with_records(members, slower))["differs"][0]
    found = verified(with_records(members, lambda record: (elsewhere(record), slower(record))))
    assert "but for random, steps, weight-norm, which weights do not tell" in found["rescored"][0]


def test_a_number_that_is_there_on_one_side_alone_is_found_elsewhere_too(toy_run: Path, verified: Verified) -> None:
    def without(record: dict[str, Any]) -> None:
        elsewhere(record)
        if record["work"] == "score":
            record["measures"]["mean-mi"].update(value=None, reason="none")

    found = verified(with_records(pack(toy_run, "my-toy", weights=False), without))
    assert "mean-mi: there is a number in one of the two alone" in found["differs"][0]


def test_a_text_of_which_a_part_is_hidden_is_no_difference(members: Members, verified: Verified) -> None:
    def says(record: dict[str, Any]) -> None:
        if record["work"] == "score":
            record["warnings"] = [f"{HIDDEN}/x" for _ in record["warnings"]]

    assert verified(with_records(members, says))["bitwise"]
