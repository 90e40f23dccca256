"""A unit's new mailbox (A16): it returns a code before a case letter goes there; the old one is told, and a word from it stops the change.

Only the newest request of a unit counts: the code of an earlier one, or one that has acted, confirms nothing any more. A request that was
sent a second time (`rules.unconfirmed`) is still the same request: the code of either letter confirms it.
"""

from rules.decision import ContactEntry, Decision, Disposition, Reason
from rules.desk import Desk
from rules.events import ContactChanged
from rules.handling.held import hold
from rules.letter import Letter
from rules.notices.notice import Notice, OfficeText, To
from rules.notices.to_organ import MailboxChanged, MailboxConfirm

AGAIN = ":again"


def ask_new_mailbox(desk: Desk, unit: str, mailbox: str, cause: str) -> tuple[Notice, ...]:
    """The code to the new mailbox and the word to the old one; () where nothing changes. Two mailboxes in one cell are for a person."""
    old = desk.contact(unit)
    if not mailbox or "、" in mailbox or old is None or old.address.lower() == mailbox.lower():
        return ()
    confirm = confirm_mailbox(unit, mailbox, f"mailbox:{unit}:{cause[:16]}")
    return (confirm, tell_old_mailbox(unit, old.address, cause, entered=False))


def confirm_mailbox(unit: str, mailbox: str, occasion: str, *, again: bool = False) -> MailboxConfirm:
    """The letter whose code confirms the new mailbox. `again`: the same request a second time."""
    return MailboxConfirm(
        to=To(mailbox, f"organ:{unit}", unit),
        about=f"unit:{unit}",
        occasion=occasion + (AGAIN if again else ""),
        mailbox="contact",
        unit=OfficeText(unit),
        again=again,
    )


def first_of(occasion: str) -> str:
    """The occasion of the request's first letter."""
    return occasion.removesuffix(AGAIN)


def tell_old_mailbox(unit: str, address: str, cause: str, *, entered: bool) -> MailboxChanged:
    """To the mailbox that letters went to until now. `entered`: a person of the office has made the change already."""
    return MailboxChanged(
        to=To(address, f"organ:{unit}", unit),
        about=f"unit:{unit}",
        occasion=f"mailbox-old:{unit}:{cause[:16]}",
        mailbox="contact",
        unit=OfficeText(unit),
        entered=entered,
    )


def confirmed(letter: Letter, desk: Desk) -> Decision | None:
    """A new mailbox returned its code: case letters go there from now on. Or the old one answered that it did not ask for that."""
    hit = next((hit for hit in desk.hits if hit.template in ("mailbox_confirm", "mailbox_changed")), None)
    if hit is None or letter.from_addr.lower() != hit.address.lower() or letter.auth == "fail":
        return None
    unit = hit.party.partition(":")[2]
    if hit.template == "mailbox_changed":
        return _objected(letter, desk, unit)
    newest = next(iter(desk.new_mailboxes), "")
    if hit.spent or first_of(hit.occasion) != first_of(newest):
        return None
    warrant = hit.warrant(unit)
    old = desk.contact(unit)
    person, phone, public = (old.person, old.phone, old.public) if old else ("", "", "")
    entry = ContactEntry(unit, hit.address, person, phone, public, letter.sha256)
    event = ContactChanged(
        about=f"unit:{unit}", warrant=warrant, unit=unit, what="mailbox", rows=1, letter=letter.sha256
    )
    return Decision(
        Disposition.CONTACT,
        "contact",
        (Reason("mailbox-confirmed"),),
        events=(event,),
        contacts=(entry,),
        spent=desk.new_mailboxes,
    )


def _objected(letter: Letter, desk: Desk, unit: str) -> Decision:
    """Whatever the old mailbox answers, the codes under way act no more, and a person telephones."""
    decision = hold(letter, desk, "mailbox-objected", kind="unit-letter", unit=unit)
    return Decision(
        decision.disposition,
        decision.kind,
        decision.why,
        decision.filings,
        decision.events,
        questions=decision.questions,
        spent=desk.new_mailboxes,
    )
