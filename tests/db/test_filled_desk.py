"""The desk: filled with what the store knows of a letter, by indexed reads alone, however much there is."""

from dataclasses import replace
from datetime import timedelta
from functools import cache
from hashlib import sha256

import pytest
from office_builders import (
    LAND,
    LI,
    NOW,
    a_letter,
    a_question,
    about,
    caused,
    decided,
    found,
    keep,
    later,
    opened,
    opening,
    statements_of,
    written,
)
from sqlalchemy import Connection, Engine, text

from daemon.books import read_chapters
from daemon.demo.cast import RECEIVER, filled
from daemon.office import Rules, take_rules
from db import desk, letters
from db.desk import Setting
from db.pen import look, pen
from rules import events as ev
from rules.asking import question_id
from rules.decision import ContactEntry, Decision, Disposition, Draft, Filing, Settled
from rules.desk import CodeHit, Contact, Copy, Desk, Seen, Sender
from rules.letter import Attachment, FoundCode, Letter
from rules.numbers import code_hash, reference
from rules.shield import Identity

REF = reference(2017, 1)
CODE = "4F7Q2M9KTX"
OWN = {"complaint": "tousu@huiyin.example", "contact": "lianxi@huiyin.example"}


@cache
def rules() -> Rules:
    return take_rules(chapters=filled(dict(read_chapters(None))))


def setting(minutes: int = 0) -> Setting:
    return Setting(rules().book, rules().calendar, OWN, NOW - timedelta(days=1), later(minutes))


def coded(occasion: str = "", **more: object):
    return written(occasion, code_hash=code_hash(CODE), **more)  # type: ignore[arg-type]


def waiting(cx: Connection, letter: Letter) -> letters.Waiting:
    return next(row for row in letters.waiting(cx, 999) if row.sha256 == letter.sha256)


def desk_for(
    engine: Engine, letter: Letter, uid: int = 9, words: str = "letter 9", minutes: int = 0, **place: str
) -> Desk:
    """Keep the letter, and fill the desk for it."""
    keep(engine, found(uid, words), **place)  # type: ignore[arg-type]
    with look(engine) as cx:
        return desk.for_letter(cx, letter, waiting(cx, letter), setting(minutes), "letter:x:0")


def nine(**more: object) -> Letter:
    return a_letter("letter 9", **more)


def test_a_strangers_first_letter_finds_an_empty_desk(engine: Engine):
    found_desk = desk_for(engine, nine())

    assert found_desk == Desk(
        now=NOW,
        book=rules().book,
        calendar=rules().calendar,
        cause="letter:x:0",
        seen=Seen("complaint", "inbox", NOW),
        sender=Sender(),
        next_serial=1,
        year=2017,
    )


def test_f35_the_year_is_shanghais(engine: Engine):
    with look(engine) as cx:
        eve = replace(setting(), now=NOW.replace(month=12, day=31, hour=15, minute=59))
        year = replace(setting(), now=NOW.replace(month=12, day=31, hour=16, minute=0))
        assert [desk.bare(cx, at, "x").year for at in (eve, year)] == [2017, 2018]


def test_a_reply_with_our_code_brings_its_case_its_people_and_what_a_unit_may_read(engine: Engine):
    opened(engine, out=[coded()])

    found_desk = desk_for(engine, nine(codes=(FoundCode(CODE, "subject", REF), FoundCode("AAAAAAAAAA", "own"))))

    hit = CodeHit(
        f"receipt:{REF}", about(), "complainant", LI, "receipt", "queued", "subject", text=f"正文 receipt:{REF}"
    )
    assert found_desk.hits == (hit,)
    assert [file.ref for file in found_desk.files] == [REF]
    assert found_desk.parties == ((REF, "complainant", LI),)
    assert found_desk.drafts == (Draft(REF, "投诉", "某人投诉某窗口。"),)
    assert found_desk.identities == ((REF, (Identity("mobile", "13800000000"), Identity("name", "李明远"))),)
    assert (found_desk.sender, found_desk.recent, found_desk.next_serial) == (Sender("complainant"), (REF,), 2)


def test_the_newest_of_our_letters_lies_on_top_and_spent_codes_are_marked(engine: Engine):
    opened(
        engine,
        out=[
            written(f"receipt:{REF}", code_hash=code_hash("AAAAAAAAAA")),
            written("result:1", code_hash=code_hash(CODE)),
        ],
    )
    with pen(engine) as cx:
        caused(cx, "x", Decision(spent=(f"receipt:{REF}",), settled=(Settled("result:1", "sent"),)))

    found_desk = desk_for(engine, nine(codes=(FoundCode("AAAAAAAAAA", "quoted"), FoundCode(CODE, "quoted"))))

    assert [(hit.occasion, hit.state, hit.spent) for hit in found_desk.hits] == [
        ("result:1", "sent", False),
        (f"receipt:{REF}", "queued", True),
    ]


