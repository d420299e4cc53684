"""The command line: words become options, and what cannot be understood gets one line with the cure.

In: words. Out: the parsed options; or the help, or the version, and exit code 0; or one line and exit code 2.
"""

import argparse
import re
import sys
from collections.abc import Sequence
from typing import NoReturn

from benchmark.process.wrapping import line_width, say, wrapped
from memorank.options import COMMANDS, EXAMPLES, NEW
from registry import did_you_mean

WHAT = "Rank networks by how much they memorize, and say whether the ranking is real."
FIRST = {
    "memorank run toy": "from nothing to a board in seconds, without any data",
    "memorank plan quick": "what a real run does, how long, and what it can show",
    "memorank doctor": "what is missing here, and the command that brings it",
}
ANYWHERE = {
    "--help": "after a command: what it takes",
    "--debug": "anywhere: show tracebacks",
    "--version": "the version, and the commit where it is known",
}

# What argparse says, and what is said in its place; {0} and {1} are the groups, {example} is the command's.
_SAID = {
    r"the following arguments are required: (.*)": "missing: {0}; as in: {example}",
    r"argument (--\S+): expected (?:one|at least one) argument": "{0} needs a value: {help}",
    r"argument (--\S+): ignored explicit argument (.*)": "{0} takes no value, got {1}",
    r"argument (--\S+): (.*)": "{0}: {1}",
}


class _Parser(argparse.ArgumentParser):
    """argparse whose errors are one line with the nearest right word, or with an example."""

    words: Sequence[str] = ()  # what is parsed

    def error(self, message: str) -> NoReturn:
        command = self.prog.removeprefix("memorank").strip()
        _, unknown, words = message.partition("unrecognized arguments: ")
        said = _unknown(command, words.split()[0]) if unknown else _mended(command, message, self.words)
        say(f"{self.prog}: {said}", stream=sys.stderr)
        self.exit(2)


def parsed(words: Sequence[str]) -> argparse.Namespace:
    """The options of a command line; `command` is its name, and `debug` says whether tracebacks are wanted.

    Raises:
        SystemExit: With 0 where help or the version was asked for, with 2 where a word is unknown or missing.
    """
    debug, words = _without_debug(words)
    first = words[0] if words else "help"
    if first == "help" and len(words) > 1:
        first, words = words[1], [words[1], "--help"]
    if first in ("help", "-h", "--help"):
        say(*overview().split("\n"))
        sys.exit(0)
    if first in ("version", "--version"):
        say(version_line())
        sys.exit(0)
    if first not in COMMANDS:
        say(f"memorank: {_no_command(first)}", stream=sys.stderr)
        sys.exit(2)
    parser = _parser(first)
    parser.words = words[1:]
    options = parser.parse_args(words[1:])
    options.command, options.debug = first, debug
    return options


def overview() -> str:
    """The help: what memorank is, three first commands, all commands."""
    commands = {name: text for name, (text, _) in COMMANDS.items()}
    parts = {"first commands": FIRST, "commands (memorank COMMAND --help says what each takes)": commands}
    lines = ["usage: memorank COMMAND ...", "", WHAT]
    for head, rows in {**parts, "options": ANYWHERE}.items():
        width = max(map(len, rows))
        lines += ["", head, *(f"  {word:{width}}  {text}" for word, text in rows.items())]
    return "\n".join(wrapped(lines, line_width(), hang=12))


def version_line() -> str:
    """One line: the version of memorank, the commit where the source lies in a checkout, the version of Python."""
    from benchmark.process.provenance import environment

    found = environment()
    commit, dirty, _ = (found["commit"] or "").partition("-dirty")
    commit = f"commit {commit[:12]}{dirty}, " if commit else ""
    return f"memorank {found['versions']['memorank']} ({commit}Python {found['versions']['python']})"


def _without_debug(words: Sequence[str]) -> tuple[bool, list[str]]:
    """Whether --debug stands anywhere before a `--`, and the other words."""
    end = words.index("--") if "--" in words else len(words)
    kept = [word for word in words[:end] if word != "--debug"]
    return len(kept) < end, [*kept, *words[end:]]


def _parser(command: str) -> _Parser:
    text, options = COMMANDS[command]
    parser = _Parser(prog=f"memorank {command}", description=text, allow_abbrev=False)
    for option in options:
        parser.add_argument(option.word, **option.settings)
    return parser


def _no_command(word: str) -> str:
    """What is wrong with a first word that is no command."""
    if not word.startswith("-"):
        return f"unknown command {word!r}{did_you_mean(word, COMMANDS, 'memorank --help')}"
    takers = [name for name, (_, options) in COMMANDS.items() if word in [option.word for option in options]]
    if takers:
        return f"{word} stands after its command, as in: memorank {takers[0]} ... {word} ..."
    return f"unknown option {word!r}{did_you_mean(word, ANYWHERE, 'memorank --help')}"


def _unknown(command: str, word: str) -> str:
    """What is wrong with a word that the command does not take."""
    if not word.startswith("-"):
        return f"{word!r} is one word too many; what it takes: memorank {command} --help"
    words = [option.word for option in COMMANDS[command][1]]
    plain = word.lstrip("-").partition("=")[0]
    if plain in words and command in EXAMPLES:
        return f"there is no {word}: the {plain} is a plain word, as in: {EXAMPLES[command]}"
    known = [word for word in words if word.startswith("-")]
    return f"unknown option {word!r}{did_you_mean(word, known, f'memorank {command} --help')}"


def _example(command: str, words: Sequence[str]) -> str:
    """What the command may look like, of the kind of entry that was asked for.

    >>> _example("new", ["measure"])
    'memorank new measure my-measure > my_measure.py'
    """
    kind = next((word for word in words if word in NEW), None) if command == "new" else None
    if kind is None:
        return EXAMPLES.get(command, "")
    return f"memorank new {kind} {NEW[kind]} > {NEW[kind].replace('-', '_')}.py"


def _mended(command: str, message: str, words: Sequence[str]) -> str:
    """The message of argparse, in words that say what to do."""
    helps = {option.word: option.settings.get("help", "") for option in COMMANDS[command][1]}
    for pattern, text in _SAID.items():
        if found := re.fullmatch(pattern, message, flags=re.DOTALL):
            groups = found.groups()
            return text.format(*groups, example=_example(command, words), help=helps.get(groups[0], ""))
    return message
