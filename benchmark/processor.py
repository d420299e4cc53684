"""What this machine's processor can do, without importing torch.

In: nothing. Out: yes or no.
"""

from functools import lru_cache
from pathlib import Path

_FLAGS = {"avx512_bf16", "amx_bf16", "bf16"}


@lru_cache(maxsize=1)
def has_bfloat16() -> bool:
    """Whether the processor itself computes in bfloat16. Elsewhere torch converts, three times slower than float32."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return False
    flags = next((line for line in lines if line.lower().startswith(("flags", "features"))), "")
    return bool(_FLAGS & set(flags.split()))


def has_gpu() -> bool:
    """Whether there is an NVIDIA driver."""
    return Path("/proc/driver/nvidia/version").exists()
