"""Text data sets in their published layouts: what is wrong is named by file and row; labels are what they say."""

import io
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest

from benchmark.data.fetching import fetch
from benchmark.data.fingerprints import fingerprint
from benchmark.data.loading import load
from benchmark.data.splits import make_splits
from registry import DATASETS, SUITES, Data, DataError, Examples, data_folder
from registry._packaged import Member, Package, _member
from registry.suites._adjectives import LISTS, NONE, polarity

IMDB = {
    "aclImdb/train/pos/0_9.txt": "A good film.<br />Loved it, élan and all.",
    "aclImdb/train/pos/1_8.txt": "Great fun",
    "aclImdb/train/neg/0_2.txt": "Terrible",
    "aclImdb/train/neg/1_1.txt": "A bad film",
    "aclImdb/test/pos/0_10.txt": "Wonderful, the best",
    "aclImdb/test/pos/1_7.txt": "Great fun",  # in train too
    "aclImdb/test/neg/0_3.txt": "Awful",
    "aclImdb/test/neg/1_3.txt": "Awful",
    "aclImdb/train/unsup/0_0.txt": "no label",
}


def acl_imdb(root: Path) -> Path:
    for name, text in IMDB.items():
        (root / "imdb" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "imdb" / name).write_text(text, encoding="utf-8")
    return root / "imdb"


def test_imdb_reads_the_published_folder_without_duplicates(tmp_path: Path) -> None:
    data = DATASETS["imdb"].load(acl_imdb(tmp_path))
    assert dict(zip(data.train.inputs, data.train.labels, strict=True)) == {
        IMDB["aclImdb/train/pos/0_9.txt"]: 1, "Great fun": 1, "Terrible": 0, "A bad film": 0,
    }  # fmt: skip
    assert dict(zip(data.held_out.inputs, data.held_out.labels, strict=True)) == {"Wonderful, the best": 1, "Awful": 0}


def test_the_fingerprint_of_a_folder_is_of_its_names_and_their_content(tmp_path: Path) -> None:
    imdb = DATASETS["imdb"]
    folder = acl_imdb(tmp_path / "a")
    acl_imdb(tmp_path / "b")
    before = fingerprint(imdb, tmp_path / "a")
    assert fingerprint(imdb, tmp_path / "b") == before
    (folder / "aclImdb/train/pos/0_9.txt").write_text("another one")
    changed = fingerprint(imdb, tmp_path / "a")
    (folder / "aclImdb/train/pos/2_9.txt").write_text("one more")
    assert len({before, changed, fingerprint(imdb, tmp_path / "a")}) == 3


def test_what_is_not_there_names_command_size_licence_and_folder(tmp_path: Path) -> None:
    with pytest.raises(
        DataError, match=r"aclImdb/train/neg/\*\.txt is missing; run: memorank fetch imdb \(84 MB .*lic"
    ):
        fingerprint(DATASETS["imdb"], tmp_path)
    with pytest.raises(DataError, match=rf"{tmp_path}.*run: memorank fetch movie-snippets \(1.4 MB, licence: MIT"):
        fingerprint(DATASETS["movie-snippets"], tmp_path)


def empty(folder: Path) -> None:
    (folder / "aclImdb/test/neg/0_3.txt").write_text(" \n")


def not_utf8(folder: Path) -> None:
    (folder / "aclImdb/test/neg/0_3.txt").write_bytes(b"fine\ncaf\xe9")


