"""How fast the estimators are, measured beside plain references in one process: `python -m benchmark.performance`.

`races` against other libraries, `growth` with the size and the kind of the input, `limits` of the machine. Ratios hold
from one machine to the next, times do not.
"""
