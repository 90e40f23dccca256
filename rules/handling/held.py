"""待人工: a letter nobody may act on before a person has looked. Kept, shown, answered by nobody (default of every doubt)."""

from rules.asking import ask
from rules.decision import Decision, Disposition, Filing, Reason
from rules.desk import Desk
from rules.events import OFFICE, Held
from rules.letter import Letter
from rules.terms import about_case
from rules.wording import wording

say = wording("rules")


def hold(
    letter: Letter, desk: Desk, reason: str, *, case: str = "", kind: str = "held", group: str = "", **facts: str
) -> Decision:
    """Hold the letter for a reason of the wording list and ask about it; a `group` is asked about once for all its letters."""
    about = about_case(case) if case else OFFICE
    question = ask(
        desk,
        kind,
        group or letter.sha256[:16],
        about,
        why=say(f"held-{reason}"),
        **told(letter, desk),
        **facts,
    )
    return Decision(
        Disposition.HELD,
        reason,
        why=(Reason(f"held-{reason}"),),
        filings=(Filing(case, "held"),) if case else (),
        events=(Held(about=about, letter=letter.sha256, reason=reason),),
        questions=(question,),
    )


def told(letter: Letter, desk: Desk) -> dict[str, str]:
    """What staff see of any letter: who by the header, subject, own words, what it resembles, the server's verdict."""
    who = f"{letter.from_name} <{letter.from_addr}>" if letter.from_name else letter.from_addr
    return {
        "from": who,
        "near": desk.sender.near,
        "auth": letter.auth_line if letter.auth == "fail" else "",
        "subject": letter.subject,
        "words": letter.own_words or letter.text,
    }
