"""What figures were measured on is said with them."""

import pytest

from benchmark.performance.__main__ import machine
from benchmark.process import processor


def test_figures_name_the_processor_and_its_instructions(monkeypatch: pytest.MonkeyPatch) -> None:
    for flags, said in (({"avx2", "avx512_bf16", "sse"}, "(avx2, avx512_bf16), "), (set(), "(no wide instructions")):
        monkeypatch.setattr(processor, "_flags", lambda flags=flags: flags)
        assert said in machine()
    assert machine().startswith("Machine: ")
