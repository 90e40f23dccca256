"""Domain §2.8, R5–R9, on letters that really left: what protects the complainant whoever reads the unit's copy."""

import email
from datetime import UTC, datetime
from email.message import Message

import pytest
from office_time import complain

from daemon.demo.cast import COMPLAINT, CONTACT, LAND, LI
from daemon.demo.stage import Stage
from daemon.mime import Envelope, compose
from rules.reading import read
from rules.shield import find_identities, guard

NOON = datetime(2017, 5, 9, 12, tzinfo=UTC)


@pytest.fixture
def sent(stage: Stage) -> list[tuple[str, bytes]]:
    """(to, bytes) of every letter of ours after a complaint came, with name, telephone and signature."""
    complain(stage)
    return [(each.rcpt, each.raw) for each in stage.host.sent_log if each.mail_from in (COMPLAINT, CONTACT)]


def to_unit(sent: list[tuple[str, bytes]]) -> tuple[bytes, Message]:
    (raw,) = [raw for rcpt, raw in sent if rcpt == LAND.address]
    return raw, email.message_from_bytes(raw)


def test_r5_a_transfer_is_a_letter_of_our_own_never_the_complainants_handed_on(sent: list[tuple[str, bytes]]) -> None:
    raw, message = to_unit(sent)
    assert [part.get_content_type() for part in message.walk() if part.get_content_maintype() == "message"] == []
    assert {"Reply-To", "Sender", "X-Mailer", "Received", "References", "In-Reply-To", "Cc"} & set(
        message.keys()
    ) == set()
    assert LI.name not in read(raw).text
    assert LI.address not in read(raw).text


def test_r6_the_finished_bytes_are_read_again_before_a_unit_gets_them() -> None:
    identities = find_identities("", "我叫李明远，电话13800000021。", LI.name, LI.address)
    letter = compose(
        Envelope(sender=CONTACT, sender_name="局", to=LAND.address, subject="转办", message_id="<a@b>", date=NOON),
        "来件人李明远反映……",
        "<p>来件人李明远反映……</p>",
        (),
    )
    assert guard(letter, identities) != ()


def test_r9_every_letter_has_one_recipient_and_no_shared_line(sent: list[tuple[str, bytes]]) -> None:
    for rcpt, raw in sent:
        message = email.message_from_bytes(raw)
        assert [message["To"], message["Cc"], message["Bcc"]] == [rcpt, None, None]


def test_r2_the_complainant_is_asked_for_his_consent_in_the_receipt(
    stage: Stage, sent: list[tuple[str, bytes]]
) -> None:
    (receipt,) = [read(raw).text for rcpt, raw in sent if rcpt == LI.address]
    assert "同意披露" in receipt
