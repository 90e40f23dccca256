"""What each event changes in a case, beside its state: one function for each of the ledger's words that changes anything."""

import dataclasses
from collections.abc import Callable
from datetime import date
from typing import Any

from rules import events as ev
from rules.casefile import CaseFile, Running

Change = Callable[[CaseFile, Any], dict[str, Any]]


def _clock_started(file: CaseFile, event: ev.ClockStarted) -> dict[str, Any]:
    clock = Running(
        event.clock, event.started, event.due, event.calendar, event.provisional, event.promised, days=event.days
    )
    others = tuple(other for other in file.clocks if other.clock != event.clock)
    promises = _promised(file, event.clock, event.due) if event.promised else file.promises
    return {"clocks": (*others, clock), "promises": promises}


def _promised(file: CaseFile, clock: str, day: date) -> tuple[tuple[str, date], ...]:
    return (*(promise for promise in file.promises if promise[0] != clock), (clock, day))


def _clock_stopped(file: CaseFile, event: ev.ClockStopped) -> dict[str, Any]:
    others = tuple(clock for clock in file.clocks if clock.clock != event.clock)
    stopped = file.clock(event.clock)
    if event.how != PAUSED or stopped is None:
        return {"clocks": others}
    return {"clocks": (*others, dataclasses.replace(stopped, left=event.left))}


PAUSED = "paused"


def _recounted(file: CaseFile, event: ev.Recounted) -> dict[str, Any]:
    """Another day, by another calendar; where it is later the ladder begins anew."""
    clock = file.clock(event.clock)
    if clock is None:
        return {}
    step = "" if event.new > clock.due else clock.step
    new = dataclasses.replace(clock, due=event.new, calendar=event.calendar, provisional=event.provisional, step=step)
    promises = _promised(file, event.clock, event.new) if clock.promised else file.promises
    return {"clocks": tuple(new if other is clock else other for other in file.clocks), "promises": promises}


def _reminded(file: CaseFile, event: ev.Reminded) -> dict[str, Any]:
    def stepped(clock: Running) -> Running:
        return dataclasses.replace(clock, step=event.step) if clock.clock == event.clock else clock

    return {"clocks": tuple(map(stepped, file.clocks)), "reminded": file.reminded + 1}


def _extended(file: CaseFile, event: ev.Extended) -> dict[str, Any]:
    def later(clock: Running) -> Running:
        if clock.clock != "handle":
            return clock
        return dataclasses.replace(
            clock,
            due=event.due,
            provisional=event.provisional,
            calendar=event.calendar or clock.calendar,
            days=clock.days + event.days if clock.days else 0,
            step="",
        )

    return {"clocks": tuple(map(later, file.clocks)), "extended": file.extended + 1}


def _flagged(file: CaseFile, event: ev.Flagged) -> dict[str, Any]:
    others = tuple(flag for flag in file.flags if flag != event.flag)
    return {"flags": (*others, event.flag) if event.on else others}


def _filed(_file: CaseFile, event: ev.FiledByUnit) -> dict[str, Any]:
    """单位直接受理: the unit that filed it handles it, and knows who complained."""
    return {"lead": event.unit, "handling": "unit-direct", "round": 1, "disclosed": True}


def _noted(_file: CaseFile, event: ev.Noted) -> dict[str, Any]:
    noted: dict[str, dict[str, Any]] = {"disclosed-by-sender": {"disclosed": True}, ev.REACHABLE: {"untold": ()}}
    return noted.get(event.what, {})


def _untold(file: CaseFile, event: ev.Untold) -> dict[str, Any]:
    return {"untold": (*file.untold, (event.occasion, event.template, event.text))}


def _hearing_answered(file: CaseFile, event: ev.HearingAnswered) -> dict[str, Any]:
    others = tuple(answer for answer in file.hearing_answers if answer[0] != event.party)
    return {"hearing_answers": (*others, (event.party, event.value))}


