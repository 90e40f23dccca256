"""Every report counted a second way: a plain loop over the ledger's JSON, without the fold, the life table or a figure of the program.

recount(office, until) reads the lines once; `tables(name, period)` and `charts(name, period)` say what each report must hold, by title.
"""

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import chinese_calendar
from sqlalchemy import text

from daemon.office import Office
from db.moment import read
from db.pen import look
from rules.days import local_day
from rules.evidence.words import word

STATE = {
    "Registered": "registered",
    "SupplementAsked": "supplement",
    "Supplemented": "registered",
    "Accepted": "accepted",
    "Assigned": "assigned",
    "Redone": "assigned",
    "SignedFor": "handling",
    "Suspended": "suspended",
    "Resumed": "handling",
    "ResultReported": "reported",
    "ResultApproved": "feedback",
}
OWN = {
    "registered": "accept",
    "supplement": "supplement",
    "accepted": "assign",
    "assigned": "sign",
    "handling": "handle",
    "suspended": "suspended",
    "reported": "review",
    "feedback": "opinion",
}
ENDS = {"Closed": "", "NotAccepted": "refused", "HandedOver": "handed-over", "Withdrawn": "withdrawn"}
DEEDS = {"Assigned": "分办", "Redone": "退回重办", "Extended": "延期", "Breached": "失职线索"}
ANSWERS = {"SignedFor": ("sign", "签收", "迟签"), "ResultReported": ("handle", "报结", "迟报结")}
UNIT = (
    "分办",
    "签收",
    "迟签",
    "报结",
    "迟报结",
    "退回重办",
    "延期",
    "失职线索",
    "结案",
    "满意",
    "基本满意",
    "不满意",
    "未评价",
    "在办",
    "超期",
)
OF_UNITS = {"sign": "签收", "handle": "办理", "copy": "抄送备案"}
LABELS = {
    **OF_UNITS,
    "accept": "受理告知",
    "supplement": "待补正",
    "assign": "分办",
    "suspended": "中止",
    "review": "报结审核",
    "feedback": "反馈",
    "opinion": "等候评价",
}


@dataclass
class Running:
    due: date
    provisional: bool
    promised: bool
    still: bool = False

    def late(self, day: date) -> bool:
        return self.due < day and not self.provisional and not self.still


@dataclass
class Case:
    """What the lines have said of it so far."""

    number: str
    began: date
    kind: str
    channel: str
    categories: list[str]
    state: str = "registered"
    lead: str = ""
    given: date = date.min
    ended: date = date.max
    outcome: str = ""
    moved: date = date.min
    times: int = 1
    mend: date | None = None
    clocks: dict[str, Running] = field(default_factory=dict)

    def late(self, day: date) -> list[str]:
        return [name for name, clock in self.clocks.items() if clock.late(day)] if self.ended == date.max else []


