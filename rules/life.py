"""The life of a case (S74): states, what each waits for, and which event on which warrant moves it. One function walks the table.

The office's words for states stand in the book (`label.state.<name>`). Casework adds rows here and nowhere else.
"""

from dataclasses import dataclass
from enum import StrEnum

from rules.decision import Warrant, WarrantKind

RULE, CODE, ORDER, CLOCK = WarrantKind.RULE, WarrantKind.CODE, WarrantKind.ORDER, WarrantKind.CLOCK


class State(StrEnum):
    """States of domain §2.2; the office's word for each stands in the book."""

    REGISTERED = "registered"
    SUPPLEMENT = "supplement"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    HANDED_OVER = "handed-over"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"
    ASSIGNED = "assigned"
    SENT_BACK = "sent-back"
    HANDLING = "handling"
    SUSPENDED = "suspended"
    COPY = "copy"
    REPORTED = "reported"
    FEEDBACK = "feedback"
    CLOSED = "closed"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a state waits for: the book's clock that runs in it, the role that answers for it, the letters that announce it.

    No clock = the end. A letter's name is that of its template; none where nobody outside is told.
    """

    clock: str = ""
    owner: str = ""
    letters: tuple[str, ...] = ()

    @property
    def ended(self) -> bool:
        """Nothing is due any more."""
        return not self.clock


STANDING: dict[State, Standing] = {
    State.REGISTERED: Standing("accept", "receiver", ("receipt", "taken_back_told")),
    State.SUPPLEMENT: Standing("supplement", "receiver", ("supplement_request",)),
    State.ACCEPTED: Standing("assign", "receiver", ("acceptance_told",)),
    State.ASSIGNED: Standing("sign", "handler", ("transfer", "redo_order")),
    State.SENT_BACK: Standing("send-back", "receiver", ("unit_confirmation",)),
    State.HANDLING: Standing("handle", "handler", ("unit_confirmation", "filing_received", "send_back_answer")),
    State.SUSPENDED: Standing("suspended", "head", ("pause_told", "pause_notice")),
    State.COPY: Standing("copy", "handler", ("copy_request",)),
    State.REPORTED: Standing("review", "reviewer", ("unit_confirmation",)),
    State.FEEDBACK: Standing("opinion", "handler", ("result_told", "office_answer", "visit_asked")),
    State.REFUSED: Standing(letters=("refusal_told",)),
    State.HANDED_OVER: Standing(letters=("handed_over_told", "matter_handed_over")),
    State.MERGED: Standing(letters=("merged_told",)),
    State.WITHDRAWN: Standing(letters=("withdrawal_told",)),
    State.CLOSED: Standing(letters=("opinion_received", "opinion_passed")),
    State.ANSWERED: Standing(letters=("answer_told",)),
}

UNTAKEN = frozenset({State.REGISTERED, State.SUPPLEMENT})
"""Nobody has taken the case up yet."""
OPEN = frozenset(state for state, standing in STANDING.items() if not standing.ended)


@dataclass(frozen=True, slots=True)
class Move:
    """Where an event leads from a state and which warrants suffice; `role` is asked of an order."""

    to: State
    warrants: frozenset[WarrantKind]
    role: str = ""


def _by(to: State, *warrants: WarrantKind, role: str = "") -> Move:
    return Move(to, frozenset(warrants), role)


LIFE: dict[tuple[State, str], Move] = {
    (State.REGISTERED, "Accepted"): _by(State.ACCEPTED, RULE, ORDER, CLOCK),
    (State.REGISTERED, "SupplementAsked"): _by(State.SUPPLEMENT, ORDER),
    (State.REGISTERED, "NotAccepted"): _by(State.REFUSED, ORDER, role="head"),
    (State.REGISTERED, "HandedOver"): _by(State.HANDED_OVER, ORDER, role="head"),
    (State.REGISTERED, "Merged"): _by(State.MERGED, ORDER),
    (State.REGISTERED, "Withdrawn"): _by(State.WITHDRAWN, ORDER),
    (State.REGISTERED, "Answered"): _by(State.ANSWERED, ORDER),
    (State.REGISTERED, "FiledByUnit"): _by(State.HANDLING, RULE, ORDER),
    (State.SUPPLEMENT, "Supplemented"): _by(State.REGISTERED, CODE, ORDER, CLOCK),
    (State.SUPPLEMENT, "Accepted"): _by(State.ACCEPTED, ORDER),
    (State.SUPPLEMENT, "NotAccepted"): _by(State.REFUSED, ORDER, role="head"),
    (State.SUPPLEMENT, "Withdrawn"): _by(State.WITHDRAWN, ORDER),
    (State.SUPPLEMENT, "HandedOver"): _by(State.HANDED_OVER, ORDER, role="head"),
    (State.SUPPLEMENT, "Merged"): _by(State.MERGED, ORDER),
    (State.ACCEPTED, "Assigned"): _by(State.ASSIGNED, RULE, ORDER),
    (State.ACCEPTED, "HandedOver"): _by(State.HANDED_OVER, ORDER, role="head"),
    (State.ACCEPTED, "Withdrawn"): _by(State.WITHDRAWN, ORDER),
    (State.ACCEPTED, "Merged"): _by(State.MERGED, ORDER),
    (State.ASSIGNED, "SignedFor"): _by(State.HANDLING, CODE, ORDER),
    (State.ASSIGNED, "Assigned"): _by(State.ASSIGNED, ORDER),
    (State.ASSIGNED, "SendBackAsked"): _by(State.SENT_BACK, CODE, ORDER),
    (State.ASSIGNED, "ResultReported"): _by(State.REPORTED, CODE, ORDER),
    (State.ASSIGNED, "Withdrawn"): _by(State.WITHDRAWN, ORDER),
    (State.ASSIGNED, "Suspended"): _by(State.SUSPENDED, ORDER, role="head"),
    (State.ASSIGNED, "HandedOver"): _by(State.HANDED_OVER, ORDER, role="head"),
    (State.ASSIGNED, "Merged"): _by(State.MERGED, ORDER),
    (State.ASSIGNED, "DirectlyAnswered"): _by(State.COPY, CODE, ORDER),
    (State.SENT_BACK, "Assigned"): _by(State.ASSIGNED, ORDER),
    (State.SENT_BACK, "SendBackRefused"): _by(State.HANDLING, ORDER),
    (State.SENT_BACK, "HandedOver"): _by(State.HANDED_OVER, ORDER, role="head"),
    (State.SENT_BACK, "Withdrawn"): _by(State.WITHDRAWN, ORDER),
    (State.HANDLING, "SendBackAsked"): _by(State.SENT_BACK, CODE, ORDER),
    (State.HANDLING, "Assigned"): _by(State.ASSIGNED, ORDER),
    (State.HANDLING, "Suspended"): _by(State.SUSPENDED, ORDER, role="head"),
    (State.HANDLING, "ResultReported"): _by(State.REPORTED, CODE, ORDER),
    (State.HANDLING, "Withdrawn"): _by(State.WITHDRAWN, ORDER),
    (State.HANDLING, "HandedOver"): _by(State.HANDED_OVER, ORDER, role="head"),
    (State.HANDLING, "Merged"): _by(State.MERGED, ORDER),
    (State.HANDLING, "DirectlyAnswered"): _by(State.COPY, CODE, ORDER),
    (State.HANDED_OVER, "TakenBack"): _by(State.REGISTERED, ORDER),
    (State.SUSPENDED, "Resumed"): _by(State.HANDLING, ORDER, CLOCK),
    (State.SUSPENDED, "Withdrawn"): _by(State.WITHDRAWN, ORDER),
    (State.COPY, "OpinionGiven"): _by(State.COPY, CODE, ORDER),
    (State.COPY, "ResultReported"): _by(State.REPORTED, CODE, ORDER),
    (State.COPY, "Assigned"): _by(State.ASSIGNED, ORDER),
    (State.COPY, "Redone"): _by(State.ASSIGNED, ORDER),
    (State.COPY, "Withdrawn"): _by(State.WITHDRAWN, ORDER),
    (State.REPORTED, "ResultReported"): _by(State.REPORTED, CODE, ORDER),
    (State.REPORTED, "ResultApproved"): _by(State.FEEDBACK, RULE, ORDER),
    (State.REPORTED, "Redone"): _by(State.ASSIGNED, ORDER),
    (State.REPORTED, "DirectlyAnswered"): _by(State.REPORTED, CODE, ORDER),
    (State.REPORTED, "OpinionGiven"): _by(State.REPORTED, CODE, ORDER),
    (State.REPORTED, "Withdrawn"): _by(State.WITHDRAWN, ORDER),
    (State.FEEDBACK, "OpinionGiven"): _by(State.FEEDBACK, CODE, ORDER),
    (State.FEEDBACK, "Redone"): _by(State.ASSIGNED, CODE, ORDER),
    (State.FEEDBACK, "Closed"): _by(State.CLOSED, CODE, ORDER, CLOCK),
}


ANSWERS: dict[str, str] = {
    "transfer": "unit",
    "assign": "unit",
    "unit-direct": "unit",
    "key-supervision": "office",
    "direct": "office",
}
"""谁办理、谁反馈 (S80–S84): handling mode -> who answers the complainant. Where it is the office a person of it signs (S81)."""

FLAGS: dict[str, str] = {
    "overdue": "a running clock's day has passed; calculated, never stored",
    "reminded": "letters of the ladder went out; counted",
    "disclosed": "the unit knows who complained",
    "anonymous": "no name was given",
    "grave": "ordered, or proposed by a rule of routing.toml",
    "hard": "ordered",
    "joint": "a lead unit and co-units",
    "group": "several cases go on in this one",
    "repeat": "the same complaint came again",
    "key": "重点督办",
}
"""Side flags of domain §2.2 that a case may bear beside its state, and where each comes from; words in the book (`label.flag`)."""


class ImpossibleMove(Exception):
    """The life table has no such move, or the warrant does not suffice: a bug in a decision, never a letter's fault."""


def walk(state: State, event: str, warrant: Warrant) -> State:
    """The state after the event. Events that the table does not name move nothing (they are notes in the file).

    Raises ImpossibleMove where the event moves cases but not this one, or on too small a warrant (WHO-SAYS, NEVER-REFUSE).
    """
    if event not in MOVING:
        return state
    move = LIFE.get((state, event))
    if move is None:
        raise ImpossibleMove(f"{state} + {event}")
    if warrant.kind not in move.warrants:
        raise ImpossibleMove(f"{state} + {event} by {warrant.kind}")
    if move.role and warrant.role != move.role:
        raise ImpossibleMove(f"{state} + {event} needs {move.role}, not {warrant.role or 'nobody'}")
    return move.to


MOVING = frozenset(event for _, event in LIFE)


def possible(state: State, event: str) -> bool:
    """Whether the table has the move at all, whoever asks."""
    return (state, event) in LIFE
