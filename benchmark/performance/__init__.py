"""How fast the estimators are, measured beside plain references in one process: `python -m benchmark.performance`.

`races` against other libraries, `growth` with the size and the kind of the input, `limits` of the machine. Times and
their ratios depend on the processor, which is printed beside them, so no test asserts one.
"""
