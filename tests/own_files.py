"""Files of a user that declare a family."""

PLAN = "name: mine\nseeds: [0]\nsuites:\n  - {suite: toy-spurious, family: my-net}\n"


HEAD = "import torch\nfrom torch import nn\nfrom memorank import ModelFamily, Tap\n"


def family_file(body: str, taps: str = 'Tap("0"),', name: str = "my-net") -> str:
    """A family whose build has this body."""
    return (
        f"{HEAD}\ndef build(shape, classes):\n    {body}\n\n"
        f'FAMILY = ModelFamily(name="{name}", modality="vector", build=build, taps=({taps}), reference="a test")\n'
    )


GOOD = family_file("return nn.Sequential(nn.Linear(shape[0], 8), nn.ReLU(), nn.Linear(8, classes))")
