"""The way out against a scripted server (F63-F77): what is known not sent is later or refused, what may be sent is unknown, nothing is sent twice."""

import threading
from collections.abc import Callable, Iterator
from time import monotonic

import pytest
from world_builders import ACCOUNTS, LETTER, OFFICE, UNIT, an_account

from daemon.demo.faults import Fault
from daemon.demo.servers import MailHost
from daemon.smtp import Accepted, Account, Later, Outcome, Refused, Unknown
from daemon.smtp_talk import Waits

STAGES = ["CONNECT", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "DOT"]
OUR_SIDE = {"CONNECT", "EHLO", "AUTH", "MAIL"}
OTHER = "somebody@163.example"
TO_OTHER = LETTER.replace(UNIT.encode(), OTHER.encode())


@pytest.fixture
def host() -> Iterator[MailHost]:
    with MailHost(ACCOUNTS | {OTHER: "code-other-3"}) as running:
        yield running


@pytest.fixture
def account(host: MailHost) -> Iterator[Account]:
    way_out = an_account(host)
    yield way_out
    way_out.close()


def sent(host: MailHost) -> list[str]:
    return [letter.rcpt for letter in host.sent_log]


def says(host: MailHost, at: str, text: str | bytes, times: int = 1) -> None:
    host.smtp.faults.append(Fault(at, "answer", text=text, times=times))


def test_a_letter_is_accepted_with_its_queue_id(account: Account, host: MailHost) -> None:
    outcome = account.submit(UNIT, LETTER)

    assert isinstance(outcome, Accepted)
    assert outcome.queue_id == "smtp11,D8CowAB00000001"
    assert outcome.answer.startswith("250 Mail OK queued as smtp11,")
    assert host.sent_log == [(OFFICE, UNIT, LETTER)]


def test_one_connection_and_one_login_serve_many_letters(account: Account, host: MailHost) -> None:
    for _ in range(5):
        assert isinstance(account.submit(UNIT, LETTER), Accepted)

    assert (host.smtp.connections, host.smtp.logins, sent(host)) == (1, 1, [UNIT] * 5)


def test_no_user_means_no_login() -> None:
    with MailHost(ACCOUNTS, login=False) as host:
        account = an_account(host, user="", query=f"?from={OFFICE}")

        assert isinstance(account.submit(UNIT, LETTER), Accepted)
        assert host.smtp.logins == 0
        account.close()


@pytest.mark.parametrize("at", STAGES)
def test_a_4xx_is_later_and_then_the_letter_goes_once(account: Account, host: MailHost, at: str) -> None:
    """F63, F70: greylisting."""
    says(host, at, "451 4.3.0 try again later")

    first = account.submit(UNIT, LETTER)

    assert first == Later("451 4.3.0 try again later", account=at in OUR_SIDE)
    assert isinstance(account.submit(UNIT, LETTER), Accepted)
    assert sent(host) == [UNIT]


@pytest.mark.parametrize("at", [stage for stage in STAGES if stage != "AUTH"])
def test_a_5xx_is_refused_our_fault_before_the_recipient_is_named_else_this_letters(
    account: Account, host: MailHost, at: str
) -> None:
    """F64, F74."""
    says(host, at, "550 5.7.1 no")

    assert account.submit(UNIT, LETTER) == Refused("550 5.7.1 no", account=at in OUR_SIDE)
    assert isinstance(account.submit(OTHER, TO_OTHER), Accepted)
    assert sent(host) == [OTHER]


def test_a_letter_too_big_for_mail_is_that_letters_fault(account: Account, host: MailHost) -> None:
    """F64."""
    host.smtp.size_limit = 100

    outcome = account.submit(UNIT, LETTER + b"x" * 200)

    assert isinstance(outcome, Refused)
    assert not outcome.account


@pytest.mark.parametrize("at", STAGES[:-1])
def test_a_connection_lost_before_the_letter_is_later(account: Account, host: MailHost, at: str) -> None:
    """F65: no final dot left us."""
    host.smtp.faults.append(Fault(at, "cut"))

    outcome = account.submit(UNIT, LETTER)

    assert isinstance(outcome, Later)
    assert outcome.account
    assert sent(host) == []
    assert isinstance(account.submit(UNIT, LETTER), Accepted)


def test_a_connection_lost_inside_the_letter_is_later(account: Account, host: MailHost) -> None:
    """F65: the letter is bigger than what the sockets take in at once, so the break shows before the dot."""
    host.smtp.faults.append(Fault("BODY", "cut", count=100))
    big = LETTER + (b"x" * 900 + b"\r\n") * 20_000

    assert isinstance(account.submit(UNIT, big), Later)
    assert sent(host) == []


@pytest.mark.parametrize(("do", "stored"), [("cut", 0), ("cut-after-store", 1)])
def test_a_connection_lost_after_the_final_dot_is_unknown(
    account: Account, host: MailHost, do: str, stored: int
) -> None:
    """F66, RFC 1047."""
    host.smtp.faults.append(Fault("DOT", do))

    assert isinstance(account.submit(UNIT, LETTER), Unknown)
    assert len(sent(host)) == stored
    assert isinstance(account.submit(OTHER, TO_OTHER), Accepted)


