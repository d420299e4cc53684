"""ranking.html: one page that holds a whole ranking, opens from disk, fetches nothing and reads without JavaScript.

In: the content of ranking.json, and what is drawn of each tap. Out: the page's text, the same for the same ranking.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leaderboard.content.ranking import TapShapes
from leaderboard.pages.tables.anchors import about_scale, trained
from leaderboard.pages.tables.ranking import (
    AGAINST,
    PLUS_MINUS,
    TIED,
    condition,
    conditions,
    high_is_good,
    kinds_shown,
    labels_read,
    minded,
    numbers_by_name,
    read_on,
    trust_of,
    untold,
    value,
)
from leaderboard.pages.tables.ranking_ways import fewer
from leaderboard.pages.web.cells import Sheet
from leaderboard.pages.web.page import settings_in_words
from leaderboard.pages.web.ranking_sheets import measure_sheet, order_sheet, place_sheet, tap_sheet
from leaderboard.pages.web.templating import part, template

if TYPE_CHECKING:
    from benchmark.ranking.anchor_content import AnchorsContent
    from benchmark.ranking.assembly import RankingContent
    from registry import Kind

PAGE = "ranking.html"
BEGINNING = (
    b'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    b'<meta name="generator" content="memorank ranking">\n'
)
MOST_TAPS = 4  # that are drawn
MOST_NAMES = 6  # in one sentence
MOST_WARNINGS = 4  # that are not folded


@dataclass(frozen=True)
class Advice:
    """What is to be done with some networks: their names, how many more there are, and what is said of them."""

    word: str
    names: Sequence[str]
    more: int
    about: str


@dataclass(frozen=True)
class Side:
    """One order: against which kind of memorization, what to take and leave by it, and its table."""

    kind: str
    title: str
    against: str
    good: str
    advice: Sequence[Advice]
    sheet: Sheet


def ranking_html(content: "RankingContent", taps: Sequence[TapShapes]) -> str:
    """The page.

    Args:
        content: Of ranking.json.
        taps: What is drawn of each tap, in their order.
    """
    from leaderboard.pages.figures.ranking import MOST, pictures

    drawn = chosen_taps(taps)
    kinds, mind = kinds_shown(content), minded(content)
    groups = [] if content["no_advice"][kinds[0]] else content["orders"][kinds[0]]
    return template("ranking.html.j2").render(
        content=content,
        against=AGAINST[content["kind"]] if content["kind"] else None,
        read_on=read_on(content),
        fewer=[*fewer(content), PLUS_MINUS],
        labels=labels_read(content),
        anchors=trained(content["anchors"]) if "anchors" in content else [],
        scales=list(_scales(content["anchors"])) if "anchors" in content else [],
        sides=[_side(content, kind) for kind in kinds],
        conditions=conditions(content),
        trust=[sentence[:1].upper() + sentence[1:] for sentence in trust_of(content)],
        warnings=[mind[:MOST_WARNINGS], mind[MOST_WARNINGS:]],
        pictures=pictures(drawn, groups),
        taps=len(taps),
        most=MOST,
        apart=len(groups) > 1,
        advised=not content["no_advice"][kinds[0]],
        folded=[tap_sheet(content), measure_sheet(content)],
        estimator=settings_in_words(content["settings"]),
        data={"filters": []},
        style=part("board.css") + part("ranking.css"),
        script=part("board.js"),
    )


def chosen_taps(taps: Sequence[TapShapes]) -> list[TapShapes]:
    """At most so many as there is room for, spread from the first to the last of those that most networks have."""
    from leaderboard.pages.figures.style import spread

    most = max((len(tap["networks"]) for tap in taps), default=0)
    common = [tap for tap in taps if len(tap["networks"]) == most]
    return [common[at] for at in spread(len(common), MOST_TAPS)]


def _scales(content: "AnchorsContent") -> Iterator[tuple[list[str], Sheet | None]]:
    """What each scale is, and the places on it where it is one."""
    for scale in content["scales"]:
        yield about_scale(scale), None if scale["ambiguous"] else place_sheet(content, scale)


def _side(content: "RankingContent", kind: "Kind") -> Side:
    return Side(
        kind=kind,
        title=condition(kind).capitalize(),
        against=AGAINST[kind],
        good="high" if high_is_good(content["ordered_by"], kind) else "low",
        advice=_advice(content, kind),
        sheet=order_sheet(content, kind),
    )


def _advice(content: "RankingContent", kind: "Kind") -> list[Advice]:
    """What to take and to leave, if the measure is to be believed; nothing to leave where nothing is told apart."""
    groups = content["orders"][kind]
    if why_not := content["no_advice"][kind]:
        return [Advice("Take", ["no advice"], 0, f"{why_not[:1].upper()}{why_not[1:]}.")]
    if len(groups) < 2:
        whom, why = untold(groups, len(content["networks"]))
        return [Advice("Take", [whom], 0, f"{why[:1].upper()}{why[1:]}.")]
    numbers = numbers_by_name(content)
    found = []
    for word, group in (("Take", groups[0]), ("Leave", groups[-1])):
        alone = f"Mean MI {value(numbers[group[0], 'mean-mi'])} nats"
        tied = f"{TIED.capitalize()}." if word == "Take" else f"These {len(group)} are tied."
        about = tied if len(group) > 1 else f"{alone}, the {'lowest' if _is_lowest(content, group) else 'highest'}."
        found.append(Advice(word, group[:MOST_NAMES], max(len(group) - MOST_NAMES, 0), about))
    return found


def _is_lowest(content: "RankingContent", group: Sequence[str]) -> bool:
    """Whether a group has the lowest mean MI of all."""
    values = {row["network"]: row["value"] for row in content["numbers"] if row["measure"] == content["ordered_by"]}
    known = {name: own for name, own in values.items() if own is not None}
    return min(known, key=lambda name: known[name]) in group
