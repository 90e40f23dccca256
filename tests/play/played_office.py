"""An office played in one process: citizens, units and staff move at random, the world refuses, forgets and crashes; what must hold is asked after each move."""

import copy
import shutil
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from pathlib import Path

from shifts import MORNING
from sqlalchemy import select

from daemon import points
from daemon.demo import manners
from daemon.demo.cast import COMPLAINT, CONTACT, HANDLER, HEAD, RECEIVER, REVIEWER, UNITS, Player
from daemon.demo.indoors import Box, indoor_rounds, without_reports
from daemon.demo.stage import demo_rules, found_office, take_office
from daemon.obeying import obey_person
from daemon.smtp import Accepted, Later, Outcome, Refused, Unknown
from db import checks, files, ledger, questions
from db import tables as t
from db.pen import look
from rules.case import CaseFile
from rules.desk import OpenQuestion
from rules.life import State
from rules.orders import VERBS
from rules.reading import read
from rules.trouble import UsageTrouble, WorldTrouble

CITIZENS = (
    Player("欧阳慧芝", "ouyhz7731@web163.example"),
    Player("司马长庚", "smcg2290@qq.example"),
    Player("赫连秀娥", "hlxe8812@web126.example"),
)
PHONES = {"欧阳慧芝": "13804140021", "司马长庚": "13804140032", "赫连秀娥": "13804140043"}
STAFF = (RECEIVER, HANDLER, REVIEWER, HEAD)
UNIT_BOXES = {unit.address for unit in UNITS}
FATES = ("accepted", "later", "refused", "crowded", "lost", "arrived")


NEXT_ORDER = {
    State.REGISTERED: "reassign",
    State.SUPPLEMENT: "accept",
    State.ACCEPTED: "reassign",
    State.SENT_BACK: "reassign",
    State.REPORTED: "approve-result",
    State.SUSPENDED: "resume",
    State.COPY: "copied",
}
NEXT_WORDS = {"reassign": "国土资源局", "approve-result": "：已为您办理，多收的费用已退还。"}


class Crash(BaseException):
    """The process ended here; nothing of ours may catch it."""


@dataclass
class Arrived:
    """A letter of ours in somebody's mailbox."""

    to: str
    raw: bytes


