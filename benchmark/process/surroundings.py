"""The environment variables with which no cell could be computed: refused once, before a library reads them.

In: the environment. Out: nothing, or a UserError of one line that names the variable, its value and what is allowed.
"""

from collections.abc import Callable, Mapping

from registry import UserError, did_you_mean

LAYERS = ("default", "safe", "forksafe", "threadsafe", "tbb", "omp", "workqueue")
LAST_SECOND = 253_402_300_799  # of the year 9999, the last one that a date can have


def check_surroundings(environ: Mapping[str, str]) -> None:
    """Raises UserError for the first variable that libraries stumble over.

    >>> check_surroundings({"NUMBA_NUM_THREADS": "2", "SOURCE_DATE_EPOCH": "0"})
    >>> check_surroundings({"NUMBA_NUM_THREADS": "0"})
    Traceback (most recent call last):
    registry.errors.UserError: NUMBA_NUM_THREADS is '0': a whole number from 1 is allowed; unset it, or set it to 1
    """
    for name, problem in _PROBLEMS.items():
        value = environ.get(name, "").strip()
        if value and (said := problem(value)):
            raise UserError(f"{name} is {value!r:.100}: {said}")


def _threads(value: str) -> str | None:
    number = _whole(value)  # numba leaves aside what is no number, with a warning
    return "a whole number from 1 is allowed; unset it, or set it to 1" if number is not None and number < 1 else None


def _uncompiled(value: str) -> str | None:
    off = _whole(value) in (0, None)
    return None if off else "estimators run as compiled kernels only; unset it, or set it to 0"


def _layer(value: str) -> str | None:
    if value.lower() in LAYERS:
        return None
    return f"no threading layer{did_you_mean(value.lower(), LAYERS)}; unset it, or set it to default"


def _second(value: str) -> str | None:
    number = _whole(value)
    fits = number is not None and 0 <= number <= LAST_SECOND
    return None if fits else f"seconds since 1970 are allowed, a whole number from 0 to {LAST_SECOND}; unset it"


def _whole(value: str) -> int | None:
    try:
        return int(value)
    except ValueError:
        return None


_PROBLEMS: dict[str, Callable[[str], str | None]] = {
    "NUMBA_NUM_THREADS": _threads,
    "NUMBA_DISABLE_JIT": _uncompiled,
    "NUMBA_THREADING_LAYER": _layer,
    "SOURCE_DATE_EPOCH": _second,
}
