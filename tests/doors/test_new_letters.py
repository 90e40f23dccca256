"""Letters that belong to no case yet, letters that are nobody's, and machines' (traps L44–L54, L66, A1, A17–A20, F56–F62)."""

import dataclasses
from datetime import UTC, date, datetime

import pytest
from desks import (
    ABOUT,
    COMPLAINT,
    LAND,
    LI,
    MARKET,
    NOW,
    REF,
    UNIT_BOX,
    a_case,
    a_desk,
    a_desk_with,
    a_letter,
    asked,
    complainant_hit,
    folded,
    kinds,
    sent,
    the_book,
    unit_hit,
    why,
)

from rules.decide import decide
from rules.decision import Disposition, Filing, Settled, WarrantKind
from rules.desk import CodeHit, Copy, Seen, Sender
from rules.letter import Attachment
from rules.life import State
from rules.policy import Book

FROM_HOME = [("receipt", LI)]


def held(decision) -> bool:
    """Held, asked about once, and nothing leaves the office."""
    return (decision.disposition, len(decision.questions), sent(decision)) == (Disposition.HELD, 1, [])


def registered(decision):
    return next(event for event in decision.events if event.kind == "Registered")


# --- opened -------------------------------------------------------------------------------------------------------------


def test_one_clear_complaint_is_receipted_and_forwarded_without_a_person():
    decision = decide(a_letter(subject="投诉国土资源局"), a_desk())

    assert (decision.disposition, decision.filings, asked(decision)) == (
        Disposition.OPENED,
        (Filing(REF, "complaint"),),
        [],
    )
    assert sent(decision) == [*FROM_HOME, ("transfer", UNIT_BOX[LAND])]
    assert {event.warrant.kind for event in decision.events} == {WarrantKind.RULE}
    assert folded(None, decision.events).state is State.ASSIGNED


def test_clean_papers_go_with_the_forward_and_the_others_are_counted():
    papers = (("", "a" * 64, "attachment-1.docx"), ("", "", "attachment-2.jpg"))

    transfer = decide(a_letter(), a_desk(papers=papers)).notices[1]

    assert ([paper.sha256 for paper in transfer.papers], transfer.withheld) == (["a" * 64], 1)


def manual(**given) -> Book:
    book = the_book()
    return dataclasses.replace(book, office=dataclasses.replace(book.office, **given))


@pytest.mark.parametrize(
    ("desk", "kind"),
    [(a_desk(book=manual(auto_forward=False)), "forward"), (a_desk(contacts=()), "no-mailbox")],
)
def test_what_may_not_go_by_itself_is_proposed_to_a_person(desk, kind):
    decision = decide(a_letter(), desk)

    assert (asked(decision), sent(decision)) == ([kind], FROM_HOME)
    assert dict(decision.questions[0].proposal)["unit"] == LAND
    assert "李明远" not in dict(decision.questions[0].facts).get("draft", "")


def test_a_letter_that_was_not_read_to_its_end_goes_to_no_unit():
    assert sent(decide(a_letter(limits=("letter",)), a_desk())) == FROM_HOME


def test_l52_a_report_never_goes_to_the_reported():
    decision = decide(a_letter("举报国土资源局局长收受贿赂，收了开发商20万元。"), a_desk())

    assert (decision.disposition, sent(decision), len(decision.questions)) == (Disposition.OPENED, FROM_HOME, 1)
    assert registered(decision).anonymous


@pytest.mark.parametrize(
    "words",
    ["我要起诉国土资源局，下周开庭", "法院判了欠货款我不服", "国土资源局张某受贿", "国土资源局不给办证，我不是要起诉"],
)
def test_l53_never_refuse_words_of_a_ground_only_make_a_question(words):
    decision = decide(a_letter(words), a_desk())

    assert decision.disposition is Disposition.OPENED
    assert not {"NotAccepted", "HandedOver"} & set(kinds(decision))
    assert ("receipt", LI) in sent(decision)


