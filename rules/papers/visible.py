"""Which runs of a Word text a reader sees: not the hidden ones, not white on white, not letters of one point (A33).

LIMITS: a text hidden behind a picture or pushed off the page is taken for visible, so it is redacted and guarded like all visible text.
"""

from dataclasses import dataclass, field

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


@dataclass(frozen=True, slots=True)
class Styles:
    """The looks of a document's styles by their id."""

    looks: dict[str, Look] = field(default_factory=dict)

    def of(self, name: str) -> Look:
        """The look of a style; of an unknown one, nothing said."""
        return self.looks.get(name, PLAIN)


def read_styles(root: Element | None) -> Styles:
    """The looks of all styles, each with what it is based on (20 steps at most: a circle ends)."""
    if root is None:
        return Styles()
    own: dict[str, tuple[Look, str]] = {}
    for style in children(root, "style"):
        base = child(style, "basedOn")
        own[attribute(style, "styleId")] = (_style_look(style), "" if base is None else attribute(base, "val"))
    looks = {}
    for name, (look, base_name) in own.items():
        looks[name] = _inherited(look, base_name, own)
    return Styles({name: look for name, look in looks.items() if look != PLAIN})


def _inherited(look: Look, base: str, own: dict[str, tuple[Look, str]]) -> Look:
    for _ in range(20):
        if base not in own:
            break
        below, base = own[base]
        look = look.over(below)
    return look


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
