"""WHO-SAYS: a reply acts only with a reply code of ours *and* the address that code was written to; everything less goes to a person."""

from rules.decision import Decision
from rules.desk import CodeHit, Desk
from rules.events import ref_of
from rules.handling.flooding import group, misses, within
from rules.handling.from_complainant import from_complainant
from rules.handling.hearing_answer import INVITATIONS, hearing_answer
from rules.handling.held import hold
from rules.handling.organ_reply import ORGAN, organ_reply
from rules.handling.quoting import unquoted
from rules.handling.unit_reply import unit_reply
from rules.letter import Letter


def coded(letter: Letter, desk: Desk) -> Decision | None:
    """A letter that carries a reply code of ours. Staff's orders go another way (`rules.obey`)."""
    if not desk.hits:
        return None
    if len({hit.about for hit in desk.hits}) > 1:
        return hold(letter, desk, "several-cases", candidates=desk.files)
    hit = desk.hits[0]
    case = ref_of(hit.about)
    if letter.auth == "fail":
        return hold(letter, desk, "auth", case=case, candidates=desk.files)
    if letter.from_addr.lower() != hit.address.lower():
        return hold(letter, desk, _stranger(desk, hit), case=case, candidates=desk.files)
    if letter.contradicts:
        return hold(letter, desk, "contradicts", case=case, candidates=desk.files)
    return _acts(unquoted(letter, desk), desk, hit, case)


def _stranger(desk: Desk, hit: CodeHit) -> str:
    """A unit's letter answered from a mailbox nobody knows (L60) may be its clerk's own; anybody else is not of the case (A2, A5)."""
    return "unbound" if hit.party.startswith("unit:") and desk.sender.role == "stranger" else "not-party"


def _acts(letter: Letter, desk: Desk, hit: CodeHit, case: str) -> Decision | None:
    file = desk.file(case)
    if file is None or hit.party.startswith("staff:"):
        return None
    if hit.template in INVITATIONS:
        return within(hearing_answer(letter, desk, hit, file), letter, desk, file)
    if hit.party.startswith("unit:"):
        return within(unit_reply(letter, desk, hit, file), letter, desk, file)
    if hit.party.startswith(ORGAN):
        return organ_reply(letter, desk, hit, file)
    return within(from_complainant(letter, desk, hit, file), letter, desk, file)


def numbered(letter: Letter, desk: Desk) -> Decision | None:
    """A number without a code finds a case and does nothing to it (L66, A1); whether it exists, nobody can tell from outside (L75, A8)."""
    if (letter.mistyped or letter.numbers) and misses(desk):
        return hold(letter, desk, "flood", kind="flood", group=group(letter.from_addr, desk))
    if letter.mistyped and not letter.numbers:
        return hold(letter, desk, "mistyped", named="、".join(letter.mistyped))
    if not letter.numbers:
        return None
    if desk.files:
        return hold(letter, desk, "number-only", candidates=desk.files)
    return hold(letter, desk, "number-only", named="、".join(letter.numbers))
