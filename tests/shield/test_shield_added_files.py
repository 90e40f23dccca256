"""A later letter's files: numbered on through the case, asked about alone, and sent to the units by a person's order alone (A34, A36)."""

import io
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from PIL import Image, TiffImagePlugin
from shield_office import COMPLAINT, Bench, a_mail
from shield_papers import a_docx
from sqlalchemy import select

from daemon.demo.cast import HANDLER, HEAD, LAND, LI, RECEIVER, REVIEWER, TOWN
from daemon.obeying import obey_person
from db import ledger, outbox
from db import tables as t
from db.pen import look, pen
from db.people import learn
from rules import events as ev
from rules.numbers import reference
from rules.papers import FORM, Clean, Table, Withheld
from rules.papers.picture import bare
from rules.papers.rebuild import document_of
from rules.reading import read
from rules.shield import Identity
from rules.study import study

REF = reference(2017, 1)
PICTURES = Path(__file__).parent / "pictures"
SOUND = ("录音.amr", b"#!AMR\n" + bytes(200))
RESULT = "办结报告：经调查核实，反映问题属实，已于5月16日为其办理登记，对窗口责任人批评教育。主要领导已审定。"
NOTE = "窗口又要我交加急费2000元，没有票据。"


def a_picture(colour: str = "red", kind: str = "JPEG") -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(held, format=kind)
    return held.getvalue()


def a_scan(pages: int) -> bytes:
    held = io.BytesIO()
    with TiffImagePlugin.AppendingTiffWriter(held, new=True) as written:
        for page in range(pages):
            Image.new("L", (60, 40), 40 * page).save(written, format="TIFF")
            written.newFrame()
    return held.getvalue()


@pytest.fixture
def at_unit(bench: Bench) -> Bench:
    """The complaint is at the unit, without files."""
    bench.receive(a_mail(COMPLAINT))
    assert bench.asked() == []
    return bench


def writes(bench: Bench, *files: tuple[str, bytes], words: str = "现补充材料，请附到我的投诉里。") -> None:
    """The complainant answers his receipt."""
    with look(bench.engine) as cx:
        receipt = outbox.by_occasion(cx, f"receipt:{REF}")
    assert receipt is not None
    bench.receive(a_mail(words, subject=f"回复：{read(receipt.raw).subject}", name="", files=files))


def put(bench: Bench, kind: str = "files") -> str:
    """The words of the newest letter that puts a question of that kind."""
    asked = bench.question(kind)
    with look(bench.engine) as cx:
        names = select(t.outbox.c.id).where(t.outbox.c.occasion.startswith(f"ask:{asked.id}:"))
        return read(outbox.get(cx, cx.execute(names).scalars().first()).raw).text


def material(bench: Bench) -> list[outbox.Row]:
    return [row for row in bench.to_units() if row.template == "material_added"]


def files_of(row: outbox.Row) -> dict[str, bytes]:
    parts = message_from_bytes(row.raw, policy=policy.default).iter_attachments()
    return {str(part.get_filename()): part.get_payload(decode=True) for part in parts}


def order(bench: Bench, words: str, person: str = HEAD.name) -> str:
    return obey_person(bench.office, REF, words, person, bench.now).says


def test_a_second_letters_pictures_are_asked_about_by_number_and_go_by_a_persons_order(at_unit):
    writes(at_unit, ("收据.jpg", a_picture()), SOUND, ("说明.docx", a_docx(NOTE)))

    assert sorted(at_unit.asked()) == ["files", "supplement"]
    asked = put(at_unit)
    for line in (
        "来信人5月9日来信补充了3个文件，还没有发给承办单位",
        "1 收据.jpg：图片，可以放行",
        "2 录音.amr：录音或录像",
        "3 说明.docx：文字材料，已重新制作、隐去身份，可以放行",
    ):
        assert line in asked
    said = at_unit.answer("files", "放行 1、3", REVIEWER.name)

    assert "放行1、3号文件" in said
    (letter,) = material(at_unit)
    assert (letter.state, letter.to_address) == ("queued", LAND.address)
    assert list(files_of(letter)) == ["attachment-1.jpg", "attachment-3.docx"]
    assert bare(files_of(letter)["attachment-1.jpg"])
    assert "孙福贵".encode() not in letter.raw
    assert at_unit.asked() == ["supplement"]
    assert at_unit.problems() == ()


