"""交接信: everything counted, one screen of what the person himself can act on, the most pressing first (S20, S42); tasks recur (S16, S22, S52, S60)."""

import dataclasses
from datetime import UTC, date, datetime, timedelta

import pytest
from desks import ABOUT, HANDLER, HEAD, LAND, NOW, RECEIVER, a_case, a_desk, kinds
from office_desks import question_of

from rules.asking import ask, letters
from rules.case import Running
from rules.handover.chasing import cause_of, chase, rung
from rules.handover.listing import handover
from rules.handover.standing import OpenCase, Standing, Waiting
from rules.handover.tasks import due_tasks
from rules.life import State
from rules.policy.office import Absence
from rules.wording import wording

say = wording("rules.handover")
TODAY = date(2017, 5, 9)
YEAR = date(2016, 1, 1)


def due_on(day: date, state: State = State.REGISTERED, **given):
    """An open case that is due on the day."""
    return a_case(state, clocks=(Running("accept", TODAY, day, "2017"),), **given)


def standing(*cases, questions=(), **given) -> Standing:
    base = Standing(TODAY, "f" * 64, 9, 2, 1, tuple(OpenCase(case, TODAY) for case in cases), questions, frozenset())
    return dataclasses.replace(base, **given)


def written(state: Standing, who=RECEIVER, **given):
    """The person's letter."""
    desk = a_desk(cause="handover:2017-05-09:morning", **given)
    decision = handover(state, desk, "morning")
    return next(notice for notice in decision.notices if notice.to.address == who.address)


def counted(letter) -> dict[str, int]:
    return {count.label: count.number for count in letter.counts}


def a_waiting(kind: str, asked: datetime = NOW, **given) -> Waiting:
    desk = a_desk()
    question = dataclasses.replace(ask(desk, kind, "x", ABOUT, subject="投诉拖延办证"), proposal=(("unit", LAND),))
    (put, *_) = letters(question, desk)
    return Waiting(dataclasses.replace(question_of(kind, **given), asked=asked), put)


def test_everybody_who_is_there_gets_one_letter_with_the_ledgers_head():
    decision = handover(standing(), a_desk(absences=(Absence(HEAD.name, TODAY, TODAY),)), "morning")

    told = [notice.to.name for notice in decision.notices]
    assert (len(told), len(set(told)), HEAD.name in told) == (3, 3, False)
    assert {(notice.head, notice.seq) for notice in decision.notices} == {("f" * 64, 9)}
    assert kinds(decision) == ["HandoverTold"]


def test_what_waits_is_counted():
    cases = (due_on(TODAY), due_on(date(2017, 5, 11)), due_on(date(2017, 5, 8)), due_on(date(2017, 6, 1)))
    questions = tuple(map(a_waiting, ("held", "bounce", "refused-send", "forward")))

    assert counted(written(standing(*cases, questions=questions))) == {
        "新登记": 2,
        "新办结": 1,
        "在办": 4,
        "今天到期": 1,
        "即将到期": 1,
        "已超期": 1,
        "待人工来信": 1,
        "暂存的来信": 0,
        "拒收、不明、拦下的信": 1,
        "退回的信": 1,
        "没有动静的单位": 0,
        "待定事项": 4,
        "例行工作": 0,
    }


def test_a_question_is_one_numbered_line_with_the_words_that_answer_it():
    (item,) = written(standing(due_on(date(2017, 6, 1)), questions=(a_waiting("forward"),))).items

    assert (item.number, item.target, item.case) == (1, "question:Q000000001", "桓营诉〔2017〕12号")
    assert item.what == "转办前请审核：投诉拖延办证"
    assert item.answers.startswith(f"同意（按建议办理，就是“同意转办 {LAND}”）；同意转办；改派 单位名称；")


def test_urgent_before_questions_before_overdue_before_today_before_soon():
    urgent = a_waiting("bounce", about="office", id="U")
    urgent = dataclasses.replace(urgent, put=dataclasses.replace(urgent.put, urgent=True))
    cases = tuple(
        dataclasses.replace(due_on(day), ref=f"HY2017-0000{n}-XX")
        for n, day in enumerate((date(2017, 5, 11), TODAY, date(2017, 5, 8)), 1)
    )

    letter = written(standing(*cases, questions=(a_waiting("held", about="office"), urgent)))

    assert [item.target for item in letter.items] == [
        "question:U",
        "question:Q000000001",
        "case:HY2017-00003-XX",
        "case:HY2017-00002-XX",
        "case:HY2017-00001-XX",
    ]
    assert [item.due for item in letter.items[2:]] == ["5月8日已超期", "今天到期", "5月11日到期"]


def test_what_somebody_is_asked_about_is_nobody_elses_line():
    letter = written(standing(due_on(TODAY), questions=(a_waiting("grounds"),)))

    assert letter.items == ()


