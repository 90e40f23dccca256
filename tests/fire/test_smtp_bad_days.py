"""The whole house on bad days of the mail servers (F63–F78): what waits, who goes first, who is told, and that nothing goes twice."""

from datetime import timedelta

import pytest
from office_days import asked, citizen, citizens_write, left, rows, work
from sqlalchemy import select

from daemon.auditing import audit
from daemon.demo.cast import COMPLAINT, LAND, RECEIVER
from daemon.demo.faults import Fault
from daemon.demo.stage import Stage
from db import tables as t
from db.pen import look, pen
from rules.reading import read


def fault(stage: Stage, at: str, text: str, *, times: int = 1, after: int = 0, who: str | None = None) -> None:
    stage.host.smtp.faults.append(Fault(at, "answer", text=text, times=times, after=after, who=who))


def times(stage: Stage) -> dict[str, str]:
    """Occasion -> not before when."""
    with look(stage.rounds.office.engine) as cx:
        return {row.occasion: row.not_before for row in cx.execute(select(t.outbox.c.occasion, t.outbox.c.not_before))}


def subjects(stage: Stage, address: str) -> list[str]:
    return [read(sent.raw).subject for sent in stage.host.sent_log if sent.rcpt == address]


@pytest.mark.on_double("a submission server in its moods")
@pytest.mark.parametrize("at", ["CONNECT", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "DOT"])
def test_f63_a_passing_refusal_at_any_stage_puts_the_letter_off_and_it_goes_once(stage: Stage, at: str):
    citizens_write(stage.host, 1)
    fault(stage, at, "451 4.3.0 try again later")

    work(stage)
    waiting = [moment for moment in times(stage).values() if moment]
    work(stage, 3)

    assert waiting
    assert set(left(stage).values()) == {1}


@pytest.mark.on_double("a submission server in its moods")
def test_f63_a_letter_that_waits_longer_than_a_day_is_told_of_once(stage: Stage):
    citizens_write(stage.host, 1)
    fault(stage, "RCPT", "450 4.2.0 later", times=-1, who=citizen(1))

    for _ in range(14):
        work(stage, 1, minutes=150)

    assert asked(stage).count("trouble") == 1
    assert len([subject for subject in subjects(stage, RECEIVER.address) if "系统报警" in subject]) == 1
    assert "refused" not in rows(stage.rounds.office.engine).values()


@pytest.mark.on_double("a submission server in its moods")
@pytest.mark.parametrize("at", ["AUTH", "MAIL"])
def test_f64_a_refusal_of_ours_stops_the_loop_and_keeps_every_letter_waiting(stage: Stage, at: str):
    citizens_write(stage.host, 1, 2, 3)
    fault(stage, at, "553 Mail from must equal authorized user" if at == "MAIL" else "535 Login Fail", times=-1)

    work(stage, 2, minutes=5)

    assert set(rows(stage.rounds.office.engine).values()) <= {"queued", "sent"}
    assert stage.host.smtp.logins <= 3
    assert [sent for sent in stage.host.sent_log if sent.mail_from == COMPLAINT] == []


@pytest.mark.on_double("a submission server in its moods")
def test_f64_f74_a_recipient_refused_is_that_letters_end_and_a_person_is_asked_within_the_minute(stage: Stage):
    citizens_write(stage.host, 1, 2)
    fault(stage, "RCPT", "550 5.1.1 no such user", who=LAND.address, times=1)

    work(stage)

    states = rows(stage.rounds.office.engine)
    assert [state for occasion, state in states.items() if occasion.startswith("transfer:")] == ["refused", "sent"]
    assert asked(stage) == ["refused-send"]
    stage.rounds.send(stage.now + timedelta(seconds=30))
    assert any("被对方服务器拒收" in subject for subject in subjects(stage, RECEIVER.address))


@pytest.mark.on_double("a submission server in its moods")
def test_f68_421_in_the_middle_the_rest_later_in_their_order_receipts_first(stage: Stage):
    citizens_write(stage.host, *range(1, 9))
    fault(stage, "MAIL", "421 4.7.0 too many connections", after=3, times=2)

    work(stage)
    first = [read(sent.raw).subject[:4] for sent in stage.host.sent_log if sent.mail_from == COMPLAINT]
    work(stage, 3)

    order = [read(sent.raw).subject[:4] for sent in stage.host.sent_log if sent.mail_from == COMPLAINT]
    assert len(first) == 3
    assert order[:8] == ["收件回执"] * 8
    assert set(left(stage).values()) == {1}


@pytest.mark.on_double("a submission server in its moods")
def test_f70_greylisting_is_waited_out_with_the_same_sender_and_recipient(stage: Stage):
    citizens_write(stage.host, 1)
    fault(stage, "RCPT", "450 4.2.0 greylisted, try again in 60 seconds", who=citizen(1))

    work(stage, 2)

    assert [sent.mail_from for sent in stage.host.sent_log if sent.rcpt == citizen(1)] == [COMPLAINT]