def test_a_bounce_is_found_by_the_message_id_it_names(engine: Engine):
    opened(engine, out=[coded(), written("plain:1", code_hash="")])
    ours = [written(occasion).message_id for occasion in (f"receipt:{REF}", "plain:1")]

    found_desk = desk_for(
        engine,
        nine(
            machine="bounce",
            bounced_message_id=ours[0],
            references=(ours[1], "<stranger@x>"),
            codes=(FoundCode(CODE, "quoted"),),
        ),
    )

    assert [(hit.occasion, hit.where) for hit in found_desk.hits] == [
        ("plain:1", "bounce"),
        (f"receipt:{REF}", "quoted"),
    ]
    assert desk_for(engine, a_letter("letter 10", machine="bounce"), 10, "letter 10").hits == ()


def test_a9_message_ids_are_looked_up_among_ours_and_find_only_the_case(engine: Engine):
    opened(engine)
    ours = written(f"receipt:{REF}").message_id

    found_desk = desk_for(
        engine, nine(from_addr="x@people.example", in_reply_to="<huiyin-forged@huiyin.example>", references=(ours,))
    )

    assert (found_desk.thread, found_desk.hits, found_desk.recent) == ((REF,), (), ())
    assert [file.ref for file in found_desk.files] == [REF]


def test_numbers_find_cases_in_any_writing_and_only_those_that_are(engine: Engine):
    opened(engine)

    found_desk = desk_for(
        engine, nine(from_addr="x@people.example", numbers=("桓营诉〔2017〕1号", REF, reference(2017, 8), "nonsense"))
    )

    assert [file.ref for file in found_desk.files] == [REF]


@pytest.mark.parametrize(
    ("address", "sender"),
    [
        ("", Sender()),
        (OWN["complaint"].upper(), Sender("own")),
        (LAND.upper(), Sender("unit", unit="国土资源局")),
        (LI, Sender("complainant")),
        ("stranger@people.example", Sender()),
        ("guotu@un1t.example", Sender(near=LAND)),
        ("guotu@unit.example.evil.example", Sender(near=LAND)),
    ],
)
def test_a12_a_sender_is_known_by_the_registered_address_alone(address: str, sender: Sender, engine: Engine):
    opened(engine)
    with pen(engine) as cx:
        caused(cx, "x", Decision(contacts=(ContactEntry("国土资源局", LAND, "张三", "024"),)))

    found_desk = desk_for(engine, nine(from_addr=address))

    assert (found_desk.sender, found_desk.contacts) == (sender, (Contact("国土资源局", LAND, "张三", "024"),))


def test_staff_are_known_with_every_role_the_book_gives_them(engine: Engine):
    sender = desk_for(engine, nine(from_addr=RECEIVER.address)).sender

    assert (sender.role, sender.person, sender.roles) == ("staff", RECEIVER.name, ("receiver", "duty"))


def test_f61_a_letter_of_ours_coming_back_is_known_by_an_id_that_we_gave(engine: Engine):
    opened(engine)
    ours = written(f"receipt:{REF}").message_id

    by_id = desk_for(engine, nine(from_addr=OWN["complaint"], message_id=ours))
    by_qq = desk_for(
        engine,
        a_letter("letter 10", from_addr=OWN["complaint"], message_id="<qq@x>", headers=(("x-oq-msgid", ours),)),
        10,
        "letter 10",
    )
    claimed = desk_for(engine, a_letter("letter 11", from_addr=OWN["complaint"], message_id="<new@x>"), 11, "letter 11")
    strange = desk_for(engine, a_letter("letter 12", message_id=ours), 12, "letter 12")

    assert [found_desk.own_message for found_desk in (by_id, by_qq, claimed, strange)] == [True, True, False, False]


def first_sent(engine: Engine, **more: object) -> str:
    keep(engine, found(1))
    with pen(engine) as cx:
        decided(cx, "letter 1", opening(), [written()], text="the words", **more)
    return a_letter("letter 1").sha256


