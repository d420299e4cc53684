"""--dask on the command line: what it is told of, and one line where that cannot be."""

import importlib.util
import json
import os
from pathlib import Path

import pytest

import memorank
from benchmark.run.cluster import scheduler
from benchmark.run.cluster.scheduler import address_of
from registry import UserError


@pytest.fixture
def _dask(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if Dask were here: nothing of it is called."""
    monkeypatch.setattr(scheduler.importlib.util, "find_spec", lambda name: object())


@pytest.mark.usefixtures("_dask")
def test_an_address_and_a_scheduler_file_name_a_scheduler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("file.json").write_text(json.dumps({"type": "Scheduler", "address": "tcp://10.0.0.1:8786"}))
    given = {"tcp://a:1": "tcp://a:1", "tls://a:1": "tls://a:1", "a:1": "tcp://a:1", "file.json": "tcp://10.0.0.1:8786"}
    assert {text: address_of(text) for text in given} == given


@pytest.mark.usefixtures("_dask")
@pytest.mark.parametrize("content", [None, "", "[]", "{}", '{"address": 1}', '{"address": "http://a"}', "\ud800"])
def test_what_names_none_is_one_line(content: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    if content is not None:
        Path("file.json").write_bytes(content.encode(errors="surrogatepass"))
    with pytest.raises(UserError, match=r"^--dask: file\.json.*: an address is like tcp://HOST:8786, and [^\n]*$"):
        address_of("file.json")


@pytest.mark.timeout(20)
@pytest.mark.usefixtures("_dask")
def test_a_pipe_in_place_of_a_scheduler_file_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("file.json")
    with pytest.raises(UserError, match=r"^--dask: file\.json: not a regular file: an address is like "):
        address_of("file.json")


@pytest.mark.usefixtures("_dask")
@pytest.mark.parametrize("given", ["http://a:1", "nowhere", ".", "a:b", "", "folder/a:1"])
def test_other_words_are_one_line(given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UserError, match=r"^[^\n]+$"):
        address_of(given)


def test_without_dask_it_is_one_line_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    found = importlib.util.find_spec
    monkeypatch.setattr(
        scheduler.importlib.util, "find_spec", lambda name: None if name == "distributed" else found(name)
    )
    assert memorank.main(["run", "toy", "--dask", "tcp://a:1"]) == 2
    assert capsys.readouterr().err == "memorank: --dask needs Dask: pip install 'memorank[dask]'\n"
    with pytest.raises(UserError, match=r"^--dask needs Dask: pip install 'memorank\[dask\]'$"):
        memorank.run("toy", dask="tcp://a:1")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("other", ["workers", "slurm"])
def test_other_workers_beside_are_refused(other: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert memorank.main(["run", "toy", "--dask", "tcp://a:1", f"--{other}", "2"]) == 2
    assert capsys.readouterr().err.startswith(f"memorank: --dask and --{other} exclude each other: ")
