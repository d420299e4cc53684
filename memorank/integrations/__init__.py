"""Callbacks by which trainers of other libraries watch their network with a `memorank.Monitor`.

Each module has a `MonitorCallback` for the library of its name: `memorank.integrations.transformers`,
`memorank.integrations.lightning` (for `lightning.pytorch`) and `memorank.integrations.pytorch_lightning`, whose base
class is another one. None of these libraries is imported before its module is.
"""