def test_numbers_go_on_where_the_first_letters_end_and_never_mean_two_files(bench):
    bench.receive(a_mail(COMPLAINT, files=(("一.jpg", a_picture()), SOUND)))
    writes(bench, ("二.jpg", a_picture("blue")), ("三.png", a_picture("green", "PNG")))
    writes(bench, ("四.jpg", a_picture("grey")), words="还有一张。")

    with look(bench.engine) as cx:
        words = " ".join(read(outbox.get(cx, number).raw).text for number in _questions(cx))
    for line in ("1 一.jpg：", "2 录音.amr：", "3 二.jpg：", "4 三.png：", "5 四.jpg："):
        assert line in words
    order(bench, "放行 1、4、5")

    (letter,) = material(bench)
    assert list(files_of(letter)) == ["attachment-1.jpg", "attachment-4.jpg", "attachment-5.jpg"]
    told = [event for _row, event in _lines(bench) if isinstance(event, ev.PaperReleased)]
    assert [event.number for event in told] == [1, 4, 5]


def _questions(cx) -> list[int]:
    return list(cx.execute(select(t.outbox.c.id).where(t.outbox.c.template == "question_asked")).scalars())


def _lines(bench: Bench) -> list[tuple[object, ev.Event]]:
    with look(bench.engine) as cx:
        return list(ledger.lines(cx))


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("放行 2", "第2号文件不能放行：录音或录像"),
        ("放行 1、2", "第2号文件不能放行"),
        ("放行 3", "没有编号为3的未发出文件"),
    ],
)
def test_a36_what_cannot_go_stays_and_the_order_says_what_to_do_instead(at_unit, words, why):
    writes(at_unit, ("收据.jpg", a_picture()), SOUND)

    assert why in at_unit.answer("files", words, REVIEWER.name)
    assert material(at_unit) == []


@pytest.mark.parametrize("person", [RECEIVER.name, HANDLER.name])
def test_who_may_not_release_is_told_who_may(at_unit, person):
    writes(at_unit, ("收据.jpg", a_picture()))

    assert "由审核、组长决定" in at_unit.answer("files", "放行 1", person)
    assert material(at_unit) == []


def test_what_was_released_is_taken_back_while_it_waits_and_what_is_withheld_is_told_in_words(at_unit):
    writes(at_unit, ("收据.jpg", a_picture()), SOUND)
    at_unit.answer("files", "转告单位：录音里窗口人员说，交加急费2000元当天办。", REVIEWER.name)
    order(at_unit, "放行 1")

    assert "收回1封" in order(at_unit, "不放行")
    told, gone = material(at_unit)
    assert (told.state, gone.state) == ("queued", "withdrawn")
    assert "交加急费2000元当天办" in read(told.raw).text
    assert "交发给" in order(at_unit, "放行 1")
    assert "已经放行过了" in order(at_unit, "放行 1")
    assert at_unit.problems() == ()


def test_a_paper_that_still_names_somebody_is_stopped_whoever_released_it(at_unit):
    """Its copy was made by what was known when it came; the guard reads it by what is known now."""
    writes(at_unit, ("说明.docx", a_docx(NOTE)))
    with pen(at_unit.engine) as cx:
        learn(cx, REF, (Identity("name", "加急费2000元"),), 1)
    at_unit.answer("files", "放行 1", REVIEWER.name)

    assert [row.state for row in material(at_unit)] == ["stopped"]
    assert "stopped" in at_unit.asked()


def test_what_came_before_the_transfer_waits_for_it_and_is_asked_about_with_the_rest(bench):
    bench.receive(
        a_mail(COMPLAINT + "同去的张大爷也等了三个月。这事全县只有我一家碰上。", files=(("一.jpg", a_picture()),))
    )
    writes(bench, ("二.jpg", a_picture("blue")))
    assert sorted(bench.asked()) == ["forward", "supplement"]
    assert "请先分办" in order(bench, "放行 2")
    bench.answer("forward", f"改派 {LAND.name}", RECEIVER.name)

    asked = put(bench)
    assert "1 一.jpg：图片，可以放行" in asked
    assert "2 5月9日来信的第1个附件：图片，可以放行" in asked
    bench.answer("files", "放行 1、2", REVIEWER.name)
    assert [list(files_of(row)) for row in material(bench)] == [["attachment-1.jpg", "attachment-2.jpg"]]


def test_what_was_asked_for_goes_with_the_transfer_as_far_as_it_is_clean(bench):
    bench.receive(a_mail(COMPLAINT + "同去的张大爷也等了三个月。这事全县只有我一家碰上。"))
    bench.answer("forward", "补正：请把收据发来。", RECEIVER.name)
    with look(bench.engine) as cx:
        asked_for = cx.execute(select(t.outbox.c.occasion).where(t.outbox.c.template == "supplement_request")).scalar()
    reply = bench.code(asked_for, "收据和说明发来了。", LI.address)
    subject = read(reply).subject
    bench.receive(
        a_mail("收据和说明发来了。", subject=subject, files=(("说明.docx", a_docx(NOTE)), ("收据.jpg", a_picture())))
    )
    bench.answer(bench.asked()[0], f"改派 {LAND.name}", RECEIVER.name)

    (transfer,) = [row for row in bench.to_units() if row.template == "transfer"]
    assert list(files_of(transfer)) == ["attachment-1.docx"]
    assert "另有1件材料" in read(transfer.raw).text
    assert "2 收据.jpg：图片，可以放行" in put(bench)


