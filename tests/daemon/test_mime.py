"""Letters of ours as bytes: read back by the standard library they say what was written, whatever stood in the words."""

import email
import email.policy
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from daemon.mime import Enclosure, Envelope, compose

WHEN = datetime(2017, 5, 9, 1, 12, tzinfo=UTC)
ANY = st.text(max_size=120)


def an_envelope(**given: str) -> Envelope:
    words = {
        "sender": "office@huiyin.example",
        "sender_name": "某局",
        "to": "a@b.example",
        "subject": "收件回执",
        "message_id": "<1@huiyin.example>",
    }
    return Envelope(**{**words, **given}, date=WHEN)  # type: ignore[arg-type]


def parsed(raw: bytes) -> email.message.EmailMessage:
    return email.message_from_bytes(raw, policy=email.policy.default)  # type: ignore[return-value]


def test_a_letter_read_back_says_what_was_written():
    raw = compose(
        an_envelope(), "正文\n第二行", "<p>正文</p>", (Enclosure("attachment-1.docx", "application/zip", b"PK\x00"),)
    )

    letter = parsed(raw)
    assert (letter["Subject"], letter["To"], letter["Auto-Submitted"]) == ("收件回执", "a@b.example", "auto-generated")
    body = letter.get_body(("plain",))
    assert body is not None
    assert body.get_content().split() == ["正文", "第二行"]
    assert [(part.get_filename(), part.get_content()) for part in letter.iter_attachments()] == [
        ("attachment-1.docx", b"PK\x00")
    ]


@given(subject=ANY, name=ANY, to=ANY, answers=ANY)
def test_a54_whatever_stands_in_the_words_every_header_stays_one(subject: str, name: str, to: str, answers: str):
    raw = compose(
        an_envelope(subject=subject, sender_name=name, to=to + "@b.example", answers=answers), "t", "<p>t</p>"
    )

    head = raw.partition(b"\r\n\r\n")[0]
    names = [line.partition(b":")[0] for line in head.split(b"\r\n") if line[:1] not in b" \t"]
    assert set(names) <= {
        b"From", b"To", b"Subject", b"Date", b"Message-ID", b"In-Reply-To", b"References", b"Auto-Submitted",
        b"X-Auto-Response-Suppress", b"MIME-Version", b"Content-Type",
    }  # fmt: skip
    assert len(names) == len(set(names))


@given(
    subject=st.text(
        st.characters(blacklist_categories=["Cc", "Cs", "Zl", "Zp"], blacklist_characters="\x85"), max_size=200
    )
)
def test_a_subject_comes_back_whole_in_lines_that_every_server_takes(subject: str):
    raw = compose(an_envelope(subject=subject), "t", "t")

    assert parsed(raw)["Subject"].split() == subject.split()
    assert max(map(len, raw.split(b"\r\n"))) <= 200


@given(text=st.text(max_size=300))
def test_a56_no_bare_line_end_and_no_dot_alone_in_a_body(text: str):
    raw = compose(an_envelope(), text, text)

    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\r" not in raw.replace(b"\r\n", b"")
    assert b"\r\n.\r\n" not in raw
