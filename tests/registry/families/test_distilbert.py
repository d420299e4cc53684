"""DistilBERT is fetched by name, at one revision and without pickles."""

import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest
from small_encoders import WORDS, saved

from benchmark.data.fetching import fetch
from benchmark.data.fingerprints import fingerprint
from registry import FAMILIES, DataError, data_folder_is


def test_by_name_it_is_fetched_at_its_revision_into_the_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = saved(tmp_path / "ready")
    asked = {}

    def snapshot_download(name: str, revision: str, allow_patterns: list[str], local_dir: Path) -> None:
        asked.update(name=name, revision=revision, patterns=allow_patterns)
        shutil.copytree(ready, local_dir)

    hub = ModuleType("huggingface_hub")
    hub.snapshot_download = snapshot_download
    monkeypatch.setitem(sys.modules, "huggingface_hub", hub)
    with pytest.raises(DataError, match=r"distilbert/config.json is missing; run: memorank fetch distilbert \(268 MB"):
        fingerprint(FAMILIES["distilbert"].weights, tmp_path)
    assert "fetched into" in fetch("distilbert", tmp_path)
    assert asked["name"] == "distilbert/distilbert-base-uncased"
    assert len(asked["revision"]) == 40
    assert not any("bin" in pattern for pattern in asked["patterns"])
    with data_folder_is(tmp_path):
        tokenizer = FAMILIES["distilbert"].tokenizer
        assert tokenizer is not None
        assert len(tokenizer()) == WORDS


def test_all_of_its_six_layers_are_tapped_at_the_first_token() -> None:
    taps = FAMILIES["distilbert"].taps
    assert [(tap.module_path, tap.reduce) for tap in taps] == [(f"layers.{n}", "first-token") for n in range(6)]