def test_f62_the_same_message_id_sender_and_text_under_other_bytes_is_a_copy(engine: Engine):
    first = first_sent(engine, message_id="<a@x>", attachments=(Attachment("a", "a", "x", 1, "1" * 64),))

    found_desk = desk_for(
        engine, nine(message_id="<a@x>", text="the  words\n", attachments=(Attachment("a", "a", "x", 1, "2" * 64),))
    )

    assert found_desk.copies == (
        Copy(first, same_message_id=True, same_sender=True, same_text=True, disposition="opened", case=REF),
    )


def test_l46_the_same_text_and_papers_sent_again_is_a_copy_whatever_its_id(engine: Engine):
    first = first_sent(engine, message_id="<a@x>")

    found_desk = desk_for(engine, nine(message_id="", text="the words"))

    assert found_desk.copies == (
        Copy(first, same_message_id=False, same_sender=True, same_text=True, disposition="opened", case=REF),
    )


def test_see_attached_with_another_attachment_is_another_letter(engine: Engine):
    first_sent(engine, message_id="<a@x>", attachments=(Attachment("a", "a", "x", 1, "1" * 64),))

    found_desk = desk_for(
        engine, nine(message_id="<b@x>", text="the words", attachments=(Attachment("b", "b", "x", 1, "2" * 64),))
    )

    assert found_desk.copies == ()


def test_a17_an_id_alone_is_shown_and_is_no_copy(engine: Engine):
    first = first_sent(engine, message_id="<a@x>")

    found_desk = desk_for(engine, nine(from_addr="forger@x.example", message_id="<a@x>", text="other words"))

    assert found_desk.copies == (
        Copy(first, same_message_id=True, same_sender=False, same_text=False, disposition="opened", case=REF),
    )


def test_an_order_finds_its_question_answered_or_not(engine: Engine):
    name = question_id("letter:q:0", "forward:1")
    opened(engine)
    with pen(engine) as cx:
        caused(
            cx,
            "letter:q:0",
            Decision(questions=(a_question(),)),
            [coded(f"ask:{name}:周敏", audience="staff", about="office")],
        )

    found_desk = desk_for(engine, nine(from_addr=RECEIVER.address, codes=(FoundCode(CODE, "subject"),), numbers=(REF,)))
    with pen(engine) as cx:
        caused(cx, "order:1", Decision(answered=("forward:1",)))
    later_desk = desk_for(
        engine, a_letter("letter 10", from_addr=RECEIVER.address, codes=(FoundCode(CODE, "subject"),)), 10, "letter 10"
    )

    assert [(asked.id, asked.answered, asked.proposal) for asked in found_desk.questions] == [
        (name, False, (("unit", "国土资源局"),))
    ]
    assert [(asked.id, asked.answered) for asked in later_desk.questions] == [(name, True)]


def test_no_loop_the_desk_counts_what_went_to_the_sender_lately(engine: Engine):
    opened(engine)

    today = desk_for(engine, nine(), minutes=60)
    tomorrow = desk_for(engine, a_letter("letter 10"), 10, "letter 10", minutes=60 * 25)
    other_subject = desk_for(engine, a_letter("letter 11", subject="another"), 11, "letter 11", minutes=60)

    assert [
        (found_desk.auto_today, found_desk.auto_domain, found_desk.receipts_same)
        for found_desk in (today, tomorrow, other_subject)
    ] == [
        (1, 1, 1),
        (0, 0, 0),
        (1, 1, 0),
    ]


def test_a_case_knows_the_letter_that_its_complainant_began_it_with(engine: Engine):
    opened(engine)
    with pen(engine) as cx:
        cx.execute(text("UPDATE letters SET message_id = '<first@his.example>' WHERE id = 1"))

    assert desk_for(engine, nine(), minutes=60).begun_by == ((REF, "<first@his.example>"),)


def test_s17_a_forms_letter_counts_what_went_to_the_mailbox_written_in_it(engine: Engine):
    opened(engine)
    form = rules().book.forms[0]
    text = f"{form.email}：{LI}\n{form.content}：又一件事"

    filled_in = desk_for(engine, a_letter("form", from_addr=form.sender, text=text), 12, "form", minutes=60)

    assert (filled_in.auto_today, filled_in.auto_domain) == (1, 1)


def test_f56_a_letter_from_before_the_start_is_history(engine: Engine):
    with pen(engine) as cx:
        row = letters.folder(cx, "contact", "INBOX", "inbox", 1)
        letters.keep(cx, row.id, [replace(found(9), internaldate=NOW - timedelta(days=400))], NOW)

    found_desk = desk_for(engine, nine())

    assert (found_desk.before_start, found_desk.seen) == (True, Seen("contact", "inbox", NOW - timedelta(days=400)))


