"""What a style makes of text: hidden, red, or plain (L26, L36)."""

import re
from typing import NamedTuple

HIDDEN = re.compile(r"(?:^|\s)hidden(?:\s|=|/|$)", re.I)
_HIDING = re.compile(
    r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}(?:hidden|collapse)|opacity\s{0,3}:\s{0,3}0(?:\.0{1,5})?\s{0,3}(?:;|!|$)|"
    r"mso-hide\s{0,3}:\s{0,3}all|text-indent\s{0,3}:\s{0,3}-\d{3,6}|(?:left|top|right|margin-left|margin-top)\s{0,3}:\s{0,3}-\d{4,6}|"
    r"clip\s{0,3}:\s{0,3}rect\(0"
)
_FLAT = re.compile(r"(?:max-)?(?:height|width)\s{0,3}:\s{0,3}0(?:px|pt)?\s{0,3}(?:;|!|$)")
_SIZE = re.compile(r"font-size\s{0,3}:\s{0,3}(\d{1,5}(?:\.\d{0,5})?|\.\d{1,5})\s{0,3}([a-z%]{0,4})")
_COLOUR = re.compile(r"(?<![-a-z])color\s{0,3}:\s{0,3}([^;!]{1,40})")
_GROUND = re.compile(r"background(?:-color)?\s{0,3}:\s{0,3}([^;!]{1,80})")
_HEX = re.compile(r"#([0-9a-f]{6}|[0-9a-f]{3})(?![0-9a-f])")
_RGB = re.compile(r"rgba?\(\s{0,3}(\d{1,3})\s{0,3}[, ]\s{0,3}(\d{1,3})\s{0,3}[, ]\s{0,3}(\d{1,3})")
_RULE = re.compile(r"\.([a-zA-Z_][\w-]{0,60})\s{0,5}\{([^{}]{0,2000})\}")
_STYLE = re.compile(r"<style[^>]{0,300}>([^<]{0,50000})", re.I)
_NAMES = {
    "white": "ffffff",
    "red": "ff0000",
    "black": "000000",
    "snow": "fffafa",
    "whitesmoke": "f5f5f5",
    "ivory": "fffff0",
    "crimson": "dc143c",
}
_NOTHING = {"", "inherit", "transparent", "initial", "windowtext", "none", "auto", "currentcolor"}
_WHITE = "ffffff"
_UNKNOWN = "?"


class Look(NamedTuple):
    """How text looks: colours as six hex signs ('' = default, '?' = unknown); hidden; whether its size is nothing
    (None = not said); whether it has the colour of its ground."""

    colour: str
    ground: str
    hidden: bool = False
    tiny: bool | None = None
    pale: bool = False


def hidden_classes(source: str) -> dict[str, str]:
    """The style of each single class in an HTML source that hides what has it."""
    if "<style" not in source and "<STYLE" not in source:
        return {}
    rules = (rule for sheet in _STYLE.finditer(source) for rule in _RULE.finditer(sheet[1]))
    return {rule[1].lower(): rule[2].lower() for rule in rules if _HIDING.search(rule[2].lower())}


def look_of(attributes: dict[str, str], class_style: str, colour: str, ground: str) -> Look:
    """How the text of an element looks, given the colours around it."""
    text = f"{class_style};{attributes.get('style', '').lower()}" if class_style or "style" in attributes else ""
    colour = _last(_COLOUR, text) or _colour(attributes.get("color", "")) or colour
    ground = _last(_GROUND, text) or _colour(attributes.get("bgcolor", "")) or ground
    hidden = (
        "hidden" in attributes
        or _HIDING.search(text) is not None
        or (_FLAT.search(text) is not None and "overflow" in text)
    )
    return Look(colour, ground, hidden, _tiny(text), _same(colour, ground or _WHITE))


def _tiny(text: str) -> bool | None:
    size = _SIZE.search(text)
    if not size:
        return None
    number = float(size[1])
    return number <= 1 if size[2] in {"", "px", "pt", "%"} else number == 0


def is_red(colour: str) -> bool:
    """Whether a colour is a red one."""
    if len(colour) != len(_WHITE):
        return False
    red, green, blue = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    return red >= 160 and green < 80 and blue < 80


def _last(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.findall(text) if text else []
    return _colour(found[-1]) if found else ""


def _colour(value: str) -> str:
    """A colour as six hex signs; '?' for what is not understood, '' for none."""
    value = value.strip().lower()
    if value in _NOTHING:
        return ""
    if "url(" in value or "gradient" in value:
        return _UNKNOWN
    match = _HEX.match(value)
    if match:
        return match[1] if len(match[1]) == len(_WHITE) else "".join(sign * 2 for sign in match[1])
    match = _RGB.match(value)
    if match:
        return "".join(f"{min(int(match[number]), 255):02x}" for number in (1, 2, 3))
    return _NAMES.get(value.split(" ")[0], _UNKNOWN)


def _same(colour: str, ground: str) -> bool:
    """White on white, or near enough that nobody sees it."""
    if len(colour) != len(_WHITE) or len(ground) != len(_WHITE):
        return False
    return all(abs(int(colour[at : at + 2], 16) - int(ground[at : at + 2], 16)) <= 8 for at in (0, 2, 4))
