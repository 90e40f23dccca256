"""Which runs of a Word text a reader sees: not the hidden ones, not white on white, not letters of one point (A33).

LIMITS: a text hidden behind a picture or pushed off the page is taken for visible, so it is redacted and guarded like all visible text.
"""

from dataclasses import dataclass

from rules.papers.markup import Element, attribute, child, children, local

OFF = frozenset(("0", "false", "off", "none"))
TINY = 4
"""Half points: smaller letters than two points are no writing."""
PALE = 0xF2


@dataclass(frozen=True, slots=True)
class Look:
    """What a style or a run says about being seen; None = says nothing."""

    hidden: bool | None = None
    pale: bool | None = None
    tiny: bool | None = None
    shaded: bool | None = None

    def over(self, below: "Look") -> "Look":
        """This look laid over another."""
        return Look(
            below.hidden if self.hidden is None else self.hidden,
            below.pale if self.pale is None else self.pale,
            below.tiny if self.tiny is None else self.tiny,
            below.shaded if self.shaded is None else self.shaded,
        )

    @property
    def unseen(self) -> bool:
        """A reader does not see it."""
        return bool(self.hidden or self.tiny or (self.pale and not self.shaded))


PLAIN = Look()


class Styles:
    """The looks of a document's styles by their id, each worked out when it is first asked for (a document brings hundreds and uses few)."""

    def __init__(self, root: Element | None = None) -> None:
        self.elements = (
            {} if root is None else {attribute(style, "styleId"): style for style in children(root, "style")}
        )
        self.looks: dict[str, Look] = {}

    def of(self, name: str) -> Look:
        """The look of a style with all it is based on (20 steps at most: a circle ends); of an unknown one, nothing said."""
        if name not in self.looks:
            look, base = PLAIN, name
            for _ in range(20):
                if base not in self.elements:
                    break
                style = self.elements[base]
                look = look.over(_style_look(style))
                based_on = child(style, "basedOn")
                base = "" if based_on is None else attribute(based_on, "val")
            self.looks[name] = look
        return self.looks[name]


def run_look(properties: Element | None, styles: Styles) -> Look:
    """The look a run's (or a paragraph mark's) properties give, its character style under it."""
    if properties is None:
        return PLAIN
    style = child(properties, "rStyle")
    look = _look(properties)
    return look if style is None else look.over(styles.of(attribute(style, "val")))


def paragraph_look(properties: Element | None, styles: Styles) -> Look:
    """The look a paragraph gives its runs: its style, its shading."""
    if properties is None:
        return PLAIN
    style = child(properties, "pStyle")
    shaded = shading(properties)
    return Look(shaded=shaded).over(PLAIN if style is None else styles.of(attribute(style, "val")))


def shading(properties: Element) -> bool | None:
    """A dark ground stands behind the text: white letters on it are seen."""
    shade = child(properties, "shd")
    if shade is None:
        return None
    fill = attribute(shade, "fill")
    return not (fill.lower() in ("", "auto") or _pale(fill)) or None


def _style_look(style: Element) -> Look:
    look = PLAIN
    for part in style.iter():
        if local(part) == "rPr":
            look = look.over(_look(part))
        if local(part) in ("pPr", "tcPr", "tblPr"):
            look = look.over(Look(shaded=shading(part)))
    return look


def _look(properties: Element) -> Look:
    hidden = pale = tiny = None
    for part in properties:
        name, value = local(part), attribute(part, "val")
        if name in ("vanish", "specVanish"):
            hidden = value.lower() not in OFF
        elif name == "color":
            pale = _pale(value)
        elif name == "sz" and value.isdigit():
            tiny = int(value) <= TINY
    return Look(hidden, pale, tiny, shading(properties))


def _pale(colour: str) -> bool:
    try:
        number = int(colour, 16) if len(colour) == 6 else 0
    except ValueError:
        return False
    return all((number >> shift) & 0xFF >= PALE for shift in (16, 8, 0))