def test_the_clean_copies_of_a_complaints_papers_lie_with_its_case(engine: Engine):
    opened(engine)
    digest = a_letter("letter 1").sha256
    clean = sha256(b"clean").hexdigest()
    with pen(engine) as cx:
        letters.keep_copy(cx, digest, "paper-1", "attachment-1.docx", [(clean, b"clean")], "")
        letters.keep_copy(cx, digest, "paper-2", "attachment-2", (), "encrypted")

    with look(engine) as cx:
        found_desk = desk.for_case(cx, REF, setting(), "tick:1", letter=nine())
        nobody = desk.for_case(cx, reference(2017, 9), setting(), "tick:1")
    assert found_desk.papers == ((REF, clean, "attachment-1.docx"), (REF, "", "attachment-2"))
    assert (found_desk.letter, found_desk.file(REF) is None, nobody.files) == (nine(), False, ())


def test_a_question_of_a_case_lies_on_its_desk_until_it_is_answered(engine: Engine):
    opened(engine)
    with pen(engine) as cx:
        caused(cx, "x", Decision(questions=(a_question(),)))
        assert desk.is_open(cx, "forward:1")
        assert [asked.key for asked in desk.for_case(cx, REF, setting(), "y").questions] == ["forward:1"]
        caused(cx, "order:1", Decision(answered=("forward:1",)))
        assert not desk.is_open(cx, "forward:1")
        assert desk.for_case(cx, REF, setting(), "y").questions == ()


def test_steady_no_read_of_a_desk_walks_through_a_whole_table(sqlite: Engine):
    """Cost per letter stays the same with 1 000 and with 100 000 letters: every read is by an index (the office's few units excepted)."""
    opened(sqlite, out=[coded()])
    with pen(sqlite) as cx:
        held = Decision(
            Disposition.HELD,
            "x",
            filings=(Filing(REF, "held"),),
            events=(ev.Held(about="office", letter="x", reason="x"),),
        )
        keep_two = a_letter("letter 2").sha256
    keep(sqlite, found(2), found(9))
    with pen(sqlite) as cx:
        decided(cx, "letter 2", held, message_id="<a@x>")
    assert keep_two
    ours = written(f"receipt:{REF}").message_id
    letter = nine(
        message_id="<a@x>", codes=(FoundCode(CODE, "subject"),), numbers=(REF,), references=(ours,), machine="bounce"
    )

    def work() -> None:
        with look(sqlite) as cx:
            desk.for_letter(cx, letter, waiting(cx, letter), setting(), "letter:x:0")
            desk.for_letter(
                cx, replace(letter, from_addr=OWN["complaint"]), waiting(cx, letter), setting(), "letter:x:0"
            )

    assert scans(sqlite, work) == []


def test_steady_no_statement_of_a_recorded_case_walks_through_a_whole_table(sqlite: Engine):
    keep(sqlite, found(1), found(2))

    def work() -> None:
        with pen(sqlite) as cx:
            decided(cx, "letter 1", opening(questions=(a_question(),)), [coded()])
            decided(
                cx,
                "letter 2",
                replace(
                    opening(2),
                    answered=("forward:1",),
                    settled=(Settled(f"receipt:{REF}", "sent"),),
                    spent=(f"receipt:{REF}",),
                ),
            )

    assert scans(sqlite, work) == []


def scans(engine: Engine, work: object) -> list[str]:
    """The plans of those statements that read a table from end to end; contacts, office and folders are small by nature."""
    sent = dict.fromkeys(statements_of(engine, work))  # type: ignore[arg-type]
    found_scans = []
    with engine.connect() as cx:
        for statement in sent:
            if not statement.startswith(("SELECT", "UPDATE")):
                continue  # an INSERT's plan names checks of foreign keys that are not run while none is open
            marks = statement.count("?")
            for row in cx.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", ("1",) * marks):
                plan = str(row[3])
                small = ("contacts", "office", "folders", "anon", "CONSTANT", "(", "letters_waiting", "subquery")
                if plan.startswith("SCAN") and not any(word in plan for word in small):
                    found_scans.append(f"{plan}: {statement}")
    return found_scans


def test_the_desk_of_a_strangers_letter_is_filled_with_few_reads(sqlite: Engine):
    keep(sqlite, found(9))
    with look(sqlite) as cx:
        row = waiting(cx, nine())
        sent = statements_of(sqlite, lambda: desk.for_letter(cx, nine(message_id="<a@x>"), row, setting(), "x"))

    assert len(sent) <= 10, "\n".join(sent)
