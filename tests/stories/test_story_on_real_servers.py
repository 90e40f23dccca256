"""The main job on Debian's Dovecot (TLS) and Postfix (STARTTLS): complaint, junk folder, 20 MB letter, UIDVALIDITY change, reply, result, closure."""

import smtplib
import ssl
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from debian_host import DebianHost, missing
from shifts import MORNING

from daemon.auditing import audit
from daemon.demo import manners
from daemon.demo.cast import COMPLAINT, LAND, LI, REVIEWER, ZHAO, Player, accounts
from daemon.demo.servers import MailHost
from daemon.demo.stage import OWN, Stage, set_stage
from daemon.mailboxes import mailbox_at
from daemon.places import imap_place, smtp_place
from daemon.reader import Reader
from daemon.secret import Secret
from daemon.smtp import Account
from db import lists
from db.pen import look
from rules.letter import Letter
from rules.reading import read
from rules.wording import wording

pytestmark = [
    pytest.mark.debian,
    pytest.mark.skipif(bool(missing()), reason=missing() or "-"),
    pytest.mark.timeout(300),
]
say = wording("daemon.demo")


class Real:
    """An office whose mailboxes are real; players post through Postfix and read their Maildir."""

    def __init__(self, host: DebianHost, stage: Stage) -> None:
        self.host, self.stage = host, stage
        rounds = stage.rounds
        rounds.mailboxes = {
            name: mailbox_at(
                imap_place(
                    name, f"imaps://{quoted(own)}@localhost:{host.imaps_port}?ca={host.ca}", Secret(accounts()[own])
                )
            )
            for name, own in OWN.items()
        }
        rounds.accounts = {
            name: Account(
                smtp_place(
                    name,
                    f"smtp://{quoted(own)}@localhost:{host.smtp_port}?starttls=1&ca={host.ca}",
                    Secret(accounts()[own]),
                )
            )
            for name, own in OWN.items()
        }
        rounds.begin(stage.now)

    def a_round(self) -> None:
        self.stage.now += timedelta(minutes=5)
        self.stage.rounds.whole(self.stage.now)

    def post(self, raw: bytes, sender: Player, to: str) -> None:
        before = len(self.host.letters(to))
        with smtplib.SMTP("localhost", self.host.smtp_port) as wire:
            wire.starttls(context=ssl.create_default_context(cafile=self.host.ca))
            wire.login(sender.address, accounts()[sender.address])
            wire.sendmail(sender.address, [to], raw)
        until(lambda: len(self.host.letters(to)) > before)

    def got(self, player: Player, about: str) -> Letter:
        found: list[Letter] = []

        def there() -> bool:
            found[:] = [letter for letter in map(read, self.host.letters(player.address)) if about in letter.subject]
            return bool(found)

        until(there)
        return found[-1]

    def reply(self, player: Player, words: str, about: str) -> None:
        letter = self.got(player, about)
        raw = manners.foxmail_reply(
            player.address, player.name, COMPLAINT, letter.subject, words, self.stage.now, letter.text
        )
        self.post(raw, player, COMPLAINT)

    def cases(self) -> list[dict[str, object]]:
        with look(self.stage.rounds.office.engine) as cx:
            return lists.cases(cx, self.stage.rounds.office.book)


def quoted(address: str) -> str:
    return address.replace("@", "%40")


def until(true: Callable[[], object]) -> None:
    for _ in range(300):
        if true():
            return
        time.sleep(0.1)
    raise AssertionError("it never came true")


@pytest.fixture
def real(reader: Reader, tmp_path: Path) -> Iterator[Real]:
    with MailHost(accounts=accounts()) as unused, DebianHost(accounts()) as host:
        stage = set_stage(tmp_path, MORNING - timedelta(days=1), unused, reader)
        stage.now = MORNING
        made = Real(host, stage)
        yield made
        stage.close()


def complaint(stage: Stage) -> bytes:
    return manners.web_163(LI.address, LI.name, COMPLAINT, say("subject-complaint"), say("text-complaint"), stage.now)


def test_a_complaint_goes_its_whole_way_over_dovecot_and_postfix(real: Real):
    real.post(complaint(real.stage), LI, COMPLAINT)
    real.a_round()
    assert "收件回执" in real.got(LI, "收件回执").subject
    assert LI.name not in real.got(LAND, "转办单").text

    real.reply(LAND, say("text-signed"), "转办单")
    real.a_round()
    real.reply(LAND, say("text-result"), "转办单")
    real.a_round()
    real.reply(REVIEWER, "同意", "办结报告请审核")
    real.a_round()
    real.reply(LI, "满意，谢谢", "办理结果")
    real.a_round()

    assert [case["state"] for case in real.cases()] == ["closed"]
    assert audit(real.stage.rounds.office, real.stage.now, deep=True).problems == ()


def test_letters_in_junk_and_a_letter_of_twenty_megabytes_are_kept_and_a_new_validity_doubles_nothing(real: Real):
    junk = manners.plain_utf8(
        ZHAO.address, ZHAO.name, COMPLAINT, say("subject-second"), say("text-second"), real.stage.now
    )
    real.host.deliver(COMPLAINT, junk, "Junk", MORNING)
    big = manners.with_file(
        LI.address,
        LI.name,
        COMPLAINT,
        say("subject-complaint"),
        say("text-complaint"),
        real.stage.now,
        ("录像.mp4", b"\x00" * (15 << 20)),
    )
    real.host.deliver(COMPLAINT, big, "INBOX", MORNING)

    real.a_round()
    real.host.renumber(COMPLAINT)
    real.a_round()

    assert len(real.cases()) == 2
    assert audit(real.stage.rounds.office, real.stage.now, deep=True).problems == ()