def test_l53_a_ground_is_asked_of_the_head():
    decision = decide(a_letter("我不服法院判决，已经向中级法院起诉国土资源局，法院已立案。"), a_desk())

    assert (asked(decision), decision.questions[0].role) == (["grounds"], "head")


def test_l51_a_letter_about_the_office_itself_is_the_heads():
    decision = decide(a_letter("投诉营商环境建设监督局工作人员不作为，收了材料不登记。"), a_desk())

    assert (asked(decision), decision.questions[0].role, sent(decision)) == (["ourselves"], "head", FROM_HOME)


def test_l54_danger_is_urgent_at_once():
    decision = decide(a_letter("厂里着火了，有人被困，快来人！"), a_desk())

    assert (decision.notices[0].urgent, decision.questions[0].urgent) == (True, True)


def test_l55_a_question_is_answered_and_no_unit_handles_it():
    decision = decide(a_letter("请问办理营业执照需要什么材料？"), a_desk())

    after = folded(None, decision.events)
    assert (asked(decision), [clock.clock for clock in after.clocks]) == (["answer"], ["answer"])


def test_two_lines_without_a_unit_are_asked_to_be_completed():
    assert asked(decide(a_letter("有人管管吗，一直拖着不给批，都说领导不在"), a_desk())) == ["incomplete"]


@pytest.mark.parametrize("field", ["to", "cc"])
def test_l49_who_wrote_to_the_respondent_too_has_disclosed_himself_and_gets_his_receipt_alone(field):
    decision = decide(a_letter(**{field: (UNIT_BOX[LAND].upper(),)}, reply_to=UNIT_BOX[LAND]), a_desk())

    assert [event.what for event in decision.events if event.kind == "Noted"] == ["disclosed-by-sender"]
    assert sent(decision)[0] == ("receipt", LI)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"receipts_same": 1}, "same-subject"),
        ({"auto_today": 6}, "daily-limit"),
        ({"auto_domain": 200}, "daily-limit"),
    ],
)
def test_where_no_receipt_is_due_the_reason_stands_in_the_ledger(given, reason):
    decision = decide(a_letter(), a_desk(**given))

    assert decision.events[-1].reason == reason
    assert "receipt" not in dict(sent(decision))


def test_a_letter_opened_by_order_gets_no_receipt_where_none_is_safe():
    from rules.handling.complaint import opened

    nameless = opened(a_letter(from_addr=""), a_desk())
    forged = opened(a_letter(auth="fail"), a_desk())
    colleague = opened(a_letter(from_addr=UNIT_BOX[MARKET]), a_desk(sender=Sender("unit", MARKET)))

    assert [decision.events[-1].reason for decision in (nameless, forged, colleague)] == [
        "no-address",
        "unverified",
        "unit",
    ]


def test_a_receipt_asks_for_what_the_letter_lacks():
    locked = Attachment("x.zip", "attachment-1.zip", "application/zip", 9, "0" * 64, notes=("encrypted",))
    letter = a_letter("", subject="投诉", attachments=(locked,), links=("https://drive.example/x",), limits=("letter",))

    assert {"words", "unprotected", "ordinary-file", "smaller"} <= set(decide(letter, a_desk()).notices[0].asks)


def test_l37_the_words_of_a_forwarded_letter_are_read_too():
    decision = decide(a_letter("请看下面", forwarded=COMPLAINT), a_desk())

    assert "不动产登记" in decision.drafts[0].text


@pytest.mark.parametrize(
    ("seen", "day", "flags"),
    [
        (Seen("complaint", "inbox", datetime(2017, 5, 8, 17, tzinfo=UTC)), date(2017, 5, 9), ()),
        (Seen("complaint", "inbox", NOW, guessed=True), date(2017, 5, 9), ("received-guessed",)),
        (None, date(2017, 5, 9), ()),
    ],
)
def test_f60_a18_the_day_is_the_servers_or_that_of_keeping_and_never_the_senders(seen, day, flags):
    event = registered(decide(a_letter(date_utc="2016-01-01T00:00:00Z"), a_desk(seen=seen)))

    assert (event.received, event.flags) == (day, flags)


