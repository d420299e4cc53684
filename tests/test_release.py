"""What a release says of itself: one version everywhere, every version of an entry that moved, how to cite it.

`python -m tests.test_release 0.2.0` writes the versions of all entries into tests/fixtures/released.json, once for each
release.
"""

import json
import re
import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from benchmark.measures import MEASURES
from benchmark.metrics import METRICS
from benchmark.plan.cells import TRAINING_VERSION
from benchmark.process.provenance import built_commit, release
from leaderboard.pages.files.bibtex import PAPER_ENTRY
from registry import DATASETS, FAMILIES, SUITES

ROOT = Path(__file__).parents[1]
RELEASED = ROOT / "tests" / "fixtures" / "released.json"
KINDS = {"data set": DATASETS, "family": FAMILIES, "measure": MEASURES, "metric": METRICS, "suite": SUITES}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text())
CHANGELOG = (ROOT / "CHANGELOG.md").read_text()
# The keys that version 1.2.0 of the Citation File Format knows (its schema-guide.md), as far as they are of use here.
CFF = {
    "abstract", "authors", "cff-version", "commit", "contact", "date-released", "doi", "identifiers", "keywords",
    "license", "license-url", "message", "preferred-citation", "references", "repository", "repository-artifact",
    "repository-code", "title", "type", "url", "version",
}  # fmt: skip
CFF_REFERENCE = {
    "abstract", "authors", "collection-title", "conference", "doi", "editors", "end", "identifiers", "journal", "notes",
    "pages", "publisher", "start", "status", "title", "type", "url", "volume", "year",
}  # fmt: skip
ZENODO = {  # the keys of a deposit, as Zenodo's page for developers has them
    "access_right", "communities", "contributors", "creators", "description", "grants", "keywords", "language",
    "license", "notes", "publication_date", "references", "related_identifiers", "subjects", "title", "upload_type",
    "version",
}  # fmt: skip


def versions_now() -> dict[str, dict[str, int]]:
    """The version of every entry, by kind and name, and of training."""
    own = {
        kind: {name: entry.version for name, entry in sorted(entries.usable().items())}
        for kind, entries in KINDS.items()
    }
    return {**own, "training": {"training": TRAINING_VERSION}}


def moved() -> dict[str, int]:
    """What has another version now than at the last release, by name."""
    before = json.loads(RELEASED.read_text())["versions"]
    return {
        name: version
        for kind, own in versions_now().items()
        for name, version in own.items()
        if before[kind].get(name, version) != version
    }


def newest_section() -> str:
    return CHANGELOG.split("\n## ")[1]


def numbers_of(name: str, text: str) -> set[int]:
    """The versions that a text gives for a name, as "accuracy 3", "accuracy, tpr-gap 2" or "`x` is version 2"."""
    said = re.findall(rf"(?<![\w-])`?{re.escape(name)}`?(?:, [\w-]+)* (?:is version |version )?(\d+)\b", text)
    return {int(number) for number in said}


def test_every_entry_whose_version_moved_since_the_last_release_is_in_the_newest_section() -> None:
    newest = " ".join(newest_section().split())
    assert {name: version for name, version in moved().items() if version not in numbers_of(name, newest)} == {}


def test_what_moved_is_more_than_nothing_while_the_last_release_is_0_1_0() -> None:
    """The list itself is right as far as run folders of that release hold versions."""
    if json.loads(RELEASED.read_text())["release"] != "0.1.0":
        pytest.skip("there are run folders of 0.1.0 alone")
    assert {"accuracy", "compression", "training"} <= moved().keys()
    listed = json.loads(RELEASED.read_text())["versions"]
    found: dict[str, dict[str, int]] = {kind: {} for kind in listed}
    for packed in sorted((ROOT / "tests" / "fixtures" / "v0.1.0").glob("*.tar.xz")):
        for identity in identities(packed):
            found["measure"] |= identity.get("measures", {})
            found["metric"] |= identity.get("metrics", {})
            if identity["work"] == "train":
                found["suite"][identity["suite"]] = identity["suite_version"]
                found["family"][identity["family"]] = identity["family_version"]
                found["training"]["training"] = identity["training_version"]
    assert sum(map(len, found.values())) > 15
    assert [(kind, name) for kind, own in found.items() for name in own if listed[kind].get(name) != own[name]] == []


def identities(packed: Path) -> list[dict[str, Any]]:
    with tarfile.open(packed) as archive:
        records = [member for member in archive.getmembers() if member.name.endswith("/record.json")]
        return [json.load(content)["identity"] for one in records if (content := archive.extractfile(one))]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Versions: accuracy 3; compression, tpr-gap 2.", {"accuracy": {3}, "compression": {2}, "tpr-gap": {2}}),
        ("`nico` is version 2: x. held-out-accuracy 5", {"nico": {2}, "accuracy": set(), "held-out-accuracy": {5}}),
    ],
)
def test_versions_are_found_as_the_changelog_writes_them(text: str, said: dict[str, set[int]]) -> None:
    assert {name: numbers_of(name, text) for name in said} == said


