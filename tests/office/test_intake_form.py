"""登记表: what came by telephone, visit, paper, inspection or from above enters the same register (S19, S25, S58)."""

import dataclasses
from datetime import date

import pytest
from desks import HANDLER, LAND, RECEIVER, a_desk, a_letter, folded, kinds, sent, the_book

from rules.case import ABOVE
from rules.decide import decide
from rules.decision import Disposition, Warrant, WarrantKind
from rules.desk import CodeHit, Sender
from rules.entry.form import Filled, form_files, form_papers, missing, read_form
from rules.events import SignedFor
from rules.handling.entered import enter
from rules.life import State
from rules.papers import Table, open_paper
from rules.papers.rebuild import document_of, workbook_of
from rules.wording import wording

say = wording("rules")
TEXT = "2017年5月8日到国土资源局窗口申请不动产登记，材料齐全，窗口工作人员不给办理，还要收2000元加急费，没有发票。"
FORM = f"来件渠道：电话\n来件日期：2017年5月8日\n来件人姓名：张三\n联系电话：13900000000\n被反映单位：国土资源局\n反映内容：{TEXT}\n诉求：依法办理登记"


def returned(words="", *, sheets=(), spent=False, person=RECEIVER, roles=("receiver",), **letter):
    """The person answers the blank form."""
    hit = CodeHit(
        "form:x:周敏", "office", f"staff:{person.name}", person.address, "intake_form", "sent", "subject", spent
    )
    desk = a_desk(hits=(hit,), sender=Sender("staff", person=person.name, roles=roles), sheets=sheets)
    return decide(a_letter(words, from_addr=person.address, **letter), desk)


def registered(decision):
    """The case that was opened."""
    return next(event for event in decision.events if event.kind == "Registered")


@pytest.mark.parametrize("words", ["登记表", "登记表，谢谢"])
def test_a_member_of_staff_asks_for_the_form_and_gets_it(words):
    desk = a_desk(sender=Sender("staff", person=RECEIVER.name, roles=("receiver",)))

    decision = decide(a_letter(words, from_addr=RECEIVER.address), desk)

    assert (decision.disposition, sent(decision)) == (Disposition.ORDER, [("intake_form", RECEIVER.address)])
    assert {paper.name.rpartition(".")[2] for paper in decision.notices[0].papers} == {"docx", "xlsx"}


def test_a6_nobody_else_gets_the_form():
    forged = decide(
        a_letter("登记表", from_addr=RECEIVER.address, auth="fail"),
        a_desk(sender=Sender("staff", person=RECEIVER.name, roles=("receiver",))),
    )
    stranger = decide(a_letter("登记表"), a_desk())

    assert (sent(forged), [letter for letter, _ in sent(stranger)]) == ([], ["receipt"])


def test_a_call_written_down_in_the_reply_is_registered_and_read_back():
    decision = returned(FORM)

    case = registered(decision)
    assert (decision.disposition, case.channel, case.received) == (Disposition.ORDER, "phone", date(2017, 5, 8))
    assert kinds(decision)[0] == "Registered"
    assert "Ordered" in kinds(decision)
    assert decision.spent == ("form:x:周敏",)
    (read,) = [notice for notice in decision.notices if notice.template == "intake_read"]
    assert (read.number, read.to.address) == ("桓营诉〔2017〕12号", RECEIVER.address)
    assert ("来件人姓名", "张三") in [(fact.label, fact.says) for fact in read.facts]


def test_who_telephoned_has_no_receipt_by_mail_and_the_ledger_says_why():
    decision = returned(FORM)

    assert "receipt" not in [template for template, _ in sent(decision)]
    assert [event.reason for event in decision.events if event.kind == "NoReceipt"] == ["no-address"]
    assert all(party.address for party in decision.parties)


def test_who_left_a_mailbox_gets_his_receipt_there():
    decision = returned(f"{FORM}\n电子邮箱：zhangsan@web163.example")

    assert ("receipt", "zhangsan@web163.example") in sent(decision)


def test_what_would_make_the_caller_known_is_known_to_the_shield():
    ((_, identities),) = returned(FORM).identities

    values = {identity.value for identity in identities}
    assert {"张三", "13900000000"} <= values


def test_an_inspection_has_no_complainant_and_the_inspectors_are_shielded():
    decision = returned(f"来件渠道：检查发现（暗访）\n被反映单位：国土资源局\n反映内容：{TEXT}")

    ((_, identities),) = decision.identities
    assert registered(decision).channel == "inspection"
    assert RECEIVER.name in {identity.value for identity in identities}


@pytest.mark.parametrize(
    ("words", "lacks"),
    [
        ("来件渠道：电话", "反映内容"),
        (f"反映内容：{TEXT}", "来件渠道"),
        (f"来件渠道：鸽子\n反映内容：{TEXT}", "来件渠道"),
        (f"来件渠道：上级转办\n反映内容：{TEXT}", "上级机关、上级文号"),
        ("你好", "来件渠道、反映内容"),
    ],
)
def test_a_form_that_lacks_something_says_what_and_can_be_sent_again(words, lacks):
    decision = returned(words)

    assert (kinds(decision), decision.spent) == (["OrderRefused"], ())
    assert decision.notices[0].reason == say("order-form-lacks", lacks=lacks)


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("来件日期：昨天", "来件日期"),
        ("来件日期：2017年6月31日", "来件日期"),
        ("来件日期：2017年5月11日", "来件日期"),
        ("上级要求办结日期：尽快", "上级要求办结日期"),
        ("上级交办日期：2018年1月1日", "上级交办日期"),
    ],
)
def test_a_day_that_names_no_certain_day_or_has_not_come_yet_registers_nothing(line, label):
    """A day above that is not understood would be the office's own term by silence."""
    form = FORM.replace("来件日期：2017年5月8日", "")
    decision = returned(
        f"{line}\n上级机关：市监督局\n上级文号：〔2017〕3号\n{form.replace('渠道：电话', '渠道：上级转办')}"
    )

    (told,) = decision.notices
    assert decision.parties == ()
    assert f"登记表上的{label}看不懂，或者还没有到。" in told.reason