class PlayedOffice:
    """One office and its world. Every move ends with a whole round."""

    def __init__(self, folder: Path, before: "PlayedOffice | None" = None) -> None:
        """A new office in the folder; or one that goes on where another, closed, stands, as often as one likes."""
        self.path = folder / "huiyin.db"
        self.boxes = copy.deepcopy(before.boxes) if before else {"complaint": Box(), "contact": Box()}
        self.now = before.now if before else MORNING
        self.arrived: list[Arrived] = list(before.arrived) if before else []
        self.accepted: Counter[str] = Counter()
        self.fates: list[str] = []
        self.letters: list[tuple[str, bytes]] = list(before.letters) if before else []
        self.countdown = 0
        self.read_until = 0
        if before:
            shutil.copy(before.path, self.path)
        else:
            found_office(f"sqlite:///{self.path}", MORNING - timedelta(days=1))
        self._open()

    def _open(self) -> None:
        self.office = take_office(f"sqlite:///{self.path}", without_reports(demo_rules()))
        self.rounds = indoor_rounds(self.office, self.boxes, self.take)
        self.rounds.begin(self.now, vouched=True)

    def close(self) -> None:
        points.unwatch()
        self.office.engine.dispose()

    # what the world does

    def take(self, to: str, raw: bytes) -> Outcome:
        """A submission server of moods."""
        fate = self.fates.pop(0) if self.fates else "accepted"
        if fate == "refused":
            return Refused("550 User not found")
        if fate in ("later", "crowded"):
            return Later("451 try again", crowded=fate == "crowded")
        if fate == "lost":
            return Unknown("")
        self.arrived.append(Arrived(to, raw))
        self.accepted[message_from_bytes(raw)["Message-ID"]] += 1
        if fate == "arrived":
            self.boxes["contact" if CONTACT in str(message_from_bytes(raw)["From"]) else "complaint"].sent.append(
                (self.now, raw)
            )
            return Unknown("")
        return Accepted("250 ok", "q1")

    def post(self, raw: bytes, to: str) -> None:
        self.letters.append((to, raw))
        self.boxes["contact" if to == CONTACT else "complaint"].deliver(raw, self.now)

    def crash_at(self, nth: int) -> None:
        """The process ends at the nth point from now on."""
        self.countdown = nth
        points.watch(self._count)

    def _count(self, _point: str) -> None:
        self.countdown -= 1
        if self.countdown == 0:
            raise Crash

    def a_round(self, minutes: int = 12) -> None:
        """Poll, decide, tick, send; a crash in it begins another shift, which does it again."""
        self.now += timedelta(minutes=minutes)
        try:
            self._whole()
        except Crash:
            points.unwatch()
            self.office.engine.dispose()
            self._open()
            self._whole()
        points.unwatch()

    def _whole(self) -> None:
        self.rounds.poll(self.now)
        self.rounds.decide(self.now)
        with suppress(WorldTrouble):
            self.rounds.tick(self.now)
        self.rounds.send(self.now)

    # what people do

    def complain(self, who: Player, unit: Player, manner: int) -> None:
        said = TEXTS[manner % len(TEXTS)].format(unit=unit.name, name=who.name, phone=PHONES.get(who.name, ""))
        text = f"{said}\n受理单编号是第{len(self.letters)}号。"
        write = (manners.web_163, manners.plain_utf8)[manner % 2]
        self.post(write(who.address, who.name, COMPLAINT, f"投诉{unit.name}", text, self.now), COMPLAINT)

    def answer(self, who: Player, words: str, back: int, manner: int) -> bool:
        """He replies to one of our letters, the newest or one before."""
        mine = [letter.raw for letter in self.arrived if letter.to == who.address]
        if not mine:
            return False
        got = read(mine[-1 - back % min(len(mine), 4)])
        to = got.from_addr
        if manner % 3 == 0:
            raw = manners.qq_reply(who.address, who.name, to, got.subject, words, self.now)
        else:
            write = (manners.web_163_reply, manners.foxmail_reply)[manner % 2]
            raw = write(who.address, who.name, to, got.subject, words, self.now, got.text)
        self.post(raw, to)
        return True

    def bounce(self, nth: int) -> bool:
        if not self.arrived:
            return False
        letter = self.arrived[-1 - nth % len(self.arrived)]
        got = read(letter.raw)
        self.post(manners.bounce_163(got.from_addr, letter.to, got.subject, self.now, got.message_id), got.from_addr)
        return True

    def order(self, nth: int, choice: int, argument: str, person: Player) -> bool:
        """A member of staff answers a question that waits, or orders about a case unasked."""
        open_ones = self.waiting()
        if open_ones and choice % 5:
            question = open_ones[nth % len(open_ones)]
            verbs = ("agree", *question.choices)
            verb, name = verbs[choice % len(verbs)], question.id
        else:
            cases = self.cases()
            if not cases:
                return False
            verb, name = sorted(VERBS)[choice % len(VERBS)], cases[nth % len(cases)].ref
        words = "同意" if verb == "agree" else self.office.book.label("order", verb)
        with suppress(UsageTrouble):
            obey_person(self.office, name, f"{words} {argument}", person.name, self.now)
        return True

    def go_on(self, nth: int, well: bool) -> bool:
        """What comes next in the life of a case comes: the unit, the office or the complainant does his part, well or badly."""
        cases = [file for file in self.cases() if not file.ended]
        if not cases:
            return False
        file = cases[nth % len(cases)]
        verb = NEXT_ORDER.get(file.state)
        if verb is not None:
            label = self.office.book.label("order", verb)
            with suppress(UsageTrouble):
                obey_person(self.office, file.ref, f"{label} {NEXT_WORDS.get(verb, '')}", HEAD.name, self.now)
            return True
        if file.state is State.FEEDBACK:
            return self._reply(file.ref, {who.address for who in CITIZENS}, "满意" if well else "不满意，没有退钱")
        words = "签收" if file.state is State.ASSIGNED else UNIT_WORDS[2] if well else "退办，不属于我局职责"
        return self._reply(file.ref, UNIT_BOXES, words)

    def _reply(self, ref: str, boxes: set[str], words: str) -> bool:
        """The newest letter about the case in one of the boxes is answered."""
        asked = [letter for letter in self.arrived if letter.to in boxes and ref in read(letter.raw).subject]
        if not asked:
            return False
        got = read(asked[-1].raw)
        reply = manners.foxmail_reply(asked[-1].to, "", got.from_addr, got.subject, words, self.now, got.text)
        self.post(reply, got.from_addr)
        return True

    # what is

    def waiting(self) -> list[OpenQuestion]:
        with look(self.office.engine) as cx:
            return list(questions.waiting(cx))

    def cases(self) -> list[CaseFile]:
        with look(self.office.engine) as cx:
            return [files.load(body) for body in cx.execute(select(t.cases.c.body).order_by(t.cases.c.ref)).scalars()]

    def head(self) -> str:
        with look(self.office.engine) as cx:
            return ledger.head(cx).hash

    def problems(self, *, deep: bool = False) -> list[checks.Problem]:
        with look(self.office.engine) as cx:
            return checks.every(cx, self.now, deep=deep, limits=self.office.book.limits)

    def told_to_units(self) -> list[str]:
        """Whoever of the citizens is named, without having agreed to it, in what units got since this was asked last."""
        disclosed = self._disclosed()
        told = []
        fresh, self.read_until = self.arrived[self.read_until :], len(self.arrived)
        for letter in fresh:
            if letter.to not in UNIT_BOXES:
                continue
            text = whole_text(letter.raw)
            told += [
                who.name
                for who in CITIZENS
                if who.address not in disclosed
                and any(sign in text for sign in (who.name, PHONES[who.name], who.address.partition("@")[0]))
            ]
        return told

    def _disclosed(self) -> set[str]:
        open_to = [file.ref for file in self.cases() if file.disclosed]
        with look(self.office.engine) as cx:
            asked = select(t.parties.c.address).where(t.parties.c.case.in_(open_to), t.parties.c.role == "complainant")
            return set(cx.execute(asked).scalars())