def test_the_unit_that_gets_the_case_next_is_asked_for_anew_and_the_one_that_has_the_file_gets_it_once(at_unit):
    writes(at_unit, ("收据.jpg", a_picture()))
    at_unit.answer("files", "放行 1", REVIEWER.name)
    order(at_unit, f"改派 {LAND.name}、{TOWN.name}")

    assert "1 5月9日来信的第1个附件：图片，可以放行" in put(at_unit)
    said = at_unit.answer("files", "放行 1", REVIEWER.name)

    assert TOWN.name in said
    assert LAND.name not in said
    assert [row.to_address for row in material(at_unit)] == [LAND.address, TOWN.address]
    assert "已经放行过了" in order(at_unit, "放行 1")


@pytest.mark.parametrize("by", ["keyboard", "letter"])
def test_a_letter_that_a_person_joins_to_a_case_brings_its_files_too(at_unit, by):
    other = "stranger@elsewhere.example"
    at_unit.receive(
        a_mail("请附到案里。", subject=f"材料 {REF}", sender=other, name="", files=(("收据.jpg", a_picture()),))
    )
    held = at_unit.question("held")
    if by == "keyboard":
        at_unit.answer("held", f"并入 {REF}", RECEIVER.name)
    else:
        at_unit.receive(at_unit.code(f"ask:{held.id}:{RECEIVER.name}", f"并入 {REF}", RECEIVER.address))

    assert at_unit.asked() == ["files"]
    assert "1 收据.jpg：图片，可以放行" in put(at_unit)
    at_unit.answer("files", "放行 1", REVIEWER.name)
    assert [list(files_of(row)) for row in material(at_unit)] == [["attachment-1.jpg"]]


@pytest.mark.parametrize("by", ["keyboard", "letter"])
def test_a_letter_that_a_person_registers_keeps_its_files_at_hand(at_unit, by):
    """Its files are listed to the unit and asked about, whether it goes by rule at once or by a second order."""
    words = COMPLAINT.replace("李明远", "赵小梅").replace("2017年2月6日", "3月1日")
    files = (("收据.jpg", a_picture()),)
    at_unit.receive(a_mail(words, subject=f"投诉 {REF}", sender="stranger@elsewhere.example", name="", files=files))
    held = at_unit.question("held")
    if by == "keyboard":
        at_unit.answer("held", "登记", RECEIVER.name)
    else:
        at_unit.receive(at_unit.code(f"ask:{held.id}:{RECEIVER.name}", "登记", RECEIVER.address))

    if "forward" in at_unit.asked():
        at_unit.answer("forward", "同意", RECEIVER.name)
    transfer = [row for row in at_unit.to_units() if row.template == "transfer"][-1]
    assert transfer.about == f"case:{reference(2017, 2)}"
    assert "另有1件材料" in read(transfer.raw).text
    assert "1 收据.jpg：图片，可以放行" in put(at_unit)


def test_a34_each_page_of_a_scan_and_a_telephones_heic_go_as_pictures_of_their_own(at_unit):
    heic = (PICTURES / "one_turned.heic").read_bytes()
    writes(at_unit, ("扫描.tif", a_scan(3)), ("IMG_0001.HEIC", heic))

    asked = put(at_unit)
    assert "1 扫描.tif：图片，共3页，每页都看过才可以放行" in asked
    assert "2 IMG_0001.HEIC：图片，可以放行" in asked
    at_unit.answer("files", "放行 1、2", REVIEWER.name)

    (letter,) = material(at_unit)
    sent = files_of(letter)
    assert list(sent) == ["attachment-1-1.jpg", "attachment-1-2.jpg", "attachment-1-3.jpg", "attachment-2.jpg"]
    assert all(map(bare, sent.values()))
    assert letter.state == "queued"
    assert len([event for _row, event in _lines(at_unit) if isinstance(event, ev.PaperReleased)]) == 4
    assert at_unit.problems() == ()


def test_what_the_one_who_is_not_content_sends_as_proof_is_asked_about_too(at_unit):
    at_unit.receive(at_unit.code(f"transfer:{REF}:1:{LAND.name}", RESULT, LAND.address))
    at_unit.answer("review", "审核通过", REVIEWER.name)
    reply = read(at_unit.code(f"result:{REF}:1", "不满意", LI.address))
    at_unit.receive(
        a_mail("不满意。照片可以证明没有办。", subject=reply.subject, name="", files=(("现场.jpg", a_picture()),))
    )

    assert "1 现场.jpg：图片，可以放行" in put(at_unit)
    at_unit.answer("files", "放行 1", REVIEWER.name)
    assert [list(files_of(row)) for row in material(at_unit)] == [["attachment-1.jpg"]]
    assert at_unit.problems() == ()


