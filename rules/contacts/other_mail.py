"""The contact inbox's other letters: complaints sent there by mistake (L47), replies to cases (L48), filings (S83), problems of units (S4).

LIMITS: signs only; who decides is `rules.judging` and a person. A sheet's own words (投诉举报电话) are taken out before
complaint words count.
"""

from rules.contacts.words import words
from rules.letter import Letter

SHEET_WORDS = ("投诉举报电话", "投诉举报联系人", "投诉举报", "举报投诉", "投诉电话", "举报电话")
ENOUGH = 2


def is_complaint(letter: Letter) -> bool:
    """Somebody tells what was done to him and asks for help."""
    said = f"{letter.subject}\n{letter.own_words or letter.forwarded}"[:20_000]
    if letter.subject.strip() in ("投诉", "举报", "投诉信", "举报信"):
        return True
    for phrase in SHEET_WORDS:
        said = said.replace(phrase, "")
    lists = words("mails")
    signs = {word for word in lists["complaint"] if word in said}
    personal = any(word in said for word in lists["first_person"])
    serious = any(word in signs for word in lists["serious"])
    return len(signs) >= ENOUGH and (personal or serious)


def matter_of(letter: Letter) -> str:
    """What a mail is that is no sheet: reply, complaint, filing, problem (S4), question or ''."""
    said = f"{letter.subject}\n{letter.own_words}"[:20_000]
    if letter.codes or (letter.numbers and any(word in said for word in words("mails")["reply"])):
        return "reply"
    if is_complaint(letter):
        return "complaint"
    if any(word in letter.subject for word in words("mails")["filing"]):
        return "filing"
    if any(word in said for word in words("mails")["problem"]):
        return "problem"
    return "question" if any(word in said for word in words("mails")["asking"]) else ""


def is_correction(letter: Letter) -> bool:
    """更正, 以此为准: the sender says himself that it replaces another."""
    said = f"{letter.subject}\n{letter.own_words}"[:20_000]
    names = "\n".join(part.name or "" for part in letter.attachments)
    return any(word in said or word in names for word in words("mails")["correction"])


def only_link(letter: Letter) -> bool:
    """The sheet was left with the provider (超大附件): never fetched, asked for once more."""
    return bool(letter.links) or any(word in letter.own_words for word in words("mails")["big_file"])
