"""Letters of machines: bounces change the outbox row they belong to, everything else is kept and named. None is ever answered (NO-LOOP)."""

import dataclasses

from rules.asking import ask
from rules.decision import Decision, Disposition, Filing, Question, Settled, Warrant, WarrantKind
from rules.desk import CodeHit, Desk
from rules.events import OFFICE, MachineNoted, SendRefused, ref_of
from rules.handling.held import hold
from rules.handling.known import noted
from rules.letter import Letter


def machine(letter: Letter, desk: Desk) -> Decision | None:
    """A letter that is proved to be a machine's."""
    if letter.machine is None:
        return None
    if letter.machine == "bounce":
        return _bounce(letter, desk)
    if letter.machine == "auto" and any(part.type == "text/calendar" for part in letter.attachments):
        return hold(letter, desk, "invitation")
    if letter.machine in ("list", "spam") and _complains(letter, desk):
        return hold(letter, desk, "bulk")
    return noted(letter, letter.machine, case=_case(desk))


def _complains(letter: Letter, desk: Desk) -> bool:
    """A complaint is never lost among advertisements (L56, L57)."""
    words = desk.book.machines.complaint_words
    said = letter.subject + letter.own_words
    return bool(desk.hits) or bool(letter.numbers) or any(word in said for word in words)


def _case(desk: Desk) -> str:
    return next(filter(None, (ref_of(hit.about) for hit in desk.hits)), "")


def _bounce(letter: Letter, desk: Desk) -> Decision:
    """系统退信: matched to the letter of ours that came back (L79); a delay changes nothing; ours or not, nobody is answered."""
    hit = _returned(letter, desk)
    if hit is None or letter.bounce_kind in ("delayed", "relayed"):
        return noted(letter, "bounce", case=_case(desk), part="bounce")
    warrant = Warrant(WarrantKind.WORLD, "bounce")
    case = ref_of(hit.about)
    return Decision(
        Disposition.MACHINE,
        "bounce",
        filings=(Filing(case, "bounce"),) if case else (),
        events=(
            MachineNoted(about=hit.about, letter=letter.sha256, machine="bounce"),
            SendRefused(about=hit.about, warrant=warrant, occasion=hit.occasion, by="bounce"),
        ),
        questions=(_ask(letter, desk, hit),),
        settled=(Settled(hit.occasion, "refused", letter.bounce_reason[:500]),),
    )


def _returned(letter: Letter, desk: Desk) -> CodeHit | None:
    """The letter of ours: by its code or Message-ID, and only if the address that failed is the one we wrote to."""
    for hit in desk.hits:
        if not letter.bounced_addr or letter.bounced_addr.lower() == hit.address.lower():
            return hit
    return None


def _ask(letter: Letter, desk: Desk, hit: CodeHit) -> Question:
    """A forward that did not arrive is a case withheld (S67b): somebody must telephone, at once."""
    asked = ask(
        desk,
        "bounce",
        hit.occasion,
        hit.about or OFFICE,
        letter=f"{desk.book.label('letter', hit.template)}（{_party(hit)}）",
        why=letter.bounce_reason[:500] or letter.machine_why,
    )
    return dataclasses.replace(asked, outbox=hit.occasion, urgent=hit.party.startswith("unit:"))


def _party(hit: CodeHit) -> str:
    return hit.party.partition(":")[2] or hit.address
