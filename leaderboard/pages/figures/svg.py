"""A figure as inline SVG for a page that fetches nothing: no rule for the whole page, no identifier used twice.

In: the bytes that matplotlib writes. Out: one `<svg>` element.
"""

import re
from html import escape

from leaderboard.pages.figures.style import INK

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_METADATA = re.compile(r"<metadata>.*?</metadata>", re.DOTALL)
_STYLE = re.compile(r"<defs>\s*<style[^>]*>.*?</style>\s*</defs>", re.DOTALL)
_ROOT = re.compile(r"<svg[^>]*viewBox=\"([^\"]*)\"[^>]*>")
_IDENTIFIER = re.compile(r' id="([^"]*)"')
_REFERENCE = re.compile(r'(?:url\(#|href="#)([^")]+)')
_FONT = re.compile(r"(font(?:-family)?: *[^;\"]*?)'DejaVu Sans', sans-serif")
_DECIMALS = re.compile(r"(\d+\.\d\d)\d+")
_SPACE = re.compile(r">\s+<")
_HOLDING_SPACE = re.compile(r"\n\s*")


def inline(content: bytes, name: str, title: str) -> str:
    """The element.

    Args:
        content: An SVG file by matplotlib, with `svg.fonttype` "none".
        name: A prefix for the identifiers, which no other picture of the page has.
        title: What the picture shows, for those who do not see it.

    Returns:
        `<svg role="img">` with a `<title>`. Texts and lines have the colour of the text around it.
    """
    text = content.decode()
    box = _ROOT.search(text)
    if box is None:
        raise ValueError("this is no SVG by matplotlib: it has no viewBox")
    body = text[box.end() : text.rindex("</svg>")]
    for left_out in (_COMMENT, _METADATA, _STYLE):
        body = left_out.sub("", body)
    body = body.replace("xlink:href=", "href=").replace(INK, "currentColor")
    body = _FONT.sub(r"\1sans-serif", body)
    body = _renamed(body, name)
    body = _HOLDING_SPACE.sub(" ", _SPACE.sub("><", body))
    body = re.sub(r' (d|transform|x|y|points|style)="([^"]*)"', _shorter, body).strip()
    style = "stroke-linejoin:round;stroke-linecap:butt;overflow:visible;width:100%;height:auto"
    return (
        f'<svg role="img" viewBox="{box.group(1)}" style="{style}" fill="currentColor">'
        f"<title>{escape(title)}</title>{body}</svg>"
    )


def _renamed(body: str, name: str) -> str:
    """Identifiers that something refers to get the prefix; the others go."""
    used = set(_REFERENCE.findall(body))
    prefix = re.sub("[^a-zA-Z0-9]+", "-", name)
    numbers = {
        one: f"{prefix}-{number}" for number, one in enumerate(dict.fromkeys(_IDENTIFIER.findall(body))) if one in used
    }
    body = _IDENTIFIER.sub(lambda found: f' id="{numbers[found[1]]}"' if found[1] in numbers else "", body)
    for one, other in numbers.items():
        body = body.replace(f"url(#{one})", f"url(#{other})").replace(f'href="#{one}"', f'href="#{other}"')
    return body


def _shorter(found: "re.Match[str]") -> str:
    """An attribute with two decimals of each number: a hundredth of a point is not seen."""
    short = _DECIMALS.sub(r"\1", found[2])
    return f' {found[1]}="{short}"'
