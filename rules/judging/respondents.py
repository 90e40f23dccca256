"""Who is complained of and who is only mentioned (domain §5.3): a labelled field, the verbs around a name, where it stands.

已向信访局反映, 抄送, 经某局调解 only mention. A name that a negative context speaks of everywhere is never a respondent.
"""

from dataclasses import dataclass, replace

from rules.judging.naming import Form, Mention, Names
from rules.judging.spotting import Hit, Scene

FIELD, SUBJECT, OPENING, REST = 10, 3, 2, 1
"""Weights of places (domain §5.3-1): a labelled field, the subject, the first OPENING_SIGNS signs, the rest."""
OPENING_SIGNS = 300
ACCUSED, DID, NEAR = 4, 3, 1
"""Weights of a respondent verb before a name, a deed behind it, one quite near."""
ASKED_MOST = 2
BREATH = 26
"""A deed belongs to the name at most so many signs before it, in the same sentence, with no other name between."""
NEAR_SIGNS = 8
JOINTS = ("、", "和", "与", "及", "以及", "或", ",")
HARD_STOPS = "。！？!?;\n"
ENOUGH = 5
"""So many points make a respondent."""
DEEDS_MOST = 12
"""More deeds than this say nothing new."""
SHARE = 0.35
"""A further respondent needs this share of the first one's points."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A mention with its points and the hits they came from; `only` = a negative context speaks here."""

    mention: Mention
    points: int
    deeds: int
    only: bool
    asked: bool = False
    """请 or 希望 stands before it: asked to act."""
    evidence: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True)
class Party:
    """One organ or firm with all its mentions."""

    mentions: tuple[Weighed, ...]

    @property
    def points(self) -> int:
        """The best place counts once, deeds count all."""
        return max((each.points for each in self.mentions if not each.only), default=0) + self.deeds

    @property
    def start(self) -> int:
        """Where it is first named."""
        return min(each.mention.start for each in self.mentions)

    @property
    def deeds(self) -> int:
        """Points from verbs alone."""
        return min(DEEDS_MOST, sum(each.deeds for each in self.mentions if not each.only))

    @property
    def fielded(self) -> bool:
        """Named in a labelled field."""
        return any(each.points >= FIELD for each in self.mentions)

    @property
    def hopeful(self) -> bool:
        """May be meant though no verb says so: an organ that is not only asked to act, or a firm the subject names."""
        live = [each for each in self.mentions if not each.only and not each.asked]
        if self.mentions[0].mention.form is Form.FIRM:
            return any(each.points >= SUBJECT for each in live)
        return any(not each.mention.vague and not each.mention.barred for each in live)

    @property
    def best(self) -> Mention:
        """The mention with most to show, the longest words first among equals."""
        return max(
            self.mentions,
            key=lambda each: (not each.only, len(each.mention.words) if len(each.mention.words) < 20 else 0),
        ).mention

    @property
    def evidence(self) -> tuple[Hit, ...]:
        """The verbs."""
        return tuple(hit for each in self.mentions for hit in each.evidence)


def parties(scene: Scene, names: Names) -> tuple[Party, ...]:
    """Every organ and firm of the letter with its points, most points first; ties in the order of the letter."""
    mentions = names.mentions(scene)
    weighed = [_weigh(scene, mention, _next_start(mentions, place)) for place, mention in enumerate(mentions)]
    found = [Party(tuple(group)) for group in _grouped(_shared_fate(scene, weighed))]
    return tuple(sorted(found, key=lambda party: (-party.points, party.start)))


def respondents(found: tuple[Party, ...], *, grievance: bool) -> tuple[Party, ...]:
    """Those complained of, lead first. A labelled field decides alone; without verbs only a grievance's best name counts."""
    fielded = tuple(party for party in found if party.fielded)
    if fielded:
        return tuple(sorted(fielded, key=lambda party: party.start))
    accused = [party for party in found if party.deeds and party.points >= ENOUGH]
    if accused:
        named = [party for party in accused if party.mentions[0].mention.form is not Form.ADDRESSEE] or accused[:1]
        return tuple(party for party in named if party.points >= SHARE * named[0].points)[:4]
    hopeful = [party for party in found if party.hopeful]
    return tuple(hopeful[:1]) if grievance else ()


def _next_start(mentions: tuple[Mention, ...], place: int) -> int:
    return mentions[place + 1].start if place + 1 < len(mentions) else 1 << 30


def _weigh(scene: Scene, mention: Mention, next_start: int) -> Weighed:
    if any(start <= mention.start and mention.end <= end for start, end in scene.fields):
        return Weighed(mention, FIELD, 0, only=False)
    if only_mentioned(scene, mention):
        return Weighed(mention, 0, 0, only=True)
    evidence = (*_accusing(scene, mention), *_deeds(scene, mention, next_start))
    asked = _before(scene, mention, "ask_before")
    deeds = _softened(mention, sum(_worth(mention, hit) for hit in evidence[:3]), asked=asked)
    return Weighed(mention, _place(scene, mention), deeds, only=False, asked=asked, evidence=evidence)


