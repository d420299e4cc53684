"""torchvision imports beside any torch, and what is declared for it is declared only where that is needed."""

import sys


def test_torchvision_imports_beside_this_torch() -> None:
    from registry._torchvision import import_torchvision

    assert import_torchvision().datasets.MNIST
    assert "torchvision" in sys.modules
