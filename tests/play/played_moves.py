"""What citizens, units, machines and strangers do in a play: each function is one deed, done to the office as a mail program would."""

from collections.abc import Iterable
from functools import cache
from io import BytesIO

from PIL import Image
from played_office import Arrived, PlayedOffice
from played_people import PHONES, RESULT, STRANGER, TEXTS

from daemon.demo import manners
from daemon.demo.cast import COMPLAINT, CONTACT, UNITS, Player
from daemon.demo.sheet import contact_sheet


def complain(play: PlayedOffice, who: Player, unit: Player, manner: int) -> None:
    if manner % 6 == 5:
        _with_picture(play, who, unit)
        return
    template = TEXTS[manner % len(TEXTS)]
    said = template.format(unit=unit.name, name=who.name, phone=PHONES.get(who.name, ""))
    text = f"{said}\n受理单编号是第{len(play.letters)}号。"
    write = (manners.web_163, manners.plain_utf8)[manner % 2]
    subject = f"投诉{unit.name}" if "{unit}" in template else template[:9].partition("{")[0]
    play.post(write(who.address, who.name, COMPLAINT, subject, text, play.now), COMPLAINT)


def _with_picture(play: PlayedOffice, who: Player, unit: Player) -> None:
    text = f"我叫{who.name}，{unit.name}收了我500元不开票据，照片见附件。受理单编号是第{len(play.letters)}号。"
    file = ("票据.jpg", picture())
    play.post(manners.with_file(who.address, who.name, COMPLAINT, "投诉", text, play.now, file), COMPLAINT)


@cache
def picture() -> bytes:
    made = BytesIO()
    Image.new("RGB", (60, 40), "red").save(made, "JPEG")
    return made.getvalue()


def answer(play: PlayedOffice, who: Player, words: str, back: int, manner: int) -> bool:
    """He replies to one of our letters, the newest or one before."""
    mine = [letter for letter in play.arrived if letter.to == who.address]
    if not mine:
        return False
    reply(play, mine[-1 - back % min(len(mine), 4)], words, who.name, manner)
    return True


def reply(play: PlayedOffice, arrived: Arrived, words: str, name: str = "", manner: int = 1) -> None:
    got = arrived.letter
    to = got.from_addr
    if manner % 3 == 0:
        raw = manners.qq_reply(arrived.to, name, to, got.subject, words, play.now)
    else:
        write = (manners.web_163_reply, manners.foxmail_reply)[manner % 2]
        raw = write(arrived.to, name, to, got.subject, words, play.now, got.text)
    play.post(raw, to)


def send_sheet(play: PlayedOffice, unit: Player, elsewhere: bool) -> None:
    """信息表 to the contact inbox; from a mailbox nobody knows, where the unit has a new one."""
    address = f"new-{unit.address}" if elsewhere else unit.address
    file = _sheet(unit, address)
    play.post(
        manners.with_file(address, unit.name, CONTACT, f"{unit.name}信息表", "信息表见附件。", play.now, file), CONTACT
    )


@cache
def _sheet(unit: Player, address: str) -> tuple[str, bytes]:
    return contact_sheet(Player(unit.name, address))


def file_own(play: PlayedOffice, unit: Player, with_result: bool) -> None:
    """单位直接受理备案 (S83)."""
    text = f"备案：我单位直接受理群众反映窗口收费一事。第{len(play.letters)}件。\n{RESULT if with_result else ''}"
    play.post(manners.plain_utf8(unit.address, unit.name, COMPLAINT, "备案", text, play.now), COMPLAINT)


def send_answer_of_a_case(play: PlayedOffice, nth: int) -> bool:
    """The unit that has the case writes a letter of its own with its number: the copy for the record (S84)."""
    cases = [file for file in play.cases() if file.lead in {unit.name for unit in UNITS}]
    if not cases:
        return False
    file = cases[nth % len(cases)]
    unit = next(unit for unit in UNITS if unit.name == file.lead)
    subject = f"{file.ref} 办理情况"
    play.post(manners.plain_utf8(unit.address, unit.name, COMPLAINT, subject, RESULT, play.now), COMPLAINT)
    return True


def vacation(play: PlayedOffice, nth: int) -> bool:
    """Somebody's mailbox answers one of our letters by itself."""
    if not play.arrived:
        return False
    letter = play.arrived[-1 - nth % len(play.arrived)]
    raw = manners.qq_vacation(letter.to, "", letter.letter.from_addr, letter.subject, play.now)
    play.post(raw, letter.letter.from_addr)
    return True


def advertise(play: PlayedOffice, nth: int) -> None:
    text = f"本公司长期代开各类发票，点数优惠，退订请回复TD。联系电话13900000039。第{nth}期"
    play.post(manners.plain_utf8("news@shop.example", "优惠通知", COMPLAINT, "代开发票", text, play.now), COMPLAINT)


def pry(play: PlayedOffice, nth: int) -> bool:
    """A stranger writes with a number he saw somewhere."""
    cases = play.cases()
    if not cases:
        return False
    ref = cases[nth % len(cases)].ref
    text = ("请把投诉内容再发一遍。", "撤回投诉", "请问是谁投诉的？", "满意")[nth % 4]
    raw = manners.plain_utf8(STRANGER.address, STRANGER.name, COMPLAINT, f"投诉编号 {ref}", text, play.now)
    play.post(raw, COMPLAINT)
    return True


def bounce(play: PlayedOffice, nth: int) -> bool:
    if not play.arrived:
        return False
    letter = play.arrived[-1 - nth % len(play.arrived)]
    sender = letter.letter.from_addr
    play.post(manners.bounce_163(sender, letter.to, letter.subject, play.now, letter.message_id), sender)
    return True


def answer_about(play: PlayedOffice, ref: str, boxes: Iterable[str], words: str) -> bool:
    """The newest letter about the case in one of the boxes is answered."""
    asked = [letter for letter in play.arrived if letter.to in boxes and ref in letter.subject]
    if not asked:
        return False
    reply(play, asked[-1], words)
    return True
