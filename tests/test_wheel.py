"""The wheel, installed in an environment of its own and used from a hostile folder."""

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest
from real_command import ROOT


def finished(words: list[str], folder: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(
        words, cwd=folder, env={**clean, **environment}, capture_output=True, text=True, check=False
    )  # fmt: skip


WHEEL = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir"]


def elsewhere(folder: Path) -> dict[str, str]:
    """The variable that lets setuptools build in a folder of its own: not in the tree, where an older build may lie and
    another process may build at the same time."""
    settings = folder / "build.cfg"
    settings.write_text(f"[build]\nbuild_base = {folder / 'build'}\n[egg_info]\negg_base = {folder}\n")
    return {"DIST_EXTRA_CONFIG": str(settings)}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this tree."""
    folder = tmp_path_factory.mktemp("wheel")
    built = finished([*WHEEL, ".", str(ROOT)], folder, **elsewhere(folder))
    assert built.returncode == 0, built.stdout + built.stderr
    (found,) = folder.glob("memorank-*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an environment's commands: memorank from the wheel, everything else from this environment."""
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, with_pip=False)
    site = Path(sysconfig.get_path("purelib", "venv", {"base": str(home), "platbase": str(home)}))
    words = [sys.executable, "-m", "pip", "--python", str(home), "install", "--quiet", "--no-deps", str(wheel)]
    done = finished(words, home)
    assert done.returncode == 0, done.stderr
    # a plain path: what this environment's own .pth files say, such as where the source tree lies, does not count
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return home / "bin"


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A folder with a space in its path that holds what would be imported in place of memorank's own."""
    folder = tmp_path / "a hostile folder"
    for name in ("benchmark", "leaderboard"):
        (folder / name).mkdir(parents=True)
        (folder / name / "__init__.py").write_text("raise SystemExit('the intruder ran')\n")
    (folder / "registry.py").write_text("raise SystemExit('the intruder ran')\n")
    return folder


@pytest.mark.long
def test_it_holds_what_it_needs_and_says_that_it_is_typed(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    packages = ("memorank", "registry", "benchmark", "leaderboard")
    tree = {
        str(path.relative_to(ROOT))
        for package in packages
        for path in (ROOT / package).rglob("*")
        if path.suffix in (".py", ".yaml", ".txt", ".j2", ".css", ".js", ".png") or path.name == "py.typed"
    }
    assert {f"{package}/py.typed" for package in packages} <= names
    assert tree - names == set()
    assert {name.partition("/")[0] for name in names} == {
        *packages,
        next(name for name in names if "/RECORD" in name)[:-7],
    }
    modules = [name for name in names if not name.endswith(".py") and name.partition("/")[0] in packages]
    assert {Path(name).suffix for name in modules} <= {".yaml", ".txt", ".typed", ".j2", ".css", ".js", ".png", ".zip"}


@pytest.mark.long
def test_it_lists_and_runs_from_a_hostile_folder(installed: Path, hostile: Path) -> None:
    where = finished([str(installed / "python"), "-P", "-c", "import memorank; print(memorank.__file__)"], hostile)
    assert Path(where.stdout.strip()).is_relative_to(installed.parent)
    for words in (["list"], ["run", "toy", "--limit", "40"], ["describe", "mlp"], ["new", "family", "my-net"]):
        done = finished([str(installed / "memorank"), *words], hostile)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "intruder" not in done.stdout + done.stderr
    assert (hostile / "runs" / "toy-limit40" / "board" / "board.md").is_file()


def test_python_m_names_the_intruder_or_works(installed: Path, hostile: Path, tmp_path: Path) -> None:
    done = finished([str(installed / "python"), "-m", "memorank", "list"], hostile)
    assert done.returncode == 2
    assert f"resolves to {hostile / 'registry.py'}, not to memorank's own package" in done.stderr
    (tmp_path / "quiet").mkdir()
    assert finished([str(installed / "python"), "-m", "memorank", "list"], tmp_path / "quiet").returncode == 0


@pytest.mark.slow  # it packs and builds the whole tree a second time
def test_the_source_distribution_can_be_tested_and_gives_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    pytest.importorskip("setuptools_scm")
    assert "-0.0.0" not in wheel.name  # which setuptools says where it does not know the version
    build = f"import os, setuptools.build_meta as b; os.chdir({str(ROOT)!r}); print(b.build_sdist({str(tmp_path)!r}))"
    packed = finished([sys.executable, "-c", build], tmp_path, **elsewhere(tmp_path))
    assert packed.returncode == 0, packed.stderr
    (source,) = tmp_path.glob("memorank-*.tar.gz")
    with tarfile.open(source) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    known = finished(["git", "-C", str(ROOT), "ls-files"], tmp_path).stdout.splitlines()
    assert {name for name in known if (ROOT / name).is_file()} - names == set()
    assert {"LICENSE", "CITATION.cff", "constraints.txt", "tests/test_wheel.py", "docs/results.md", "PKG-INFO"} <= names
    built = finished([*WHEEL, "again", str(source)], tmp_path)
    assert built.returncode == 0, built.stderr
    (again,) = (tmp_path / "again").glob("memorank-*.whl")
    assert again.name == wheel.name  # outside of git too it is the version that was packed
    assert held(again) == held(wheel)


def held(wheel: Path) -> dict[str, int]:
    """The checksum of every file of a wheel but the list of them."""
    infos = zipfile.ZipFile(wheel).infolist()
    return {info.filename: info.CRC for info in infos if not info.filename.endswith("/RECORD")}