def test_an_answer_to_the_dot_that_never_comes_is_unknown(host: MailHost) -> None:
    """F69: within the time limit of the dot."""
    account = an_account(host, Waits(scale=1.0, dot=0.3))
    host.smtp.faults.append(Fault("DOT", "slow", seconds=30))

    assert isinstance(account.submit(UNIT, LETTER), Unknown)
    account.close()


@pytest.mark.parametrize("text", [b"??? what", b"\xff\xfe", b"", b"25", b"354 go on", b"999 odd"])
def test_an_answer_to_the_dot_that_says_neither_yes_nor_no_is_unknown(
    account: Account, host: MailHost, text: bytes
) -> None:
    host.smtp.faults.append(Fault("DOT", "answer-after-store", text=text))

    assert isinstance(account.submit(UNIT, LETTER), Unknown)


@pytest.mark.parametrize(
    ("text", "queue_id"),
    [
        (b"250 OK", ""),
        (b"250", ""),
        (b"250-first\r\n250-second\r\n250 2.0.0 Ok: queued as 4XyZ12", "4XyZ12"),
        (b"250 \xb7\xa2\xcb\xcd\xb3\xc9\xb9\xa6", ""),
        (b"250 OK: queued as.", ""),
        (b"250 ok \x1b[2J\x00 id=1abc-def", "1abc-def"),
    ],
)
def test_any_250_is_accepted_whatever_its_words(account: Account, host: MailHost, text: bytes, queue_id: str) -> None:
    """F77, F73: GBK words are readable, controls harmless."""
    host.smtp.faults.append(Fault("DOT", "answer-after-store", text=text))

    outcome = account.submit(UNIT, LETTER)

    assert isinstance(outcome, Accepted)
    assert outcome.queue_id == queue_id
    assert outcome.answer.isprintable()


def test_gbk_words_are_readable(account: Account, host: MailHost) -> None:
    """F73."""
    says(host, "AUTH", b"535 " + "请使用授权码登录".encode("gbk"))

    outcome = account.submit(UNIT, LETTER)

    assert isinstance(outcome, Refused)
    assert "请使用授权码登录" in outcome.answer
    assert ACCOUNTS[OFFICE] not in outcome.answer


def test_a_dropped_goodbye_is_nothing(account: Account, host: MailHost) -> None:
    """F77."""
    host.smtp.faults.append(Fault("QUIT", "cut"))
    assert isinstance(account.submit(UNIT, LETTER), Accepted)

    account.close()

    assert sent(host) == [UNIT]


def test_421_in_the_middle_sends_the_rest_later_and_none_twice(account: Account, host: MailHost) -> None:
    """F68."""
    host.smtp.faults.append(Fault("RCPT", "answer", text="421 4.7.0 too many connections", after=3))

    outcomes = [account.submit(UNIT, LETTER) for _ in range(4)]

    assert [type(outcome) for outcome in outcomes] == [Accepted, Accepted, Accepted, Later]
    assert outcomes[3] == Later("421 4.7.0 too many connections", account=True)
    assert isinstance(account.submit(UNIT, LETTER), Accepted)


def test_a_kept_connection_that_died_meanwhile_is_made_anew_unnoticed(account: Account, host: MailHost) -> None:
    for fault in (Fault("MAIL", "cut"), Fault("MAIL", "answer", text="421 idle too long")):
        account.submit(UNIT, LETTER)
        host.smtp.faults.append(fault)

        assert isinstance(account.submit(UNIT, LETTER), Accepted)


def test_an_answer_nobody_asked_for_is_never_taken_for_another(account: Account, host: MailHost) -> None:
    """Else the answer to DATA's forerunner would count as the answer to the dot."""
    host.smtp.faults.append(Fault("RCPT", "answer", text=b"250 ok\r\n354 go\r\n250 queued"))

    assert isinstance(account.submit(UNIT, LETTER), Later | Unknown)
    assert isinstance(account.submit(OTHER, TO_OTHER), Accepted)


def test_a_slow_server_is_waited_for(account: Account, host: MailHost) -> None:
    """F69."""
    host.smtp.faults += [Fault(at, "slow", seconds=0.05) for at in ("CONNECT", "MAIL", "DATA", "DOT")]

    assert isinstance(account.submit(UNIT, LETTER), Accepted)


@pytest.mark.parametrize(
    ("at", "text", "expected"),
    [
        ("DOT", "554 DT:SPM 163 smtp10,D8CowA", Refused("554 DT:SPM 163 smtp10,D8CowA", spam=True)),
        ("DOT", "554 HL:ITC 163", Refused("554 HL:ITC 163", spam=True)),
        ("DOT", "451 DT:SPM, please try again", Later("451 DT:SPM, please try again")),
        ("RCPT", "451 MI:SFQ 163", Later("451 MI:SFQ 163", account=True, crowded=True)),
        ("DOT", "451 MI:SFQ 163", Later("451 MI:SFQ 163", account=True, crowded=True)),
        (
            "MAIL",
            "553 Mail from must equal authorized user",
            Refused("553 Mail from must equal authorized user", account=True),
        ),
        (
            "DOT",
            "553 Mail from must equal authorized user",
            Refused("553 Mail from must equal authorized user", account=True),
        ),
        ("RCPT", "550 User has no permission", Refused("550 User has no permission", account=True)),
        ("RCPT", "530 Authentication required", Refused("530 Authentication required", account=True)),
    ],
)
def test_what_163_says_is_understood(account: Account, host: MailHost, at: str, text: str, expected: Outcome) -> None:
    """F71, F72, F73."""
    says(host, at, text)

    assert account.submit(UNIT, LETTER) == expected