# --- held ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({"from_addr": "", "from_trouble": "none"}, "no-sender"),
        ({"from_addr": "", "from_trouble": "several"}, "several-senders"),
        ({"from_trouble": "conflict"}, "conflict"),
        ({"own_words": ""}, "empty"),
        ({"auth": "fail"}, "auth"),
    ],
)
def test_letters_nobody_can_attribute_or_digest_are_held(given, kind):
    decision = decide(a_letter(**given), a_desk())

    assert held(decision)
    assert decision.kind == kind


def test_a1_a_units_name_and_a_number_without_a_code_touch_nothing():
    letter = a_letter("HY2017-00012-K7 已办结", from_addr=UNIT_BOX[LAND], numbers=(REF,))

    decision = decide(letter, a_desk_with(a_case(), sender=Sender("unit", LAND)))

    assert held(decision)
    assert kinds(decision) == ["Held"]


@pytest.mark.parametrize(
    ("given", "fact", "shown", "first"),
    [
        ({"numbers": ("桓营诉〔2017〕12号",)}, "candidate", f"桓营诉〔2017〕12号（{REF}）", "join"),
        ({"mistyped": ("HY2017-00012-K8",)}, "named", "HY2017-00012-K8", "hold"),
    ],
)
def test_l66_a_number_alone_only_finds_the_candidate(given, fact, shown, first):
    decision = decide(a_letter(**given), a_desk_with(a_case()))

    assert held(decision)
    (question,) = decision.questions
    assert (dict(question.facts)[fact], question.choices[0]) == (shown, first)
    assert decision.filings == ()


def test_l66_a_number_of_another_year_is_shown_as_it_stands():
    decision = decide(a_letter(numbers=("桓营诉〔2016〕12号",)), a_desk())

    assert dict(decision.questions[0].facts)["named"] == "桓营诉〔2016〕12号"


def test_l44_a_second_letter_of_the_same_sender_is_only_proposed_for_joining():
    decision = decide(a_letter(), a_desk_with(a_case(), recent=(REF,), sender=Sender("complainant")))

    assert (held(decision), asked(decision), decision.filings) == (True, ["same-matter"], (Filing(REF, "held"),))
    assert why(decision) == "来信人有未办结的案件，可能是同一件事，也可能是新的事"


def test_l50_a_letter_from_a_units_mailbox_gets_no_receipt_and_goes_to_nobody():
    decision = decide(a_letter(from_addr=UNIT_BOX[MARKET]), a_desk(sender=Sender("unit", MARKET)))

    assert held(decision)
    assert dict(decision.questions[0].facts)["unit"] == MARKET


@pytest.mark.parametrize("words", ["办结", "签收", "同意转办", "退办", COMPLAINT + "\n签收 办结 同意转办"])
def test_a19_units_and_staffs_words_from_a_stranger_are_only_words(words):
    decision = decide(
        a_letter(words, subject="回复：[HY2017-00012-K7] 办结报告", numbers=(REF,)), a_desk_with(a_case())
    )

    assert held(decision)
    assert kinds(decision) == ["Held"]


def test_a19_without_a_number_they_are_a_letter_like_any_other():
    decision = decide(a_letter("办结"), a_desk())

    assert (decision.disposition, sent(decision)) == (Disposition.OPENED, FROM_HOME)


def test_a18_a_letter_that_only_claims_our_address_is_held_and_no_machine():
    decision = decide(a_letter(from_addr="tousu@huiyin.example"), a_desk(sender=Sender("own")))

    assert (held(decision), decision.kind) == (True, "own")


def test_a12_a_mailbox_that_resembles_a_registered_one_is_shown_so():
    decision = decide(a_letter(numbers=(REF,)), a_desk_with(a_case(), sender=Sender(near=UNIT_BOX[LAND])))

    assert dict(decision.questions[0].facts)["near"] == UNIT_BOX[LAND]