def test_a7_a_form_registers_once():
    assert kinds(returned(FORM, spent=True)) == ["OrderRefused"]


@pytest.mark.parametrize("given", [{"auth": "fail"}, {"person": HANDLER, "roles": ("handler",)}])
def test_a6_a_form_from_somebody_who_may_not_registers_nothing(given):
    assert "Registered" not in kinds(returned(FORM, **given))


def test_s25_a_case_from_above_keeps_the_upper_offices_number_and_its_own_due_day():
    decision = returned(
        f"来件渠道：上级转办\n被反映单位：国土资源局\n反映内容：{TEXT}\n上级机关：市营商环境建设监督局\n上级文号：本营转〔2017〕33号\n"
        "上级交办日期：2017年5月8日\n上级要求办结日期：2017年5月25日"
    )

    file = folded(None, decision.events)
    assert file.above == ("市营商环境建设监督局", "本营转〔2017〕33号")
    assert file.clock("above").due == date(2017, 5, 25)


def test_the_upper_offices_day_runs_on_while_the_case_moves():
    decision = returned(f"来件渠道：上级转办\n反映内容：{TEXT}\n上级机关：市局\n上级文号：33号")
    file = folded(None, decision.events)

    signed = SignedFor(about=file.about, warrant=Warrant(WarrantKind.CODE), unit=file.lead)

    after = folded(file, [signed])

    assert (file.state, after.state) == (State.ASSIGNED, State.HANDLING)
    assert after.clock(ABOVE) == file.clock(ABOVE) is not None


def test_consent_on_the_form_counts_for_this_case():
    agreed = returned(f"{FORM}\n是否同意披露身份：同意")
    refused = returned(f"{FORM}\n是否同意披露身份：不同意")

    assert [event.agreed for event in agreed.events if event.kind == "Consented"] == [True]
    assert [event.agreed for event in refused.events if event.kind == "Consented"] == [False]


# --- the form as a file ------------------------------------------------------------------------------------------------


def filled_in(data, name):
    """The blank form with its second column filled."""
    paper = open_paper(data, name)
    (table,) = paper.tables
    said = {"来件渠道": "来访", "来件人姓名": "李四", "反映内容": TEXT, "被反映单位": LAND}
    rows = tuple((row[0], next((v for k, v in said.items() if row[0].startswith(k)), "")) for row in table.rows)
    again = Table("登记表", rows)
    return workbook_of([again]) if name.endswith("xlsx") else document_of(["登记表", again])


def test_a_table_that_says_he_telephoned_says_through_which_channel_and_not_which_number():
    rows = (("来件渠道", "电话"), ("联系电话", "13900000000"), ("反映内容", TEXT), ("被反映单位", LAND))

    filled = read_form((open_paper(document_of([Table("", rows)]), "登记表.docx"),), "")

    assert (filled["channel"], filled["phone"]) == ("电话", "13900000000")


@pytest.mark.parametrize("place", [0, 1])
def test_both_blank_forms_come_back_filled_and_are_read(place):
    paper = form_papers()[place]
    data = filled_in(form_files()[paper.sha256], paper.name)

    decision = returned("见附件", sheets=(open_paper(data, paper.name),))

    assert registered(decision).channel == "visit"
    assert "李四" in {identity.value for _, found in decision.identities for identity in found}


def test_the_blank_form_itself_says_nothing():
    for data in form_files().values():
        assert read_form([open_paper(data)], "").values == {}


def test_the_hints_of_the_blank_form_are_no_answers():
    assert "来件渠道" in missing(Filled({}))


def test_the_book_may_take_the_right_to_register_away():
    book = the_book()
    receiver = dataclasses.replace(book.roles["receiver"], may=book.roles["receiver"].may - {"open"})
    roles = dataclasses.replace(book.roles, roles={**book.roles.roles, "receiver": receiver})
    hit = CodeHit("form:x:周敏", "office", f"staff:{RECEIVER.name}", RECEIVER.address, "intake_form", "sent", "subject")
    desk = a_desk(
        hits=(hit,),
        sender=Sender("staff", person=RECEIVER.name, roles=("receiver",)),
        book=dataclasses.replace(book, roles=roles),
    )

    assert kinds(decide(a_letter(FORM, from_addr=RECEIVER.address), desk)) == ["OrderRefused"]


def test_what_was_told_goes_on_below_its_label():
    filled = read_form((), f"{FORM.replace(TEXT, '窗口不给办理。')}\n诉求二\n\n反映内容：第二次写的不算")

    assert (filled["text"], filled["wish"]) == ("窗口不给办理。", "依法办理登记\n诉求二\n反映内容：第二次写的不算")


def test_who_is_in_the_book_no_more_is_read_nothing_back():
    desk = a_desk(sender=Sender("staff", person="值班员", roles=("receiver",)))

    decision = enter(read_form((), FORM), a_letter(FORM), desk, "order:x", "command")

    assert registered(decision).channel == "phone"
    assert "intake_read" not in [template for template, _ in sent(decision)]