@dataclass
class Recount:
    """The office at the end of a period, counted by hand."""

    office: Office
    first: date
    last: date
    cases: dict[str, Case] = field(default_factory=dict)
    flows: Counter[str] = field(default_factory=Counter)
    kept: Counter[bool] = field(default_factory=Counter)
    units: dict[str, Counter[str]] = field(default_factory=dict)
    days: dict[str, list[int]] = field(default_factory=dict)
    people: dict[str, list[int]] = field(default_factory=dict)
    checked: dict[tuple[str, str], bool] = field(default_factory=dict)
    asked: dict[str, date] = field(default_factory=dict)

    def __post_init__(self) -> None:
        with look(self.office.engine) as cx:
            rows = cx.execute(text("SELECT about, kind, body, actor, at FROM ledger ORDER BY seq")).all()
        for about, kind, body, actor, at in rows:
            day = local_day(read(at))
            if kind == "CheckNoted":
                said = json.loads(body)
                self.checked[said["unit"], said["item"]] = said["on"]
            if day <= self.last:
                self._line(about, kind, json.loads(body), actor, day)
        for case in self.cases.values():
            self._stands(case)

    def inside(self, day: date) -> bool:
        return self.first <= day <= self.last

    def unit(self, name: str) -> Counter[str]:
        return self.units.setdefault(name, Counter())

    def _line(self, about: str, kind: str, said: dict[str, Any], actor: str, day: date) -> None:
        if kind == "Asked":
            self.asked[said["key"]] = day
        if kind == "Ordered" and self.inside(day):
            self._ordered(actor, said.get("question", ""), day)
        if not about.startswith("case:"):
            return
        if kind == "Registered":
            number = f"桓营诉〔2017〕{said['serial']}号"
            self.cases[about] = Case(number, day, said["kind_of"], said["channel"], said["categories"])
        case = self.cases[about]
        case.moved = day
        if self.inside(day):
            self.flows[kind] += 1
            self._deed(case, kind, said, day)
        self._goes_on(case, kind, said, day)

    def _ordered(self, person: str, question: str, day: date) -> None:
        counted = self.people.setdefault(person, [0, 0, 0])
        counted[0] += 1
        if question in self.asked:
            counted[1] += 1
            counted[2] += (day - self.asked[question]).days <= self.office.book.clocks["question"].days

    def _deed(self, case: Case, kind: str, said: dict[str, Any], day: date) -> None:
        """Before the line changes the case: in time or late is judged by the day that stood."""
        if kind == "PromiseMeasured":
            self.kept[said["kept"]] += 1
        if kind in DEEDS:
            self.unit(said["unit"])[DEEDS[kind]] += 1
        if kind in ANSWERS:
            clock, done, late = ANSWERS[kind]
            running = case.clocks.get(clock)
            self.unit(said["unit"])[done] += 1
            self.unit(said["unit"])[late] += running is not None and running.late(day)
        if kind == "ResultReported":
            self.days.setdefault(said["unit"], []).append((day - case.given).days)

    def _goes_on(self, case: Case, kind: str, said: dict[str, Any], day: date) -> None:
        _set_clock(case, kind, said)
        if kind in STATE and (STATE[kind] != case.state or kind == "SupplementAsked"):
            case.state = STATE[kind]
            for name, clock in list(case.clocks.items()):
                if not (clock.promised or clock.still or name == OWN[case.state]):
                    del case.clocks[name]
        if kind in ENDS:
            case.ended, case.outcome, case.clocks = day, ENDS[kind] or said["outcome"], {}
        if kind in ("Assigned", "Redone"):
            case.lead, case.given = said["unit"], day
        case.times += kind == "Flagged" and said.get("on", True) and said["flag"] in ("repeat", "group")
        if kind in ("RectificationSet", "Rectified"):
            case.mend = date.fromisoformat(said["due"]) if kind == "RectificationSet" else None

    def _stands(self, case: Case) -> None:
        if case.lead and case.ended == date.max:
            self.unit(case.lead)["在办"] += 1
            self.unit(case.lead)["超期"] += any(name in OF_UNITS for name in case.late(self.last))
        if case.lead and self.inside(case.ended):
            self.unit(case.lead)["结案"] += 1
            self.unit(case.lead)[word("outcome", case.outcome)] += 1

    # --- what each report must hold ----------------------------------------------------------------------------------------

    def tables(self, name: str, unit: str = "") -> dict[str, list[tuple[object, ...]]]:
        """Title -> rows, each table's sum with it."""
        return {
            "weekly": self._weekly,
            "monthly": self._monthly,
            "scorecard": self._scorecard,
            "hotspots": self._hotspots,
            "inspection": lambda: self._inspection(unit),
        }[name]()

    def charts(self, name: str) -> dict[str, dict[str, object]]:
        """Title -> label -> value."""
        rates = {row[0]: row[1] for row in self._rates() if row[1] is not None}
        return {
            "weekly": {"超期件数": dict(self._late_by_whom())},
            "monthly": {"各类别件数": dict(self._categories()), "各单位分办件数": self._assigned()},
            "scorecard": {"各单位按时率": rates},
            "hotspots": {"热点件数": {f"{unit} {what}": len(whose) for (unit, what), whose in self._hot().items()}},
            "inspection": {},
        }[name]

    def _assigned(self) -> dict[str, object]:
        return {name: counts["分办"] for name, counts in self.units.items() if counts["分办"]}

    def _overview(self) -> list[tuple[object, ...]]:
        cases = self.cases.values()
        return [
            ("期初未结", sum(case.began < self.first <= case.ended for case in cases)),
            ("本期登记", sum(self.inside(case.began) for case in cases)),
            ("本期办结", sum(self.inside(case.ended) for case in cases)),
            ("期末未结", sum(case.ended == date.max for case in cases)),
            ("期末超期", sum(bool(case.late(self.last)) for case in cases)),
        ]

    def _weekly(self) -> dict[str, list[tuple[object, ...]]]:
        late = [(case, name) for case in self.cases.values() for name in case.late(self.last)]
        rows = [
            (
                case.number,
                _whose(case, name),
                LABELS[name],
                _spelled(case.clocks[name].due),
                _workdays(case.clocks[name].due, self.last),
                self.office.book.label("state", case.state),
            )
            for case, name in late
        ]
        mend = [
            (case.number, case.lead, _spelled(case.mend))
            for case in self.cases.values()
            if case.mend and case.mend < self.last
        ]
        return {"总的情况": self._overview(), "超期未办": rows, "整改逾期": mend}

    def _late_by_whom(self) -> Counter[str]:
        return Counter(
            whose for case in self.cases.values() for whose in {_whose(case, name) for name in case.late(self.last)}
        )

    def _categories(self) -> Counter[str]:
        return Counter(name for case in self.cases.values() if self.inside(case.began) for name in case.categories)

    def _monthly(self) -> dict[str, list[tuple[object, ...]]]:
        kinds = Counter(
            self.office.book.label("kind", case.kind) for case in self.cases.values() if self.inside(case.began)
        )
        channels = Counter(word("channel", case.channel) for case in self.cases.values() if self.inside(case.began))
        outcomes = Counter(word("outcome", case.outcome) for case in self.cases.values() if self.inside(case.ended))
        flows = [
            ("受理", self.flows["Accepted"]),
            ("分办（次）", self.flows["Assigned"]),
            ("退回重办（次）", self.flows["Redone"]),
            ("延期（次）", self.flows["Extended"]),
            ("失职线索（次）", self.flows["Breached"]),
            ("承诺按期兑现（次）", self.kept[True]),
            ("承诺未按期（次）", self.kept[False]),
        ]
        return {
            "总的情况": [*self._overview(), *flows],
            "来件种类": _summed(kinds),
            "来件渠道": _summed(channels),
            "问题类别": list(self._categories().items()),
            "办结结果": _summed(outcomes),
            "各单位办理情况": self._units(),
        }

    def _units(self, only: str = "") -> list[tuple[object, ...]]:
        shown = {name: counts for name, counts in self.units.items() if not only or name == only}
        rows: list[tuple[object, ...]] = [(name, *(counts[what] for what in UNIT)) for name, counts in shown.items()]
        return [*rows, ("合计", *(sum(counts[what] for counts in shown.values()) for what in UNIT))]

    def _rates(self) -> list[tuple[object, ...]]:
        return [
            (
                name,
                _percent(counts["报结"] - counts["迟报结"], counts["报结"]),
                round(sum(self.days[name]) / len(self.days[name])) if name in self.days else None,
                _percent(counts["满意"] + counts["基本满意"], counts["满意"] + counts["基本满意"] + counts["不满意"]),
                counts["报结"],
                counts["退回重办"],
                counts["失职线索"],
            )
            for name, counts in self.units.items()
        ]

    def _scorecard(self) -> dict[str, list[tuple[object, ...]]]:
        return {"各单位": self._rates(), "工作人员": [(name, *counted) for name, counted in self.people.items()]}

    def _lately(self, day: date) -> bool:
        return self.last - timedelta(days=self.office.book.record.hotspot_days) < day <= self.last

    def _hot(self) -> dict[tuple[str, str], list[str]]:
        met: dict[tuple[str, str], list[str]] = {}
        for case in self.cases.values():
            for name in case.categories if case.lead and self._lately(case.began) else ():
                met.setdefault((case.lead, name), []).append(case.number)
        return {key: found for key, found in met.items() if len(found) >= self.office.book.record.hotspot_cases}

    def _hotspots(self) -> dict[str, list[tuple[object, ...]]]:
        least = self.office.book.record.hotspot_repeats
        again = [case for case in self.cases.values() if case.times >= least and self._lately(case.moved)]
        return {
            "热点": [(*key, len(found), "、".join(found)) for key, found in self._hot().items()],
            "难点（重复反映）": [(case.number, case.lead, case.times) for case in again],
        }

    def _inspection(self, only: str) -> dict[str, list[tuple[object, ...]]]:
        """By the directory: a contact person, a public telephone and a mailbox; by an inspector: whatever he noted last."""
        with look(self.office.engine) as cx:
            words = "SELECT unit, person, public, address FROM contacts WHERE until IS NULL"
            listed = {
                row.unit: {"contact": row.person, "hotline": row.public, "mailbox": row.address}
                for row in cx.execute(text(words))
            }
        names = [only] if only else [unit.name for unit in self.office.book.units]
        checks = [
            (name, *(self._has(name, check.key, listed.get(name, {})) for check in self.office.book.record.checks))
            for name in names
        ]
        hot = [(unit, what, len(found)) for (unit, what), found in self._hot().items() if not only or unit == only]
        return {"机制建立情况": checks, "各单位办理情况": self._units(only), "热点": hot}

    def _has(self, unit: str, key: str, listed: dict[str, str]) -> str:
        return "有" if self.checked.get((unit, key), bool(listed.get(key))) else "未报"


def _set_clock(case: Case, kind: str, said: dict[str, Any]) -> None:
    if kind == "ClockStarted":
        due = date.fromisoformat(said["due"])
        case.clocks[said["clock"]] = Running(due, said.get("provisional", False), said.get("promised", False))
    if kind == "ClockStopped" and said["how"] == "paused" and said["clock"] in case.clocks:
        case.clocks[said["clock"]].still = True
    elif kind == "ClockStopped":
        case.clocks.pop(said["clock"], None)
    if kind == "Extended" and "handle" in case.clocks:
        case.clocks["handle"].due = date.fromisoformat(said["due"])
        case.clocks["handle"].provisional = said.get("provisional", False)


def _whose(case: Case, clock: str) -> str:
    return case.lead if clock in OF_UNITS and case.lead else "本局"


def _spelled(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _workdays(after: date, last: date) -> int:
    """By the package that the office's calendar is not made of."""
    days = (after + timedelta(days=count) for count in range(1, (last - after).days + 1))
    return sum(chinese_calendar.is_workday(day) for day in days)


def _summed(counter: Counter[str]) -> list[tuple[object, ...]]:
    return [*counter.items(), ("合计", sum(counter.values()))]


def _percent(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None