def whole_text(raw: bytes) -> str:
    """Every header and every text of the letter, decoded by the standard library alone."""
    message = message_from_bytes(raw)
    texts = [str(make_header(decode_header(value))) for value in message.values()]
    for part in message.walk():
        if not part.is_multipart():
            data = part.get_payload(decode=True)
            texts.append(
                data.decode(part.get_content_charset() or "utf-8", "replace") if isinstance(data, bytes) else ""
            )
    return "\n".join(texts)


def begun(folder: Path) -> PlayedOffice:
    """An office after its first days, closed: a case with its unit, one in hand, one reported, one whose result is told."""
    play = PlayedOffice(folder)
    for nth, unit in enumerate((*UNITS, UNITS[0])):
        play.complain(CITIZENS[nth % len(CITIZENS)], unit, nth % 3)
        play.a_round()
    for nth in range(4):
        for _ in range(nth):
            play.go_on(nth, well=True)
            play.a_round()
    play.close()
    return play


TEXTS = (
    "我叫{name}，电话{phone}。我投诉{unit}。材料一次交齐，窗口承诺15个工作日办结，到今天一直不给办理，还要我另交加急费2000元。",
    "你好，我是{name}。{unit}的窗口人员态度恶劣，三次去都说领导不在，请依法处理。联系电话：{phone}",
    "{unit}乱收费，不开票据。\n1. 请求退还多收的500元。\n2. 请求处理收费的人。\n{name} {phone}",
    "请问怎么办营业执照，要带什么材料？{name}",
    "有人管管吗",
    "我投诉{unit}。此事我已向法院起诉，正在审理。{name}，{phone}",
    "匿名举报：{unit}工作人员收礼。",
)
UNIT_WORDS = (
    "签收",
    "正在办理",
    "办结。\n调查结论：属实。\n办理情况：已为反映人办理。\n查处情况：批评教育一次。\n依据：《不动产登记暂行条例》第二十条。",
    "情况属实，已整改。",
    "退办，不属于我局职责，建议转市场监督管理局",
    "申请延期10天，原因是需要现场调查",
    "投诉人是谁，请提供联系方式",
    "我们已经直接答复投诉人。",
    "",
    "嗯",
)
HIS_WORDS = (
    "满意",
    "基本满意",
    "不满意，没有退钱",
    "没有不满意",
    "撤回投诉",
    "同意披露",
    "不同意",
    "办到哪了",
    "补充：还有一件事，窗口又要了一份证明",
    "",
)
ARGUMENTS = (
    "",
    "国土资源局",
    "市场监督管理局",
    "桓仁镇 国土资源局",
    "N4",
    "D1",
    "5 天：需要现场调查",
    "：请写明地点",
    "：已按规定办理。",
    "纪委监委",
)
__all__ = ["ARGUMENTS", "CITIZENS", "FATES", "HIS_WORDS", "STAFF", "UNIT_WORDS", "PlayedOffice", "begun"]
