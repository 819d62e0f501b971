"""Says whether a style leaves anything of an element to be seen."""

from __future__ import annotations

import re

Declarations = dict[str, str]

FAR = -400.0  # pixels out of the window
_NUMBER = re.compile(r"([-+]?(?:\d+\.?\d*|\.\d+))(px|pt|em|rem|ex|ch|vw|vh|cm|mm|in|%)?")
_PIXELS = {"pt": 1.33, "em": 16, "rem": 16, "ex": 8, "ch": 8, "vw": 10, "vh": 8, "cm": 38, "in": 96}
_WHITE = re.compile(
    r"white|snow|#f[c-f]f[c-f]f[c-f](?:ff)?|#ffff?|rgba?\(25[0-5], ?25[0-5], ?25[0-5].*"
)
_CLEAR = re.compile(
    r"transparent|(?:rgba|hsla)\(.*,\s*0(?:\.0\d*)?%?\)|(?:rgb|hsl)\(.*/\s*0(?:\.0\d*)?%?\)"
    r"|#[\da-f]{3}0|#[\da-f]{6}00"
)
_NO_SCALE = re.compile(r"scale(?:3d|x|y)?\(\s*0(?:\.0\d*)?\s*[,)]|matrix\(\s*0\s*,")
_MOVED = re.compile(r"translate(?:3d|x|y)?\(\s*(-[\d.]+(?:px|em|rem|vw|vh|%)?)")
_CLIPPED = re.compile(
    r"rect\(\s*(?:0|1px)|inset\(\s*(?:[5-9]\d|100)%|(?:circle|ellipse)\(\s*0"
    r"|polygon\(\s*0(?:px)? 0(?:px)?\s*,\s*0(?:px)? 0"
)
_PATTERNS = (
    ("transform", _NO_SCALE),
    ("clip", _CLIPPED),
    ("clip-path", _CLIPPED),
    ("filter", re.compile(r"opacity\(\s*0(?:\.0\d*)?%?\s*\)")),
    ("font", re.compile(r"(?:[a-z]+ )*0(?:px|pt|em)?(?:/| |$)")),
    ("scale", re.compile(r"0(?:\.0\d*)?(?: |$)")),
    ("mso-hide", re.compile(r"all")),
    ("display", re.compile(r"none")),
    ("visibility", re.compile(r"hidden|collapse")),
    ("content-visibility", re.compile(r"hidden")),
)
_SMALLEST = {"opacity": 0.05, "font-size": 2.0, "zoom": 0.05}
_SIZES = ("height", "width", "max-height", "max-width", "line-height")


def declarations(style: str) -> Declarations:
    """Give the properties of a style attribute or a rule, the last of each, in small letters."""
    said: Declarations = {}
    for part in style.split(";"):
        name, colon, value = part.partition(":")
        if colon:
            said[name.strip().lower()] = " ".join(value.lower().replace("!important", "").split())
    return said


def hides(said: Declarations) -> bool:
    """Say whether an element of which a style says this is not seen, or too small to be read."""
    if any(name in said and pattern.match(said[name]) for name, pattern in _PATTERNS):
        return True
    if "transform" in said and _NO_SCALE.search(said["transform"]):
        return True
    if any(name in said and _is_below(said[name], most) for name, most in _SMALLEST.items()):
        return True
    inks = (said.get("color", ""), said.get("-webkit-text-fill-color", ""))
    if any(_CLEAR.fullmatch(ink) for ink in inks) or _is_one_colour(said):
        return True
    return _is_out_of_sight(said) or _is_without_size(said)


def is_white(ink: str) -> bool:
    """Say whether a colour is white, or nearly so."""
    return bool(_WHITE.fullmatch(ink.strip().lower()))


def paper_of(said: Declarations) -> str:
    """Give the colour, or the picture, that a style puts behind an element's text."""
    return said.get("background-color") or said.get("background", "")


def _is_below(value: str, most: float) -> bool:
    match = _NUMBER.match(value)
    if match is None:
        return False
    size, unit = float(match.group(1)), match.group(2) or ""
    return abs(size) <= (most if unit == "px" or most < 1 else most / _PIXELS.get(unit, 16))


def _pixels(value: str | None) -> float | None:
    match = _NUMBER.match(value or "")
    return float(match.group(1)) * _PIXELS.get(match.group(2) or "", 1) if match else None


def _is_one_colour(said: Declarations) -> bool:
    ink, paper = said.get("color", ""), paper_of(said)
    return bool(ink) and (ink == paper or (is_white(ink) and is_white(paper)))


def _is_out_of_sight(said: Declarations) -> bool:
    if any(_is_far(said.get(name)) for name in ("text-indent", "margin-left", "margin-top")):
        return True
    moved = _MOVED.search(said.get("transform", ""))
    if moved and (_is_far(moved.group(1)) or moved.group(1).endswith("00%")):
        return True
    if said.get("position") not in ("absolute", "fixed", "relative"):
        return False
    places = [said.get(name) for name in ("left", "top", "right", "bottom")]
    far = any(_is_far(each) or (_pixels(each) or 0) >= 5000 for each in places)
    behind = said["position"] != "relative" and said.get("z-index", "").startswith("-")
    return far or behind


def _is_far(value: str | None) -> bool:
    size = _pixels(value)
    return size is not None and size <= FAR


def _is_without_size(said: Declarations) -> bool:
    if said.get("overflow", said.get("overflow-y", "")) not in ("hidden", "clip"):
        return False
    sizes = [_pixels(said.get(name)) for name in _SIZES]
    return any(size is not None and 0 <= size <= 1 for size in sizes)