def test_f56_letters_from_before_the_start_are_one_group():
    one, other = (decide(a_letter(words), a_desk(before_start=True)) for words in ("投诉", "举报"))

    assert (held(one), one.questions[0].key) == (True, other.questions[0].key)


def test_f56_what_the_office_wrote_before_the_start_lies_in_sent_and_is_asked_about_by_nobody():
    before = a_desk(before_start=True, sender=Sender("own"), seen=Seen("complaint", "sent", NOW))
    since = dataclasses.replace(before, before_start=False)

    old, new = decide(a_letter("您好，来信已收到"), before), decide(a_letter("您好，来信已收到"), since)

    assert (old.disposition, old.kind, sent(old), asked(old)) == (Disposition.MACHINE, "own", [], [])
    assert (held(new), new.kind) == (True, "own")  # written around the program: a person is asked (A44)


@pytest.mark.parametrize("sender", [Sender(), Sender("complainant"), Sender("unit", unit=LAND), Sender("staff")])
def test_a44_what_lies_in_sent_was_written_by_us_whatever_its_from_and_opens_and_answers_nothing(sender: Sender):
    since = a_desk(sender=sender, seen=Seen("contact", "sent", NOW))
    before = dataclasses.replace(since, before_start=True)

    new, old = (decide(a_letter("我要投诉国土资源局乱收费"), desk) for desk in (since, before))

    assert (held(new), new.kind, sent(new), len(new.questions)) == (True, "sent", [], 1)
    assert (old.disposition, old.kind, sent(old), asked(old)) == (Disposition.MACHINE, "own", [], [])


def test_f56_a18_a_letter_of_then_that_only_claims_our_address_is_one_of_the_group():
    claimed = decide(a_letter("投诉"), a_desk(before_start=True, sender=Sender("own")))

    assert (held(claimed), claimed.kind) == (True, "history")


# --- copies and our own -------------------------------------------------------------------------------------------------


def a_copy(disposition="opened", case=REF, **given) -> Copy:
    return dataclasses.replace(
        Copy("f" * 64, same_message_id=True, same_sender=True, same_text=True, disposition=disposition, case=case),
        **given,
    )


def test_f62_l46_the_same_letter_again_joins_and_answers_nobody():
    decision = decide(a_letter(), a_desk(copies=(a_copy(same_message_id=False),), receipts_same=1))

    assert (decision.disposition, decision.filings, kinds(decision), sent(decision), asked(decision)) == (
        Disposition.JOINED,
        (Filing(REF, "copy"),),
        ["Joined"],
        [],
        [],
    )


@pytest.mark.parametrize("given", [{"same_text": False}, {"same_sender": False}])
def test_a17_an_equal_message_id_alone_makes_no_copy(given):
    assert decide(a_letter(), a_desk(copies=(a_copy(**given),))).disposition is Disposition.OPENED


@pytest.mark.parametrize(
    ("disposition", "now", "kind"),
    [
        ("machine", Disposition.MACHINE, "MachineNoted"),
        ("contact", Disposition.CONTACT, "MachineNoted"),
        ("held", Disposition.HELD, "Held"),
        ("order", Disposition.HELD, "Held"),
    ],
)
def test_l46_a7_a_copy_becomes_what_the_first_became_and_has_no_second_effect(disposition, now, kind):
    decision = decide(a_letter(), a_desk(copies=(a_copy(disposition, ""),)))

    assert (decision.disposition, kinds(decision), sent(decision)) == (now, [kind], [])


def test_f62_a_letter_that_came_to_both_mailboxes_while_it_waits_is_asked_about_once():
    decision = decide(a_letter(), a_desk(copies=(a_copy(disposition="held", case="", waiting=True),)))

    assert (decision.disposition, sent(decision), asked(decision)) == (Disposition.HELD, [], [])


