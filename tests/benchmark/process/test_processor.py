"""What a processor can do, as Linux says it of x86 and of ARM, and where nothing is said."""

from pathlib import Path

import pytest

from benchmark.process import processor

X86 = "processor\t: 0\nmodel name\t: A\nflags\t\t: fpu sse avx2 avx512f avx512_bf16\n\nprocessor\t: 1\nflags\t\t: fpu\n"
ARM = "processor\t: 0\nFeatures\t: fp asimd bf16\n"


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    processor.has_bfloat16.cache_clear()


def said(monkeypatch: pytest.MonkeyPatch, text: str | None) -> None:
    def read(path: Path, encoding: str) -> str:
        assert str(path) == "/proc/cpuinfo"
        if text is None:
            raise FileNotFoundError
        return text

    monkeypatch.setattr(Path, "read_text", read)


@pytest.mark.parametrize(
    ("text", "wide", "bfloat16"),
    [
        (X86, ["avx2", "avx512f", "avx512_bf16"], True),
        (X86.replace(" avx512_bf16", ""), ["avx2", "avx512f"], False),
        (X86.replace("avx512_bf16", "amx_bf16"), ["avx2", "avx512f", "amx_bf16"], True),
        (ARM, ["asimd", "bf16"], True),
        ("processor\t: 0\n", [], False),
        (None, [], False),
    ],
)
def test_instructions_are_those_of_the_first_processor(
    text: str | None, wide: list[str], bfloat16: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    said(monkeypatch, text)
    assert processor.wide_instructions() == wide
    assert processor.has_bfloat16() == bfloat16
    processor.has_bfloat16.cache_clear()


def test_a_gpu_is_there_where_its_driver_is(monkeypatch: pytest.MonkeyPatch) -> None:
    for there in (True, False):
        monkeypatch.setattr(Path, "exists", lambda path, there=there: there and path.name == "version")
        assert processor.has_gpu() == there