def _assigned(_file: CaseFile, event: ev.Assigned) -> dict[str, Any]:
    return {"lead": event.unit, "co_units": event.co_units, "handling": event.handling, "round": event.round}


def _breached(file: CaseFile, event: ev.Breached) -> dict[str, Any]:
    return {"breaches": (*file.breaches, (event.clock, event.due, ""))}


def _breach_answered(file: CaseFile, _event: ev.BreachAnswered) -> dict[str, Any]:
    return {"breaches": tuple((clock, due, how or "answered") for clock, due, how in file.breaches)}


def _breach_lifted(file: CaseFile, event: ev.BreachLifted) -> dict[str, Any]:
    return {
        "breaches": tuple(
            (clock, due, "lifted" if (clock, due) == (event.clock, event.due) else how)
            for clock, due, how in file.breaches
        )
    }


CHANGES: dict[str, Change] = {
    "ClockStarted": _clock_started,
    "ClockStopped": _clock_stopped,
    "Recounted": _recounted,
    "Reminded": _reminded,
    "Extended": _extended,
    "Breached": _breached,
    "BreachAnswered": _breach_answered,
    "BreachLifted": _breach_lifted,
    "Assigned": _assigned,
    "ResultReported": lambda _file, event: {"finding": event.finding, "missing": event.missing},
    "Redone": lambda _file, event: {
        "round": event.round,
        "finding": "",
        "missing": (),
        "opinion": "",
        "answered_directly": False,
    },
    "OpinionGiven": lambda _file, event: {"opinion": event.value},
    "Archived": lambda _file, event: {"archived": event.on},
    "Closed": lambda _file, event: {"outcome": event.outcome},
    "NotAccepted": lambda _file, event: {"ground": event.ground, "outcome": "refused"},
    "HandedOver": lambda _file, _event: {"outcome": "handed-over"},
    "TakenBack": lambda file, _event: {
        "outcome": "",
        "returned": file.returned + 1,
        "archived": None,
        "lead": "",
        "co_units": (),
        "handling": "",
    },
    "Withdrawn": lambda _file, _event: {"outcome": "withdrawn"},
    "Merged": lambda _file, event: {"outcome": "merged", "into": event.into},
    "Absorbed": lambda file, event: {"absorbed": (*file.absorbed, event.case)},
    "Flagged": _flagged,
    "Reclassified": lambda _file, event: {"kind": event.kind_of, "categories": event.categories},
    "FiledByUnit": _filed,
    "DirectlyAnswered": lambda _file, _event: {"answered_directly": True},
    "Noted": _noted,
    "PromiseMeasured": lambda file, event: {"kept": file.kept + 1} if event.kept else {"broken": file.broken + 1},
    "Answered": lambda _file, _event: {"outcome": "answered"},
    "Consented": lambda _file, event: {
        "consent": "agreed" if event.agreed else "refused",
        "consent_scope": event.scope if event.agreed else (),
    },
    "Disclosed": lambda _file, _event: {"disclosed": True},
    "PaperReleased": lambda file, event: {"released": tuple(dict.fromkeys((*file.released, event.sent)))},
    "PaperHeldBack": lambda file, event: {"released": tuple(sent for sent in file.released if sent != event.sent)},
    "Recused": lambda file, event: {"recused": tuple(dict.fromkeys((*file.recused, event.person)))},
    "FromAbove": lambda _file, event: {"above": (event.organ, event.number)},
    "HearingCalled": lambda _file, event: {"hearing": event.day, "hearing_answers": ()},
    "HearingAnswered": _hearing_answered,
    "Resumed": lambda _file, _event: {"hearing": None},
    "Exposed": lambda file, event: {"exposed": event.text if event.where == "board" else file.exposed},
    "Unexposed": lambda _file, _event: {"exposed": ""},
    "RectificationSet": lambda _file, event: {"rectify_due": event.due},
    "Rectified": lambda _file, _event: {"rectify_due": None},
    "Untold": _untold,
    "NoReceipt": lambda _file, event: {"no_receipt": event.reason},
}