def test_a45_who_is_passed_by_sees_neither_case_nor_question():
    case = due_on(TODAY, recused=(RECEIVER.name,))

    assert written(standing(case)).items == ()
    assert written(standing(case, questions=(a_waiting("forward"),))).items == ()
    assert written(standing(case, questions=(a_waiting("forward"),)), HEAD).items


def test_a_screen_is_a_screen():
    cases = tuple(dataclasses.replace(due_on(TODAY), ref=f"HY2017-{n:05}-XX") for n in range(30))

    letter = written(standing(*cases))

    assert (len(letter.items), letter.more) == (20, 10)


def test_s67_a_unit_that_has_not_moved_for_the_books_days_is_silent():
    case = a_case(State.HANDLING, clocks=(Running("handle", TODAY, date(2017, 6, 30), "2017"),))
    still = Standing(TODAY, "", 0, 0, 0, (OpenCase(case, date(2017, 4, 28)),), (), frozenset())
    moved = dataclasses.replace(still, cases=(OpenCase(case, date(2017, 5, 8)),))

    assert counted(written(still))["没有动静的单位"] == 1
    assert counted(written(moved))["没有动静的单位"] == 0
    (item,) = written(still, who=HANDLER).items
    assert (item.group, LAND in item.what) == (say("group-silent"), True)


# --- recurring tasks ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "tasks"),
    [
        ("2017-03-20", ["核对各单位工作机构和联系人", "明察暗访"]),
        ("2017-04-07", ["核对各单位工作机构和联系人", "公布投诉举报电话和信箱", "明察暗访", "开展宣传"]),
        ("2017-05-09", ["公布投诉举报电话和信箱", "开展宣传"]),
    ],
)
def test_s16_s22_s52_s60_tasks_stand_on_the_list_before_their_day(day, tasks):
    desk = dataclasses.replace(a_desk(), now=datetime.fromisoformat(f"{day}T01:00:00+00:00"))
    found = [task.name for task in due_tasks(desk, frozenset(), date(2017, 1, 1))]

    assert set(tasks) <= set(found)


def test_a_task_done_is_off_the_list_until_its_next_turn():
    desk = a_desk()
    (first, *_) = due_tasks(desk, frozenset(), YEAR)

    left = due_tasks(desk, frozenset({first.key}), YEAR)
    next_year = due_tasks(dataclasses.replace(desk, now=NOW + timedelta(days=365)), frozenset({first.key}), YEAR)

    assert first not in left
    assert first.name in [task.name for task in next_year]


def test_no_task_of_a_time_before_the_office_began():
    assert due_tasks(a_desk(), frozenset(), date(2017, 5, 9)) == ()


# --- a question nobody answers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "action"),
    [((2017, 5, 9), None), ((2017, 5, 10), "warn"), ((2017, 5, 11), "escalate"), ((2017, 5, 15), "escalate")],
)
def test_a_question_climbs_by_the_books_ladder(today, action):
    question = dataclasses.replace(question_of("forward"), asked=NOW)
    step = rung(question, a_desk(now=datetime(*today, 1, tzinfo=UTC)))

    assert (step.action.value if step else None) == action


def test_a_question_with_a_rhythm_of_its_own_does_not_climb():
    question = dataclasses.replace(question_of("calendar"), asked=NOW)

    assert rung(question, a_desk(now=datetime(2017, 5, 15, 1, tzinfo=UTC))) is None


def test_each_rung_has_a_cause_of_its_own_and_goes_to_who_must_hear_it():
    desk = a_desk(now=datetime(2017, 5, 11, 1, tzinfo=UTC))
    question = dataclasses.replace(question_of("forward"), asked=NOW)
    (put,) = letters(ask(desk, "forward", "x", ABOUT), desk)
    desk = dataclasses.replace(desk, put=((question.id, put),))
    step = rung(question, desk)

    (again,) = chase(question, step, desk).notices

    assert cause_of(question, step) == f"chase:{question.id}:escalate@1"
    assert (again.to.address, again.facts) == (HEAD.address, put.facts)


def test_what_is_the_heads_already_goes_to_nobody_higher():
    desk = a_desk(now=datetime(2017, 5, 11, 1, tzinfo=UTC))
    question = dataclasses.replace(question_of("grounds"), asked=NOW)
    (put,) = letters(ask(desk, "grounds", "x", ABOUT), desk)
    desk = dataclasses.replace(desk, put=((question.id, put),))

    decision = chase(question, rung(question, desk), desk)

    assert (kinds(decision), decision.notices) == (["Chased"], ())


def test_a_question_that_nobody_could_be_told_of_is_answered_by_its_own_orders():
    waiting = dataclasses.replace(a_waiting("held"), put=None)

    (item,) = written(standing(questions=(waiting,))).items

    assert item.answers.startswith("登记；并入")


def test_a_case_whose_clocks_all_stand_still_is_no_line():
    assert written(standing(a_case(State.REGISTERED))).items == ()