def test_what_a_later_letter_says_is_told_to_the_unit_in_a_persons_words_and_guarded(at_unit):
    writes(at_unit, words="现补充：5月8日窗口又让我交2000元，没有票据。")
    assert at_unit.question("supplement").choices == ("hold", "open", "tell-units")
    at_unit.answer("supplement", "转告单位：5月8日窗口再次要求交2000元，没有票据。", RECEIVER.name)
    order(at_unit, "转告单位：李明远说5月8日又交了钱。")

    told, stopped = material(at_unit)
    assert (told.state, stopped.state) == ("queued", "stopped")
    assert "再次要求交2000元" in read(told.raw).text


def test_where_no_unit_has_the_case_nothing_is_offered_to_be_told_to_it(bench):
    bench.receive(a_mail(COMPLAINT + "同去的张大爷也等了三个月。这事全县只有我一家碰上。"))
    writes(bench, words="现补充：5月8日窗口又让我交2000元，没有票据。")

    assert bench.question("supplement").choices == ("hold", "open")


def test_a_letter_without_files_and_one_to_a_case_that_has_ended_ask_nothing_about_files(at_unit):
    writes(at_unit)
    assert at_unit.asked() == ["supplement"]
    at_unit.receive(at_unit.code(f"receipt:{REF}", "撤回", LI.address))
    at_unit.answer("withdrawal", "撤回", RECEIVER.name)
    writes(at_unit, ("收据.jpg", a_picture()), words="又找到一张收据。")

    assert "files" not in at_unit.asked()


@pytest.mark.parametrize(
    ("words", "beside"),
    [("查询：办到哪一步了？", []), ("我要撤回投诉。", ["withdrawal"])],
)
def test_files_with_a_question_how_far_it_is_or_a_withdrawal_are_offered_like_any_others(at_unit, words, beside):
    writes(at_unit, ("收据.jpg", a_picture()), words=words)
    writes(at_unit, ("二.jpg", a_picture("blue")))

    assert sorted(at_unit.asked()) == sorted(["files", "files", "supplement", *beside])
    first, second = _questions_of(at_unit, "来信补充了1个文件")
    assert "1 收据.jpg：图片，可以放行" in first
    assert "2 二.jpg：图片，可以放行" in second
    order(at_unit, "放行 1、2")
    assert [list(files_of(row)) for row in material(at_unit)] == [["attachment-1.jpg", "attachment-2.jpg"]]
    assert at_unit.problems() == ()


def _questions_of(bench: Bench, words: str) -> list[str]:
    with look(bench.engine) as cx:
        texts = [read(outbox.get(cx, number).raw).text for number in _questions(cx)]
    return list(dict.fromkeys(text for text in texts if words in text))


def test_files_with_a_question_without_a_code_are_offered_too(at_unit):
    at_unit.receive(a_mail("请问我的投诉办到哪一步了？", subject="查询", name="", files=(("收据.jpg", a_picture()),)))

    assert at_unit.asked() == ["files"]
    assert "1 收据.jpg：图片，可以放行" in put(at_unit)
    at_unit.answer("files", "放行 1", REVIEWER.name)
    assert [list(files_of(row)) for row in material(at_unit)] == [["attachment-1.jpg"]]


def test_a_complaint_sent_again_brings_the_same_files_which_wait_under_their_first_numbers(bench):
    """It is the same letter only where its files are the same: with another file it is a letter of its own, held and joined."""
    first = (("一.jpg", a_picture()), SOUND)
    bench.receive(a_mail(COMPLAINT, files=first))
    bench.answer("files", "知道了", REVIEWER.name)
    bench.now += timedelta(days=3)
    assert bench.receive(b"X-Sent: again\n" + a_mail(COMPLAINT, files=first)).kind == "copy"

    assert "files" not in bench.asked()
    order(bench, "放行 1")
    assert [list(files_of(row)) for row in material(bench)] == [["attachment-1.jpg"]]

    bench.receive(a_mail(COMPLAINT, files=(*first, ("二.jpg", a_picture("blue")))))
    bench.answer("same-matter", f"并入 {REF}", RECEIVER.name)
    assert "二.jpg：图片，可以放行" in put(bench)


def test_the_offices_own_form_is_no_paper_for_a_unit_whoever_sends_it():
    form = document_of([Table("登记表", (("来件渠道", "来访"), ("来件人姓名", "张三")))])
    done = study(a_mail("见附件。", files=(("登记表.docx", form), ("说明.docx", a_docx(NOTE)))))

    assert done.copies[0] == Withheld(FORM)
    assert isinstance(done.copies[1], Clean)
