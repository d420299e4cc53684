"""Scrubbing: nothing that tells a woman from a man survives, and other words stay."""

import numpy as np
import pytest
from gendered_words import gendered, words

from registry import Data
from registry.suites._scrubbing import MARK, scrubbed

TEXT = np.dtypes.StringDType()


def test_no_gendered_token_and_no_name_survives_scrubbing(generated: Data) -> None:
    for part in (generated.train, generated.held_out):
        assert part.names is not None
        for text, names in zip(scrubbed(part.inputs, part.names), part.names, strict=True):
            assert not gendered(str(text))
            assert not set(words(str(text))) & set(str(names).split())
    assert {"Mr", "Ms", "Mrs", "she", "He", "wife", "daughter"} <= set(words(" ".join(generated.train.inputs)))


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("Ms. Smith is here.", "Ann Smith", "_ _ is here."),
        ("Mr. Smith, Mrs. Smith and Ms Smith.", "Ann Smith", "_ _, _ _ and _ _."),
        ("SHE met Her Husband (himself a father).", "", "_ met _ _ (_ a _)."),
        ("He's the chairman; the human he hired shared theory.", "", "_'s the _; the human _ hired shared theory."),
        ("Will will go to WILL's will-power.", "Will", "_ will go to _'s will-power."),
        ("Mary-Jane and Anna-Marie O'Neil.", "Mary Jane O'Neil", "_-_ and Anna-Marie O'_."),
        ("José and Zoë are José's fiancée.", "José", "_ and Zoë are _'s _."),
        ("J. R. Miller.", "J. R. Miller", "J. R. _."),
        ("women's_health", "", "_'s_health"),
    ],
)
def test_scrubbing_takes_whole_words_in_any_case_and_names_as_they_are_written(
    text: str, names: str, expected: str
) -> None:
    assert scrubbed(np.array([text], TEXT), np.array([names], TEXT))[0] == expected


def test_without_names_pronouns_go_and_names_stay() -> None:
    assert scrubbed(np.array(["She is Ann."], TEXT), None)[0] == f"{MARK} is Ann."
