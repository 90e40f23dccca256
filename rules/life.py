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
    REPORTED = "reported"
    FEEDBACK = "feedback"
    CLOSED = "closed"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a state waits for: the book's clock that runs in it and the role that answers for it. No clock = the end."""

    clock: str = ""
    owner: str = ""

    @property
    def ended(self) -> bool:
        """Nothing is due any more."""
        return not self.clock


STANDING: dict[State, Standing] = {
    State.REGISTERED: Standing("accept", "receiver"),
    State.SUPPLEMENT: Standing("supplement", "receiver"),
    State.ACCEPTED: Standing("assign", "receiver"),
    State.ASSIGNED: Standing("sign", "handler"),
    State.SENT_BACK: Standing("send-back", "receiver"),
    State.HANDLING: Standing("handle", "handler"),
    State.SUSPENDED: Standing("suspended", "head"),
    State.REPORTED: Standing("review", "reviewer"),
    State.FEEDBACK: Standing("opinion", "handler"),
    State.REFUSED: Standing(),
    State.HANDED_OVER: Standing(),
    State.MERGED: Standing(),
    State.WITHDRAWN: Standing(),
    State.CLOSED: Standing(),
    State.ANSWERED: Standing(),
}

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
    (State.SUPPLEMENT, "Supplemented"): _by(State.REGISTERED, CODE, ORDER, CLOCK),
    (State.SUPPLEMENT, "Accepted"): _by(State.ACCEPTED, ORDER),
    (State.SUPPLEMENT, "NotAccepted"): _by(State.REFUSED, ORDER, role="head"),
    (State.SUPPLEMENT, "Withdrawn"): _by(State.WITHDRAWN, ORDER),
    (State.ACCEPTED, "Assigned"): _by(State.ASSIGNED, RULE, ORDER),
    (State.ACCEPTED, "HandedOver"): _by(State.HANDED_OVER, ORDER, role="head"),
    (State.ACCEPTED, "Withdrawn"): _by(State.WITHDRAWN, ORDER),
    (State.ASSIGNED, "SignedFor"): _by(State.HANDLING, CODE, ORDER),
    (State.ASSIGNED, "Assigned"): _by(State.ASSIGNED, ORDER),
    (State.ASSIGNED, "SendBackAsked"): _by(State.SENT_BACK, CODE, ORDER),
    (State.ASSIGNED, "ResultReported"): _by(State.REPORTED, CODE, ORDER),
    (State.ASSIGNED, "Withdrawn"): _by(State.WITHDRAWN, ORDER),
    (State.SENT_BACK, "Assigned"): _by(State.ASSIGNED, ORDER),
    (State.SENT_BACK, "SendBackRefused"): _by(State.HANDLING, ORDER),
    (State.HANDLING, "SendBackAsked"): _by(State.SENT_BACK, CODE, ORDER),
    (State.HANDLING, "Assigned"): _by(State.ASSIGNED, ORDER),
    (State.HANDLING, "Suspended"): _by(State.SUSPENDED, ORDER, role="head"),
    (State.HANDLING, "ResultReported"): _by(State.REPORTED, CODE, ORDER),
    (State.HANDLING, "Withdrawn"): _by(State.WITHDRAWN, ORDER),
    (State.SUSPENDED, "Resumed"): _by(State.HANDLING, ORDER, CLOCK),
    (State.REPORTED, "ResultReported"): _by(State.REPORTED, CODE, ORDER),
    (State.REPORTED, "ResultApproved"): _by(State.FEEDBACK, RULE, ORDER),
    (State.REPORTED, "Redone"): _by(State.ASSIGNED, ORDER),
    (State.FEEDBACK, "OpinionGiven"): _by(State.FEEDBACK, CODE, ORDER),
    (State.FEEDBACK, "Redone"): _by(State.ASSIGNED, CODE, ORDER),
    (State.FEEDBACK, "Closed"): _by(State.CLOSED, CODE, ORDER, CLOCK),
}


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