@pytest.mark.on_double("a submission server in its moods")
@pytest.mark.parametrize("words", ["554 DT:SPM 163 smtp10,D8CowA see http://mail.163.com/help", "554 HL:ITC 163 smtp1"])
def test_f71_taken_for_spam_the_letter_goes_once_more_in_another_dress(stage: Stage, words: str):
    citizens_write(stage.host, 1)
    fault(stage, "DOT", words)

    work(stage, 2)

    receipt = next(sent for sent in stage.host.sent_log if sent.rcpt == citizen(1))
    letter = read(receipt.raw)
    assert "来信：收件回执" in letter.subject
    assert "正式来信" in letter.text
    assert "已经收到" in letter.text
    assert len(letter.codes) == 1
    assert set(left(stage).values()) == {1}
    assert audit(stage.rounds.office, stage.now, deep=True).problems == ()


@pytest.mark.on_double("a submission server in its moods")
def test_f71_refused_twice_for_spam_a_person_is_asked_and_it_never_goes_a_third_time(stage: Stage):
    citizens_write(stage.host, 1)
    fault(stage, "DOT", "554 DT:SPM 163 smtp10", times=2, who=citizen(1))

    work(stage, 4)

    states = rows(stage.rounds.office.engine)
    assert [state for occasion, state in states.items() if occasion.startswith("receipt:")] == ["refused"]
    assert "refused-send" in asked(stage)
    assert [sent for sent in stage.host.sent_log if sent.rcpt == citizen(1)] == []


@pytest.mark.on_double("a submission server in its moods")
def test_f71_the_answer_to_a_letter_in_another_dress_still_acts(stage: Stage):
    citizens_write(stage.host, 1)
    fault(stage, "DOT", "554 DT:SPM", after=1)
    work(stage, 3)

    stage.reply(LAND, "签收。", stage.now, manner="master")
    work(stage)

    assert any("已登记" in subject for subject in subjects(stage, LAND.address))


@pytest.mark.on_double("a submission server in its moods")
def test_f72_too_many_in_a_quarter_of_an_hour_everybody_waits_as_long(stage: Stage):
    citizens_write(stage.host, 1, 2, 3)
    fault(stage, "MAIL", "451 MI:SFQ too many messages in 15 minutes", after=1)

    work(stage)
    sent = len(stage.host.sent_log)
    work(stage, 1, minutes=10)
    assert len(stage.host.sent_log) == sent == 1
    work(stage, 1, minutes=10)

    assert set(left(stage).values()) == {1}


def test_f75_an_address_no_server_can_reach_is_refused_before_connecting_and_the_others_go(stage: Stage):
    citizens_write(stage.host, 1, 2)
    stage.rounds.poll(stage.now)
    stage.rounds.decide(stage.now)
    with pen(stage.rounds.office.engine) as cx:
        first = t.outbox.c.occasion.like("receipt:%") & (t.outbox.c.to_address == citizen(1))
        cx.execute(t.outbox.update().where(first).values(to_address="张三@例子.example"))

    work(stage)

    states = rows(stage.rounds.office.engine)
    assert sorted(state for occasion, state in states.items() if occasion.startswith("receipt:")) == ["refused", "sent"]
    assert "refused-send" in asked(stage)


def test_f78_three_days_without_a_server_stale_reminders_are_withdrawn_and_everything_else_goes(stage: Stage):
    citizens_write(stage.host, 1, 2)
    work(stage, 2)
    stage.now += timedelta(days=4)
    stage.rounds.tick(stage.now)
    reminders = [occasion for occasion in rows(stage.rounds.office.engine) if occasion.startswith("remind:")]
    stage.reply(LAND, "签收。", stage.now, manner="master")
    stage.rounds.poll(stage.now)
    stage.rounds.decide(stage.now)

    work(stage, 2)

    states = rows(stage.rounds.office.engine)
    assert sorted(states[occasion] for occasion in reminders) == ["sent", "withdrawn"]
    assert "queued" not in states.values()
    assert max(left(stage).values()) == 1
    assert audit(stage.rounds.office, stage.now).ok


def test_the_caps_of_a_provider_are_kept_and_everything_goes_in_the_end(stage: Stage):
    """A day's and a minute's number and the gap between two letters stand in the book (domain §7.3)."""
    from rules.policy.office import Rate

    citizens_write(stage.host, 1, 2, 3)
    account = stage.rounds.accounts["complaint"]
    rates = stage.rounds.office.book.limits.rates
    rates[account.host] = Rate(per_minute=2, per_day=100, gap_seconds=0, because="test")
    try:
        work(stage)
        first = len([sent for sent in stage.host.sent_log if sent.mail_from == COMPLAINT])
        work(stage, 5)
    finally:
        del rates[account.host]

    assert first == 2
    assert set(left(stage).values()) == {1}