def extra_class(folder: Path) -> None:
    (folder / "aclImdb/train/neutral").mkdir()


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (empty, r"test/neg/0_3\.txt: the text is empty"),
        (not_utf8, r"test/neg/0_3\.txt:2: not UTF-8 text"),
        (extra_class, "train/neutral: no label of this data set; its labels are neg and pos"),
    ],
)
def test_what_is_wrong_in_a_folder_is_named(damage: Callable[[Path], None], message: str, tmp_path: Path) -> None:
    damage(acl_imdb(tmp_path))
    with pytest.raises(DataError, match=message):
        load("imdb", tmp_path)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("3\tmany\ttext", r":2: the rating 'many' is no number"),
        ("3\t\ttext", r":2: the rating '' is no number"),
        ("3\t9\ttext", r":2: the rating 9.0 is not from -4 to 4"),
        ("3\tnan\ttext", r":2: the rating nan is not from -4 to 4"),
        ("3\t1.5", r":2: expected id, rating and text between tabs, got 2 columns"),
        ("3\t1.5\t  ", r":2: the text is empty"),
    ],
)
def test_what_is_wrong_in_a_row_is_named(row: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "movieReviewSnippets_GroundTruth.txt").write_text(f"1\t2.0\ta fine film\n{row}\n")
    with pytest.raises(DataError, match=message):
        DATASETS["movie-snippets"].load(tmp_path)


def test_movie_snippets_are_ten_thousand_sentences() -> None:
    """Reads the data folder: `make test` has fetched it."""
    data = load("movie-snippets", data_folder())
    assert (len(data.train), len(data.held_out)) == (6878, 3438)
    assert len(set(data.train.inputs) | set(data.held_out.inputs)) == 6878 + 3438
    for part in (data.train, data.held_out):
        assert part.labels.mean() == pytest.approx(0.5, abs=0.02)


def test_imdb_by_name_is_written_in_the_published_layout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def load_dataset(name: str, split: str, revision: str) -> list[dict[str, object]]:
        asked.append((name, split, len(revision)))
        return [{"text": f"{split} {label}", "label": label} for label in (0, 1, 1)]

    hub = ModuleType("datasets")
    hub.load_dataset = load_dataset
    monkeypatch.setitem(sys.modules, "datasets", hub)
    assert "fetched into" in fetch("imdb", tmp_path)
    assert asked == [("stanfordnlp/imdb", "train", 40), ("stanfordnlp/imdb", "test", 40)]
    assert load("imdb", tmp_path).held_out.inputs.tolist() == ["test 0", "test 1"]
    assert "already in" in fetch("imdb", tmp_path)


def test_without_a_network_the_error_says_what_else_can_be_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load_dataset(*args: object, **kwargs: object) -> None:
        raise ConnectionError("no route\nto the hub")

    monkeypatch.setitem(sys.modules, "datasets", SimpleNamespace(load_dataset=load_dataset))
    with pytest.raises(DataError, match=rf"ConnectionError: no route; or unpack aclImdb_v1.tar.gz \(84 MB.*{tmp_path}"):
        fetch("imdb", tmp_path)
    assert not (tmp_path / "imdb").exists()


def archive(*members: tuple[tarfile.TarInfo, bytes]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as opened:
        for info, content in members:
            info.size = len(content)
            opened.addfile(info, io.BytesIO(content))
    return stream.getvalue()


def test_a_member_is_read_through_an_archive_in_an_archive_and_a_link_is_refused(tmp_path: Path) -> None:
    link = tarfile.TarInfo("link.txt")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    inner = archive((tarfile.TarInfo("a/b.txt"), b"found"), (tarfile.TarInfo("../../up.txt"), b"up"), (link, b""))
    outer = tmp_path / "outer.tar.gz"
    outer.write_bytes(archive((tarfile.TarInfo("inner.tar.gz"), inner)))
    assert _member(outer, Member("inner.tar.gz!a/b.txt", "")) == b"found"
    with pytest.raises(DataError, match="is not a file"):
        _member(outer, Member("inner.tar.gz!link.txt", ""))
    assert [path.name for path in tmp_path.iterdir()] == ["outer.tar.gz"]
    assert Package("a==1", "").source is False


def reviews(count: int = 4000) -> Data:
    """Reviews of a filler and an adjective, which tells the label in three of four."""
    generator = np.random.default_rng(0)
    labels = generator.integers(0, 2, count)
    polarities = np.where(generator.random(count) < 0.75, labels, 1 - labels)
    words = np.array([["Bad", "awful"], ["good", "GREAT"]])[polarities, generator.integers(0, 2, count)]
    texts = np.array([f"review {n}: {w}!" for n, w in enumerate(words)], dtype=np.dtypes.StringDType())
    half = count // 2
    return Data(Examples(texts[:half], labels[:half]), Examples(texts[half:], labels[half:]))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A good film", 1), ("A GOOD, bad film", NONE), ("goods and badly", NONE), ("Awful!", 0), ("the-best", NONE),
        ("poor; great", NONE), ("excellent excellent", 1), ("", NONE),
    ],
)  # fmt: skip
def test_adjectives_are_matched_as_words_whatever_their_case(text: str, expected: int) -> None:
    assert polarity(np.array([text]), LISTS["paper"]).tolist() == [expected]