def test_a_recipient_who_is_not_there_is_that_letters_fault(account: Account, host: MailHost) -> None:
    """F74."""
    assert account.submit("nobody@163.example", LETTER.replace(UNIT.encode(), b"nobody@163.example")) == Refused(
        "550 User not found: nobody@163.example"
    )
    assert isinstance(account.submit(UNIT, LETTER), Accepted)


def test_a_refused_login_is_tried_three_times_then_not_for_half_an_hour(host: MailHost) -> None:
    """F54, F73."""
    now = [0.0]
    account = an_account(host, password="wrong-code", clock=lambda: now[0])
    for minute in range(60):
        now[0] = minute * 60.0
        outcome = account.submit(UNIT, LETTER)
        assert isinstance(outcome, Refused)
        assert outcome.account
        assert "授权码" in outcome.answer

    assert host.smtp.logins == 3 + 1


@pytest.mark.parametrize("at", ["AUTH"])
def test_a_server_that_offers_no_login_is_never_given_the_password(account: Account, host: MailHost, at: str) -> None:
    """F76."""
    host.smtp.faults.append(Fault(at, "hide"))

    outcome = account.submit(UNIT, LETTER)

    assert isinstance(outcome, Refused)
    assert "没有可用的登录方式" in outcome.answer
    assert host.smtp.logins == 0


def test_a_server_that_only_knows_auth_login_is_logged_in_to(host: MailHost, monkeypatch: pytest.MonkeyPatch) -> None:
    from daemon.smtp_talk import Talk

    account = an_account(host)
    hello = Talk._hello

    def without_plain(talk: Talk) -> None:
        hello(talk)
        talk.offers["AUTH"] = "LOGIN"

    monkeypatch.setattr(Talk, "_hello", without_plain)

    assert isinstance(account.submit(UNIT, LETTER), Accepted)
    account.close()


def test_a_server_that_is_not_there_is_named_with_its_setting() -> None:
    with MailHost(ACCOUNTS) as host:
        account = an_account(host)

    outcome = account.submit(UNIT, LETTER)

    assert isinstance(outcome, Later)
    assert outcome.account
    assert "HUIYIN_COMPLAINT_SMTP" in outcome.answer


def test_checking_the_account_logs_in_and_sends_nothing(account: Account, host: MailHost) -> None:
    assert "SIZE" in account.check()
    assert "AUTH" in account.check()
    assert (host.smtp.logins, sent(host)) == (2, [])


@pytest.mark.parametrize("waits", [Waits(scale=1.0, greeting=0.2), Waits(scale=0.001, greeting=200.0)])
def test_a_silent_greeting_is_given_up(host: MailHost, waits: Waits) -> None:
    """F69."""
    host.smtp.faults.append(Fault("CONNECT", "slow", seconds=20))
    began = monotonic()

    assert isinstance(an_account(host, waits).submit(UNIT, LETTER), Later)
    assert monotonic() - began < 10


@pytest.mark.parametrize(
    "build",
    [lambda: "250-" + "x" * 9000, lambda: "\r\n".join(["250-more"] * 200)],
    ids=["long line", "many lines"],
)
def test_an_endless_answer_is_bounded(account: Account, host: MailHost, build: Callable[[], str]) -> None:
    says(host, "EHLO", build())

    assert isinstance(account.submit(UNIT, LETTER), Later)


def test_a_server_that_takes_the_letter_too_slowly_is_given_up_before_the_dot(host: MailHost) -> None:
    """F69: in total, however steadily it reads."""
    account = an_account(host, Waits(body=0.0))

    assert isinstance(account.submit(UNIT, LETTER), Later)
    assert sent(host) == []


def test_a_waiting_submission_can_be_interrupted_but_a_letter_in_the_air_is_not(host: MailHost) -> None:
    """F17."""
    account = an_account(host, Waits(scale=1.0))
    assert isinstance(account.submit(UNIT, LETTER), Accepted)
    host.smtp.faults += [Fault("MAIL", "slow", seconds=20), Fault("CONNECT", "answer", text="421 no")]
    stop = threading.Timer(0.2, account.interrupt)
    stop.start()
    assert isinstance(account.submit(UNIT, LETTER), Later)
    stop.join()

    host.smtp.faults[:] = [Fault("DOT", "slow", seconds=0.4)]
    stop = threading.Timer(0.2, account.interrupt)
    stop.start()
    assert isinstance(account.submit(UNIT, LETTER), Accepted)
    stop.join()
    account.close()
    account.interrupt()
