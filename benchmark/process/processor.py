"""What this machine's processor can do, without importing torch.

In: nothing. Out: yes or no, and the names of its instructions.
"""

from functools import lru_cache
from pathlib import Path

_BFLOAT16 = {"avx512_bf16", "amx_bf16", "bf16"}
_WIDE = ("avx2", "avx512f", "avx512_bf16", "amx_bf16", "asimd", "bf16")


@lru_cache(maxsize=1)
def has_bfloat16() -> bool:
    """Whether the processor itself computes in bfloat16. Elsewhere torch converts, three times slower than float32."""
    return bool(_BFLOAT16 & _flags())


def wide_instructions() -> list[str]:
    """The instruction sets for vectors and matrices that the processor has: what a time depends on most."""
    flags = _flags()
    return [name for name in _WIDE if name in flags]


def has_gpu() -> bool:
    """Whether there is an NVIDIA driver, so probably a GPU."""
    return Path("/proc/driver/nvidia/version").exists()


def _flags() -> set[str]:
    """The features of the first processor; none if the system has no /proc/cpuinfo."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return set()
    return set(next((line for line in lines if line.lower().startswith(("flags", "features"))), "").split())
