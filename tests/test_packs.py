"""A run as a pack: submitted, reported, and refused where it cannot be, by the commands that a person types."""

from pathlib import Path

from real_command import Command


def test_a_run_is_packed_and_its_pack_gives_the_same_tables(toy_run: Path, tmp_path: Path, command: Command) -> None:
    done = command("submit", str(toy_run), "--name", "my-toy")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("my-toy.zip: ")
    assert "with the weights of 18 networks" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80
    done = command("report", "my-toy.zip", drawn=False)
    assert done.returncode == 0, done.stderr
    assert "board in my-toy-board" in done.stdout
    for sheet in ("agreement.csv", "models.csv", "claims.csv", "pooled.csv"):
        assert (tmp_path / "my-toy-board" / sheet).read_bytes() == (toy_run / "board" / sheet).read_bytes()


def test_what_cannot_be_packed_or_read_gets_one_line(toy_run: Path, tmp_path: Path, command: Command) -> None:
    (tmp_path / "mine.zip").write_text("my own file")
    (tmp_path / "bad.zip").write_bytes(b"PK\x03\x04 and nothing else")
    for words, said in (
        (("submit", str(toy_run)), "missing: --name; as in: memorank submit runs/quick --name my-quick"),
        (("submit", str(toy_run), "--name", "My Toy"), "--name: 'My Toy' is not a name"),
        (("submit", str(toy_run), "--name", "mine"), "mine.zip is no pack, and would be replaced"),
        (("submit", "none", "--name", "mine"), "none: no such folder"),
        (("report", "bad.zip"), "bad.zip is not a pack that can be used: it cannot be unpacked"),
    ):
        done = command(*words)
        assert done.returncode == 2
        assert said in done.stderr
        assert done.stderr.count("\n") == 1
    assert (tmp_path / "mine.zip").read_text() == "my own file"
