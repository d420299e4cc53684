"""The names that members of a pack may have: nothing else is ever written to a disk."""

import pytest

from benchmark.run_folder.packs.form import LARGEST_WEIGHTS, most_bytes


@pytest.mark.parametrize(
    "name",
    [
        "",
        "/etc/passwd",
        "../plan.json",
        "plan.json/..",
        "plan.json\n",
        "weights/../../x.safetensors",
        "weights/.hidden.safetensors",
        "weights/a.safetensors.pkl",
        "weights/<b>.safetensors",
        f"included/{'a' * 64}/../x.py",
        f"included/{'a' * 64}/.ssh/x",
        f"included/{'a' * 63}/x.py",
        "included/x.py",
        "cells/x/record.json",
        "records.pkl",
        "C:\\plan.json",
    ],
)
def test_no_member_may_lead_elsewhere(name: str) -> None:
    assert most_bytes(name) is None


def test_each_kind_of_member_has_its_most_bytes() -> None:
    assert most_bytes("weights/colored-mnist.mlp.a0.25.s0-0123abcd.safetensors") == LARGEST_WEIGHTS
    assert most_bytes(f"included/{'0' * 64}/helpers/my_pack/__init__.py")
    assert most_bytes("pack.json")