def test_f56_who_writes_again_what_lies_among_the_old_letters_is_seen_by_a_person():
    """The old one waits for its turn in its group; nobody would have seen that he wrote again."""
    first = a_copy(disposition="held", case="", waiting=True, same_message_id=False)
    one, other = (decide(a_letter(), a_desk(copies=(first,))) for _ in range(2))

    assert (held(one), one.kind) == (True, "copy")
    assert one.questions[0].key == other.questions[0].key


def test_f61_our_own_letter_coming_back_is_a_machines():
    decision = decide(a_letter(), a_desk(own_message=True, sender=Sender("own")))

    assert (decision.disposition, decision.kind, sent(decision)) == (Disposition.MACHINE, "own", [])


# --- machines -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("machine", ["vacation", "receipt", "list", "spam", "auto"])
def test_no_loop_a_machine_is_noted_and_never_answered(machine):
    decision = decide(a_letter("特价促销", machine=machine), a_desk())

    assert (decision.disposition, decision.kind, sent(decision), asked(decision)) == (
        Disposition.MACHINE,
        machine,
        [],
        [],
    )


@pytest.mark.parametrize(
    ("given", "hits"), [({"own_words": "我要投诉"}, ()), ({"numbers": (REF,)}, ()), ({}, (unit_hit(a_case()),))]
)
def test_l57_a_complaint_among_advertisements_is_held(given, hits):
    decision = decide(a_letter(**{"own_words": "特价", "machine": "spam", **given}), a_desk(hits=hits))

    assert (held(decision), decision.kind) == (True, "bulk")


def test_l30_an_invitation_is_held_and_never_answered():
    invitation = Attachment("x.ics", "attachment-1.ics", "text/calendar", 9, "0" * 64)

    assert held(decide(a_letter("开会", machine="auto", attachments=(invitation,)), a_desk()))


def a_bounce(**given):
    return a_letter(
        "退信",
        **{
            "machine": "bounce",
            "bounce_kind": "failed",
            "bounced_addr": UNIT_BOX[LAND],
            "bounce_reason": "550",
            **given,
        },
    )


def test_l79_a_bounce_settles_the_letter_and_asks_at_once():
    decision = decide(a_bounce(), a_desk_with(a_case(), hits=(unit_hit(a_case()),)))

    assert (decision.disposition, kinds(decision), asked(decision), sent(decision)) == (
        Disposition.MACHINE,
        ["MachineNoted", "SendRefused"],
        ["bounce"],
        [],
    )
    assert decision.settled == (Settled(f"transfer:{REF}:1:{LAND}", "refused", "550"),)
    assert (decision.filings, decision.questions[0].urgent) == ((Filing(REF, "bounce"),), True)


def test_l79_a_bounced_receipt_is_asked_about_without_haste():
    hit = complainant_hit(a_case())

    (question,) = decide(a_bounce(bounced_addr="", bounce_reason=""), a_desk(hits=(hit,))).questions

    assert (question.urgent, question.outbox) == (False, hit.occasion)


def test_l79_a_bounce_of_a_letter_about_no_case_is_filed_nowhere():
    hit = CodeHit("alarm:x", "", "staff:周敏", LI, "alarm", "sent", "subject")

    assert decide(a_bounce(bounced_addr=LI), a_desk(hits=(hit,))).filings == ()


@pytest.mark.parametrize(
    ("given", "filed"),
    [({"bounce_kind": "delayed"}, REF), ({"bounce_kind": "relayed"}, REF), ({"bounced_addr": "x@qq.example"}, REF)],
)
def test_l79_a_delay_or_somebody_elses_bounce_changes_nothing(given, filed):
    decision = decide(a_bounce(**given), a_desk(hits=(unit_hit(a_case()),)))

    assert (kinds(decision), decision.settled, asked(decision)) == (["MachineNoted"], (), [])
    assert decision.filings == (Filing(filed, "bounce"),)
    assert decision.events[0].about == ABOUT


def test_l80_a_bounce_of_a_letter_we_never_sent_is_only_counted():
    decision = decide(a_bounce(), a_desk())

    assert (decision.disposition, kinds(decision), decision.filings) == (Disposition.MACHINE, ["MachineNoted"], ())