def test_the_lists_share_no_word_and_the_long_one_holds_the_papers() -> None:
    for words in LISTS.values():
        assert not words.negative & words.positive
        assert all(word == word.casefold() for word in words.negative | words.positive)
    assert len(LISTS["paper"].negative) == len(LISTS["paper"].positive) == 5


@pytest.mark.parametrize("alpha", [0.0, 0.25, 1.0])
def test_a_share_alpha_of_the_violating_reviews_has_the_adjectives_polarity_for_a_label(alpha: float) -> None:
    data = reviews()
    splits = make_splits(SUITES["sentiment-adjectives"], data, alpha, 3)
    for made, true in ((splits.train, data.train), (splits.in_distribution, data.held_out)):
        found = polarity(made.inputs, LISTS["long"])
        assert made.inputs.tolist() == true.inputs.tolist()
        violating = found != true.labels
        assert violating.mean() == pytest.approx(0.25, abs=0.03)
        changed = made.labels != true.labels
        assert changed.sum() == round(alpha * violating.sum())
        assert not changed[~violating].any()
        assert (made.labels[changed] == found[changed]).all()


def test_the_test_reviews_obey_and_violate_equally_often_and_have_their_true_labels() -> None:
    data = reviews()
    truth = dict(zip(data.held_out.inputs, data.held_out.labels, strict=True))
    evaluation = SUITES["sentiment-adjectives"].make(data, 0.5, 0).evaluation
    found = polarity(evaluation.inputs, LISTS["long"])
    for side in (0, 1):
        own = found == side
        assert (evaluation.labels[own] == side).mean() == 0.5
    assert [truth[text] for text in evaluation.inputs] == evaluation.labels.tolist()


def test_the_papers_ten_words_are_taken_where_enough_reviews_hold_them() -> None:
    facts = SUITES["sentiment-adjectives"].facts
    assert facts is not None
    (_, few), (_, obeyed) = facts(reviews(3000))
    (_, enough), _ = facts(reviews(4000))
    assert few.startswith("the long list")
    assert enough == "the paper list, 10 words"
    assert "50% of" in obeyed


def test_without_a_review_on_either_side_the_suite_says_so() -> None:
    data = reviews()
    obeying = polarity(data.held_out.inputs, LISTS["paper"]) == data.held_out.labels
    held_out = Examples(data.held_out.inputs[obeying], data.held_out.labels[obeying])
    with pytest.raises(DataError, match=r"with only negative words: \d+ obey them, 0 violate them; some of both"):
        make_splits(SUITES["sentiment-adjectives"], Data(data.train, held_out), 0.0, 0)


def test_beta_redraws_labels_and_leaves_texts_alone() -> None:
    data = reviews()
    for beta in (0.0, 0.4, 1.0):
        splits = make_splits(SUITES["shuffled-imdb"], data, beta, 0)
        assert (splits.train.labels != data.train.labels).mean() == pytest.approx(beta / 2, abs=0.03)
        assert splits.train.inputs.tolist() == data.train.inputs.tolist()
        assert np.array_equal(splits.evaluation.labels, data.held_out.labels)


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        (np.array(["a", " "], dtype=np.dtypes.StringDType()), "train, row 1: the text is empty"),
        (np.array([1.0, 2.0]), "texts are inputs .* not float64"),
    ],
)
def test_texts_that_are_none_are_refused(inputs: np.ndarray, message: str) -> None:
    data = reviews()
    with pytest.raises(DataError, match=message):
        make_splits(SUITES["shuffled-imdb"], Data(Examples(inputs, np.array([0, 1])), data.held_out), 0.0, 0)
