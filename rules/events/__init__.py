"""Every event class, for ever: the ledger's words. Fields are only added, with defaults; a class is never renamed (golden lines in tests).

An event is about one file: `case:<reference>`, `unit:<name>` or `office`. Its body holds what was decided: kinds, references, dates, rule
names, spans, hashes. No identity, no address, no free text, no file name. One module for each subject; all are read from here.
"""

import dataclasses
from datetime import date
from typing import Any

from rules.decision import Warrant
from rules.events import case, clocks, letters, office, record, shield, work
from rules.events.case import (
    REACHABLE,
    REREAD,
    REREAD_GROUP,
    REREAD_NEXT,
    Absorbed,
    Accepted,
    Answered,
    Archived,
    Closed,
    Consented,
    Flagged,
    FromAbove,
    HandedOver,
    Held,
    Joined,
    MachineNoted,
    Merged,
    NoReceipt,
    NotAccepted,
    Noted,
    OpinionGiven,
    Reclassified,
    Registered,
    Resumed,
    SupplementAsked,
    Supplemented,
    Suspended,
    TakenBack,
    Withdrawn,
)
from rules.events.clocks import (
    BreachAnswered,
    Breached,
    BreachLifted,
    ClockStarted,
    ClockStopped,
    PromiseMeasured,
    Recounted,
    Reminded,
)
from rules.events.event import (
    BY_RULE,
    OFFICE,
    Event,
    about_case,
    ref_of,
)
from rules.events.letters import (
    Delivered,
    LetterWithdrawn,
    Queued,
    SendRefused,
    SendUnknown,
    Stopped,
    Untold,
)
from rules.events.office import (
    AbsenceTold,
    Asked,
    Audited,
    AuditTold,
    BookTaken,
    Chased,
    ContactChanged,
    Corrected,
    Erased,
    HandoverTold,
    Ordered,
    OrderRefused,
    Recused,
    SecondAsked,
    SheetReceived,
    TaskDone,
    TroubleNoted,
)
from rules.events.record import (
    CheckNoted,
    EvidenceMade,
    Exposed,
    HearingAnswered,
    HearingCalled,
    HearingHeld,
    RectificationSet,
    Rectified,
    ReportMade,
    Unexposed,
)
from rules.events.shield import (
    Disclosed,
    IdentityPermitted,
    IdentityRead,
    MarksChanged,
    PaperHeldBack,
    PaperReleased,
    Shielded,
)
from rules.events.work import (
    Assigned,
    DirectlyAnswered,
    Extended,
    ExtensionAsked,
    FiledByUnit,
    Progressed,
    Redone,
    ResultApproved,
    ResultReported,
    SendBackAsked,
    SendBackRefused,
    SignedFor,
)

__all__ = [
    "BY_RULE",
    "KINDS",
    "OFFICE",
    "REACHABLE",
    "REREAD",
    "REREAD_GROUP",
    "REREAD_NEXT",
    "AbsenceTold",
    "Absorbed",
    "Accepted",
    "Answered",
    "Archived",
    "Asked",
    "Assigned",
    "AuditTold",
    "Audited",
    "BookTaken",
    "BreachAnswered",
    "BreachLifted",
    "Breached",
    "Chased",
    "CheckNoted",
    "ClockStarted",
    "ClockStopped",
    "Closed",
    "Consented",
    "ContactChanged",
    "Corrected",
    "Delivered",
    "DirectlyAnswered",
    "Disclosed",
    "Erased",
    "Event",
    "EvidenceMade",
    "Exposed",
    "Extended",
    "ExtensionAsked",
    "FiledByUnit",
    "Flagged",
    "FromAbove",
    "HandedOver",
    "HandoverTold",
    "HearingAnswered",
    "HearingCalled",
    "HearingHeld",
    "Held",
    "IdentityPermitted",
    "IdentityRead",
    "Joined",
    "LetterWithdrawn",
    "MachineNoted",
    "MarksChanged",
    "Merged",
    "NoReceipt",
    "NotAccepted",
    "Noted",
    "OpinionGiven",
    "OrderRefused",
    "Ordered",
    "PaperHeldBack",
    "PaperReleased",
    "Progressed",
    "PromiseMeasured",
    "Queued",
    "Reclassified",
    "Recounted",
    "RectificationSet",
    "Rectified",
    "Recused",
    "Redone",
    "Registered",
    "Reminded",
    "ReportMade",
    "ResultApproved",
    "ResultReported",
    "Resumed",
    "SecondAsked",
    "SendBackAsked",
    "SendBackRefused",
    "SendRefused",
    "SendUnknown",
    "SheetReceived",
    "Shielded",
    "SignedFor",
    "Stopped",
    "SupplementAsked",
    "Supplemented",
    "Suspended",
    "TakenBack",
    "TaskDone",
    "TroubleNoted",
    "Unexposed",
    "Untold",
    "Withdrawn",
    "about_case",
    "ref_of",
    "revive",
]

KINDS: dict[str, type[Event]] = {
    name: thing
    for module in (case, clocks, letters, office, record, shield, work)
    for name, thing in vars(module).items()
    if isinstance(thing, type) and issubclass(thing, Event) and thing is not Event
}


def revive(kind: str, about: str, warrant: Warrant, body: dict[str, Any]) -> Event:
    """The event of a ledger line. Raises KeyError for a class that never was."""
    shape = KINDS[kind]
    given: dict[str, Any] = {}
    for field in dataclasses.fields(shape):
        if field.name in body:
            given[field.name] = _rich(body[field.name], str(field.type))
    return shape(about=about, warrant=warrant, **given)


def _rich(value: Any, type_name: str) -> Any:
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, str) and "date" in type_name:
        return date.fromisoformat(value)
    return value
