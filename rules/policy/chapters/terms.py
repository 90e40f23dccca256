"""Reader of clocks.toml: `[clock.<name>]` tables with days, because, steps and pauses."""

from collections.abc import Mapping

from rules.policy.sheet import Sheet
from rules.policy.terms import Action, Clock, Step, Unit

UNITS = {"工作日": Unit.WORKDAY, "日": Unit.DAY, "年": Unit.YEAR}
ACTIONS = {
    "提醒": Action.WARN,
    "催办": Action.REMIND,
    "书面催办": Action.REMIND_WRITTEN,
    "督办": Action.SUPERVISE,
    "通报": Action.CIRCULAR,
    "上报": Action.ESCALATE,
    "记失职线索": Action.BREACH,
    "视为受理": Action.DEEM_ACCEPTED,
    "记未评价": Action.UNRATED,
    "请人决定": Action.ASK,
    "恢复办理": Action.RESUME,
}
PAUSES = ("supplement", "hearing", "suspended")
"""What a term may stand still for (domain §2.3)."""


def clocks(sheet: Sheet) -> Mapping[str, Clock]:
    """The chapter clocks.toml."""
    value = sheet.sheet("clock").named(_clock)
    sheet.done()
    return value


def _clock(sheet: Sheet, name: str) -> Clock:
    clock = Clock(
        name=name,
        label=sheet.text("label"),
        days=sheet.number("days", low=0, high=3650),
        unit=sheet.choice("unit", Unit, UNITS, Unit.WORKDAY),
        because=sheet.text("because"),
        pauses=sheet.words("pauses", ()),
        steps=steps(sheet),
        variants=tuple(sheet.numbers("variants").items()),
    )
    for stranger in [word for word in clock.pauses if word not in PAUSES]:
        sheet.says("pauses", "choice", word=stranger, known="、".join(PAUSES))
    if any(days < 0 for _, days in clock.variants):
        sheet.says("variants", "range", value=min(days for _, days in clock.variants), low=0, high=3650)
    sheet.done()
    return clock


def steps(sheet: Sheet) -> tuple[Step, ...]:
    """The ladder of a chapter's table: `steps = [{ day = -3, do = "催办" }]`."""
    entries = sheet.raw("steps") or []
    return tuple(step for entry in entries if (step := _step(sheet, entry)))


def _step(sheet: Sheet, entry: object) -> Step | None:
    """A step as `{ day = -3, do = "催办" }`."""
    if not isinstance(entry, dict) or set(entry) != {"day", "do"} or not isinstance(entry["day"], int):
        sheet.says("steps", "step", word=str(entry))
        return None
    if entry["do"] not in ACTIONS:
        sheet.says("steps", "choice", word=entry["do"], known="、".join(ACTIONS))
        return None
    return Step(entry["day"], ACTIONS[entry["do"]])