def _softened(mention: Mention, deeds: int, *, asked: bool) -> int:
    """What follows 请某局 is mostly what it should do; a bare 政府 may be any government."""
    return min(deeds, ASKED_MOST) if asked or mention.bare else deeds


def _place(scene: Scene, mention: Mention) -> int:
    if mention.end <= scene.subject_end:
        return SUBJECT
    return OPENING if mention.start < scene.subject_end + OPENING_SIGNS else REST


def _worth(mention: Mention, hit: Hit) -> int:
    if hit.end <= mention.start:
        return ACCUSED
    return DID + (NEAR if hit.start - mention.end <= NEAR_SIGNS else 0)


def _accusing(scene: Scene, mention: Mention) -> tuple[Hit, ...]:
    """投诉 + name, 被 + name: the verb stands right before the name."""
    near = [hit for hit in scene.speech("blame_before") if 0 <= mention.start - hit.end <= 2 and not scene.denied(hit)]
    passive = [hit for hit in scene.speech("blame_passive") if hit.end == mention.start]
    return tuple(near[-1:] or passive[-1:])


def _deeds(scene: Scene, mention: Mention, next_start: int) -> tuple[Hit, ...]:
    """name + 拖欠, 罚款, 不予办理: what the organ did, in the same sentence, before the next name."""
    end = min(mention.end + BREATH, next_start, len(scene.text))
    for place in range(mention.end, end):
        if scene.text[place] in HARD_STOPS:
            end = place
            break
    return tuple(hit for hit in scene.speech("blame_after") if mention.end <= hit.start < end and not scene.denied(hit))


def only_mentioned(scene: Scene, mention: Mention) -> bool:
    """A negative context: 已向某局反映, 抄送, 经某局调解, 某局领导：您好."""
    if _before(scene, mention, "mention_before"):
        return True
    if any(hit.start == mention.end for hit in scene.speech("mention_after")):
        return True
    return _told(scene, mention)


def _told(scene: Scene, mention: Mention) -> bool:
    """向 + name + 反映, 到 + name + 投诉: the organ was told, it did not act."""
    before = scene.text[max(0, mention.start - 2) : mention.start]
    if not before.endswith(("向", "到", "去", "给", "跟", "找")):
        return False
    if mention.end <= scene.subject_end and not before.endswith("向"):
        return False
    return any(mention.end <= hit.start <= mention.end + 6 for hit in scene.speech("report_verbs"))


def _before(scene: Scene, mention: Mention, shelf: str) -> bool:
    return any(0 <= mention.start - hit.end <= 1 for hit in scene.speech(shelf) if hit.end <= mention.start)


def _shared_fate(scene: Scene, weighed: list[Weighed]) -> list[Weighed]:
    """城管、交警驱赶: names joined by 、 or 和 share what is said before the first and after the last."""
    fate = list(weighed)
    for place in range(len(fate) - 1):
        first, second = fate[place], fate[place + 1]
        if scene.text[first.mention.end : second.mention.start] in JOINTS:
            asked = first.asked or second.asked
            deeds = _softened(second.mention, second.deeds, asked=asked)
            fate[place + 1] = replace(second, only=first.only or second.only, asked=asked, deeds=deeds)
    for place in range(len(fate) - 2, -1, -1):
        first, second = fate[place], fate[place + 1]
        if scene.text[first.mention.end : second.mention.start] in JOINTS and not first.deeds:
            fate[place] = replace(first, deeds=second.deeds, evidence=second.evidence)
    return fate


def _grouped(weighed: list[Weighed]) -> list[list[Weighed]]:
    """Mentions of one organ together; a bare 公司 or 银行 speaks of the last firm of that kind, or of none."""
    groups: list[list[Weighed]] = []
    for each in sorted(weighed, key=lambda one: (one.mention.bare, -len(one.mention.words))):
        home = next((group for group in groups if any(_same(each.mention, other.mention) for other in group)), None)
        if home is not None:
            home.append(each)
        elif not each.mention.bare:
            groups.append([each])
    return groups


def _same(one: Mention, other: Mention) -> bool:
    if one.unit and other.unit:
        return one.unit is other.unit and one.township is other.township
    if one.form is not other.form:
        return False
    short, long = sorted((one.words, other.words), key=len)
    return long.endswith(short) or (len(short) > 2 and (short in long or _abbreviates(short, long)))


def _abbreviates(short: str, long: str) -> bool:
    """市中院 is 市中级人民法院: the same last sign, every sign in order."""
    if short[-1] != long[-1]:
        return False
    signs = iter(long)
    return all(sign in signs for sign in short)