def test_one_version_stands_everywhere() -> None:
    released = re.findall(r"^## (\d\S*)", CHANGELOG, flags=re.MULTILINE)
    assert PROJECT["project"]["dynamic"] == ["version"]
    assert PROJECT["tool"]["setuptools_scm"]["fallback_version"] == released[0]
    assert CITATION["version"] == released[0]
    assert json.loads(RELEASED.read_text())["release"] == released[0]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree" / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    return tmp_path / "tree"


def git(tree: Path, *words: str) -> str:
    who = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "init.defaultBranch=main"]
    done = subprocess.run(["git", *who, "-C", str(tree), *words], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def version_of(tree: Path) -> str:
    """The version that setuptools-scm gives a tree, in a process of its own."""
    words = [sys.executable, "-m", "setuptools_scm", "--root", str(tree), "--config", str(tree / "pyproject.toml")]
    done = subprocess.run(words, cwd=tree, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()[-1]


def test_the_version_is_that_of_the_tag_and_a_commit_behind_it_moves_no_record(tree: Path) -> None:
    pytest.importorskip("setuptools_scm")
    git(tree, "init", "--quiet")
    git(tree, "add", ".")
    git(tree, "commit", "--quiet", "--message", "one")
    assert release(version_of(tree)) == PROJECT["tool"]["setuptools_scm"]["fallback_version"]  # there is no tag yet
    git(tree, "tag", "v7.3.0")
    assert version_of(tree) == "7.3.0"
    found = set()
    for number in range(2):
        (tree / f"{number}.txt").write_text("x")
        git(tree, "add", ".")
        git(tree, "commit", "--quiet", "--message", "more")
        installed = version_of(tree)
        found.add(installed)
        assert release(installed) == "7.3.0"
        assert git(tree, "rev-parse", "HEAD").startswith(built_commit(installed) or "none")
    assert len(found) == 2
    (tree / "1.txt").write_text("changed")
    assert (built_commit(version_of(tree)) or "").endswith("-dirty")


def test_a_tree_without_git_has_the_version_that_is_written_down(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("setuptools_scm")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tree.parent))
    assert version_of(tree) == PROJECT["tool"]["setuptools_scm"]["fallback_version"]


def test_the_citation_file_is_one_and_names_the_paper() -> None:
    assert {"authors", "cff-version", "message", "title"} <= CITATION.keys() <= CFF
    assert (CITATION["cff-version"], CITATION["type"], CITATION["license"]) == ("1.2.0", "software", "MIT")
    (paper,) = CITATION["references"]
    assert {"authors", "title", "type"} <= paper.keys() <= CFF_REFERENCE
    assert all(one.keys() <= {"family-names", "given-names", "orcid"} for one in paper["authors"])
    assert all(one["type"] in ("doi", "url", "swh", "other") for one in paper["identifiers"])
    assert f"title = {{{{{paper['title']}}}}}" in PAPER_ENTRY
    named = " and ".join(f"{one['family-names']}, {one['given-names']}" for one in paper["authors"])
    assert f"author = {{{named}}}" in PAPER_ENTRY
    assert f"year = {{{paper['year']}}}" in PAPER_ENTRY
    assert f"url = {{{paper['url']}}}" in PAPER_ENTRY


def test_zenodo_is_told_the_same() -> None:
    told = json.loads((ROOT / ".zenodo.json").read_text())
    assert told.keys() <= ZENODO
    assert (told["title"], told["upload_type"]) == (CITATION["title"], CITATION["type"])
    assert told["license"].upper() == CITATION["license"]
    assert told["creators"] == CITATION["authors"]
    assert told["keywords"] == CITATION["keywords"]
    assert told["description"] == f"<p>{CITATION['abstract']}</p>"
    (related,) = told["related_identifiers"]
    assert related["identifier"] == CITATION["references"][0]["identifiers"][0]["value"]
    assert "version" not in told  # Zenodo takes that of the tag


def test_only_the_upload_has_a_right_and_no_secret_is_named() -> None:
    text = (ROOT / ".github" / "workflows" / "release.yml").read_text()
    flow = yaml.safe_load(text)
    assert flow["permissions"] == {}
    assert {name: job["permissions"] for name, job in flow["jobs"].items()} == {
        "build": {"contents": "read"},
        "publish": {"id-token": "write"},
    }
    assert list(flow[True]) == ["push"]  # YAML reads `on` as a truth value
    assert list(flow[True]["push"]) == ["tags"]
    assert "secrets." not in text
    uploads = [step for step in flow["jobs"]["publish"]["steps"] if "run" in step]
    assert uploads == []  # no line of the tree runs where the right is


def main() -> None:
    """Write down the versions of a release."""
    content = {"release": sys.argv[1], "versions": versions_now()}
    RELEASED.write_text(json.dumps(content, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
