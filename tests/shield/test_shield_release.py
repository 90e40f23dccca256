"""放行: a picture that nobody here can read goes to the unit by a person's yes alone, made anew; everything else stays (A34, A36)."""

import base64
import dataclasses
import io
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image, TiffImagePlugin
from shield_office import COMPLAINT, Bench, a_mail
from sqlalchemy import select

from daemon.demo.cast import HANDLER, HEAD, LAND, LI, RECEIVER, REVIEWER
from daemon.erasing import erase_due
from daemon.obeying import obey_person
from daemon.post import _take
from daemon.reader import Reader
from daemon.resending import with_resent
from daemon.writing import Finished, write
from db import desk as desks
from db import ledger, outbox
from db import tables as t
from db.pen import look, pen
from db.record import record
from rules import events as ev
from rules.decision import Decision, Settled, Warrant, WarrantKind
from rules.numbers import DEFAULT, reference
from rules.papers.kinds import kind_of
from rules.papers.picture import MOST_PAGES, Darkroom, bare
from rules.reading import read
from rules.shield import Identity, guard
from rules.study import study
from rules.wording import wording

say = wording("rules")
REF = reference(2017, 1)
OWNER = "张三丰"
PICTURES = Path(__file__).parent / "pictures"
"""HEIC files, written once with an encoder that is not needed here."""


def a_picture(kind: str = "JPEG", *, size: tuple[int, int] = (60, 40), turned: int = 1, colour: str = "red") -> bytes:
    """With owner, place and thumbnail inside, and a number behind its end."""
    exif = Image.Exif()
    exif[0x013B], exif[0x0112] = OWNER, turned
    exif.get_ifd(0x8825)[1] = "N"
    held = io.BytesIO()
    given = {} if kind in ("GIF", "BMP") else {"exif": exif}
    Image.new("RGB", size, colour).save(held, format=kind, **given)
    return held.getvalue() + b"13800000021"


def a_scan(*pages: Image.Image, turned: tuple[int, ...] = (), reduced: tuple[int, ...] = ()) -> bytes:
    """A TIFF of these pages; `turned`: each page's own note how it is turned; `reduced`: 1 says that it is a small picture of another."""
    held = io.BytesIO()
    with TiffImagePlugin.AppendingTiffWriter(held, new=True) as written:
        for at, page in enumerate(pages):
            tags = {0x0112: (turned or (1,) * len(pages))[at], 254: (reduced or (0,) * len(pages))[at], 0x013B: OWNER}
            page.save(written, format="TIFF", tiffinfo=tags)
            written.newFrame()
    return held.getvalue()


def size_of(picture: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(picture)) as shown:
        return shown.size


def a_zip() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        packed.writestr("a.txt", "x")
    return held.getvalue()


FILES = (
    ("收据照片.jpg", a_picture()),
    ("通话录音.amr", b"#!AMR\n" + bytes(200)),
    ("现场.png", a_picture("PNG", colour="blue")),
)


@pytest.fixture
def reader() -> Iterator[Reader]:
    with Reader() as reading:
        yield reading


@pytest.fixture
def asked(bench: Bench) -> Bench:
    """The complaint is at the unit; its three files are not, and a person is asked about them."""
    bench.receive(a_mail(COMPLAINT, files=FILES))
    return bench


def lines(bench: Bench, kind: type[ev.Event]) -> list[ev.Event]:
    with look(bench.engine) as cx:
        return [event for _, event in ledger.lines(cx) if isinstance(event, kind)]


def material(bench: Bench) -> list[outbox.Row]:
    return [row for row in bench.to_units() if row.template == "material_added"]


def sent_files(raw: bytes) -> list[tuple[str, bytes]]:
    parts = message_from_bytes(raw, policy=policy.default).iter_attachments()
    return [(part.get_filename(), part.get_payload(decode=True)) for part in parts]


def order(bench: Bench, words: str, person: str = HEAD.name) -> str:
    return obey_person(bench.office, REF, words, person, bench.now).says


# --- the picture made anew ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP"])
def test_a34_a_picture_made_anew_is_pixels_and_nothing_else(kind):
    (made,) = Darkroom().remade(a_picture(kind))

    assert bare(made)
    assert not bare(a_picture(kind))
    assert not {OWNER.encode(), b"13800000021", b"Exif", b"Photoshop", b"http"} & {
        each for each in (OWNER.encode(), b"13800000021", b"Exif", b"Photoshop", b"http") if each in made
    }
    with Image.open(io.BytesIO(made)) as shown:
        assert (shown.size, dict(shown.getexif())) == ((60, 40), {})


def test_a34_a_picture_stands_as_its_owner_saw_it_when_the_note_that_turns_it_is_gone():
    (made,) = Darkroom().remade(a_picture(turned=6))
    with Image.open(io.BytesIO(made)) as shown:
        assert shown.size == (40, 60)


def test_a34_what_lies_behind_glass_does_not_come_through():
    hidden = Image.new("RGBA", (8, 8), (0, 0, 0, 0))
    held = io.BytesIO()
    hidden.save(held, format="PNG")

    (made,) = Darkroom().remade(held.getvalue())
    with Image.open(io.BytesIO(made)) as shown:
        assert min(shown.convert("L").tobytes()) == 255


def test_a34_each_page_of_a_scan_becomes_a_picture_of_its_own_turned_by_its_own_note():
    made = Darkroom().remade(a_scan(Image.new("L", (60, 40), 200), Image.new("1", (60, 40), 1), turned=(1, 6)))

    assert all(bare(page) for page in made)
    assert [size_of(page) for page in made] == [(60, 40), (40, 60)]


def test_a34_a_small_picture_of_a_page_is_no_page():
    """Whoever looks at the file sees one page: what its second picture shows nobody has looked at."""
    made = Darkroom().remade(a_scan(Image.new("L", (60, 40)), Image.new("L", (30, 20)), reduced=(0, 1)))

    assert [size_of(page) for page in made] == [(60, 40)]


def test_a34_thin_strokes_of_a_black_and_white_page_are_still_there_when_it_is_made_smaller():
    page = Image.new("1", (2480, 3508), 1)
    for column in range(0, 2480, 97):
        page.paste(0, (column, 0, column + 2, 3508))
    (made,) = Darkroom().remade(a_scan(page))

    with Image.open(io.BytesIO(made)) as shown:
        middle = [shown.getpixel((x, shown.height // 2)) for x in range(shown.width)]
    assert sum(grey < 200 for grey in middle) >= len(range(0, 2480, 97))


@pytest.mark.parametrize("name", ["one_turned.heic", "two_pictures.heic"])
def test_a34_a_telephones_heic_becomes_the_picture_that_every_programme_shows_and_no_other(name):
    data = (PICTURES / name).read_bytes()
    (made,) = Darkroom().remade(data)

    assert kind_of(data) == "heic"
    assert bare(made)
    with Image.open(io.BytesIO(made)) as shown:
        red, green, blue = shown.convert("RGB").getpixel((24, 20))
        assert shown.size == ((48, 64) if "turned" in name else (64, 48))
        assert red > 180 > max(green, blue)


def test_f87_the_reading_child_makes_heic_and_scans_anew_within_its_limits(reader):
    heic, scan = (PICTURES / "one_turned.heic").read_bytes(), a_scan(*[Image.new("1", (2480, 3508), 1)] * 12)
    raw = a_mail(COMPLAINT, files=(("IMG_1.HEIC", heic), ("扫描.tif", scan)))

    done = reader.call_all("study", [(raw, DEFAULT)])[0]
    assert [len(copy.remade) for copy in done.copies] == [1, 12]


def test_a34_a_film_of_pictures_a_broken_one_a_long_scan_and_one_too_large_get_no_copy():
    film, held = [Image.new("L", (8, 8), grey) for grey in (0, 200)], io.BytesIO()
    film[0].save(held, format="GIF", save_all=True, append_images=film[1:])

    assert Darkroom().remade(held.getvalue()) == ()
    assert Darkroom().remade(a_scan(*[Image.new("L", (8, 8))] * (MOST_PAGES + 1))) == ()
    assert Darkroom(pixels=500).remade(a_scan(*[Image.new("L", (20, 20))] * 2)) == ()
    assert Darkroom().remade((PICTURES / "one_turned.heic").read_bytes()[:300]) == ()
    assert Darkroom().remade(a_picture()[:100]) == ()
    assert Darkroom().remade(b"") == ()
    assert Darkroom(pixels=1000).remade(a_picture()) == ()


def test_a63_the_pictures_of_one_letter_share_what_may_be_unpacked():
    room = Darkroom(pixels=60 * 40 + 10)

    assert [bool(room.remade(a_picture())) for _ in range(2)] == [True, False]


def test_the_study_of_a_letter_lays_each_picture_made_anew_beside_its_answer():
    done = study(a_mail(COMPLAINT, files=FILES))

    assert [copy.why for copy in done.copies] == ["file:scan", "file:media", "file:scan"]
    assert [[bare(page) for page in copy.remade] for copy in done.copies] == [[True], [], [True]]


# --- the guard ------------------------------------------------------------------------------------------------------------


def with_file(data: bytes, name: str = "attachment-1.jpg") -> bytes:
    return a_mail("x", files=((name, data),), sender="tousu@huiyin.example", name="")


SOMEBODY = (Identity("name", "李明远"),)


def test_a36_the_guard_lets_no_file_leave_that_it_cannot_read():
    (made,) = Darkroom().remade(a_picture())

    for data in (made, FILES[1][1], a_zip()):
        assert ("unread", "attachment") in {(hit.kind, hit.where) for hit in guard(with_file(data), SOMEBODY)}


def test_a34_the_guard_lets_a_released_picture_pass_and_only_that_one_and_only_bare():
    (made,), (other,) = Darkroom().remade(a_picture()), Darkroom().remade(a_picture(colour="blue"))
    raw = a_picture()
    names = frozenset(sha256(data).hexdigest() for data in (made, raw))

    assert guard(with_file(made), SOMEBODY, released=names) == ()
    assert guard(with_file(other), SOMEBODY, released=names)
    assert guard(with_file(raw), SOMEBODY, released=names)
    assert guard(with_file(made, "李明远.jpg"), SOMEBODY, released=names)


# --- the order ------------------------------------------------------------------------------------------------------------


def test_the_question_lists_each_file_by_number_and_says_which_can_be_released(asked):
    assert asked.asked() == ["files"]
    assert asked.question("files").choices == ("release", "tell-units", "hold")
    with look(asked.engine) as cx:
        put = next(row for row in (outbox.get(cx, n) for n in range(1, 9)) if row.template == "question_asked")
    text = read(put.raw).text
    for part in ("1 收据照片.jpg：图片，可以放行", "2 通话录音.amr：录音或录像", "不能放行", "放行 2、3（文件的编号）"):
        assert part in text


def test_a34_a_person_releases_a_picture_and_the_unit_gets_it_made_anew_under_a_name_of_ours(asked):
    said = asked.answer("files", "放行 1、3", REVIEWER.name)

    (letter,) = material(asked)
    assert (letter.state, letter.to_address) == ("queued", LAND.address)
    files = sent_files(letter.raw)
    assert [name for name, _ in files] == ["attachment-1.jpg", "attachment-3.jpg"]
    assert all(bare(data) for _, data in files)
    for hidden in (OWNER, "收据照片", "13800000021", "李明远"):
        assert hidden.encode() not in letter.raw
    first, third = lines(asked, ev.PaperReleased)
    assert (first.paper, first.sent) == (sha256(FILES[0][1]).hexdigest(), sha256(files[0][1]).hexdigest())
    assert (first.number, third.number, first.occasions) == (1, 3, (letter.occasion,))
    assert (first.warrant.actor, first.warrant.role) == (REVIEWER.name, "reviewer")
    assert "放行1、3号文件" in said
    assert LAND.name in said
    assert asked.asked() == []
    assert asked.problems() == ()


def test_a34_a_released_picture_passes_the_guard_at_the_door_on_what_is_known_then(asked):
    asked.answer("files", "放行 1", REVIEWER.name)

    taken = _take(asked.office, material(asked)[0].id, asked.now)

    assert taken is not None
    assert taken.state == "sending"


@pytest.mark.parametrize("person", [RECEIVER.name, HANDLER.name])
def test_who_may_not_release_is_told_who_may(asked, person):
    said = asked.answer("files", "放行 1", person)

    assert "由审核、组长决定" in said
    assert material(asked) == []


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("放行 2", "第2号文件不能放行：录音或录像，里面的声音、人像不能隐去。可以请来信人"),
        ("放行 1、2", "第2号文件不能放行"),
        ("放行 9", "没有编号为9的未发出文件"),
        ("放行", "请写要放行的文件编号"),
        ("放行 全部", "请写要放行的文件编号"),
    ],
)
def test_a36_what_cannot_be_released_stays_and_the_order_says_what_to_do_instead(asked, words, why):
    assert why in asked.answer("files", words, REVIEWER.name)
    assert material(asked) == []
    assert lines(asked, ev.PaperReleased) == []
    assert asked.asked() == ["files"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("材料.zip", a_zip()),
        ("录像.mp4", b"\0\0\0\x18ftypmp42" + bytes(64)),
        ("加密.docx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le") + bytes(600)),
        ("不知道.bin", bytes(range(256)) * 4),
        ("坏的.jpg", a_picture()[:90]),
    ],
)
def test_a36_archives_films_locked_and_unknown_files_are_never_sent(bench, name, data):
    bench.receive(a_mail(COMPLAINT, files=((name, data),)))

    said = bench.answer("files", "放行 1", HEAD.name)

    assert "第1号文件不能放行" in said
    assert "转告单位" in said
    assert material(bench) == []


def test_a36_what_a_recording_says_is_told_in_a_persons_words_and_guarded(asked):
    asked.answer("files", "转告单位：录音里窗口人员说，交加急费2000元当天办。", REVIEWER.name)
    order(asked, "转告单位：请与反映人李明远联系。")

    told, stopped = material(asked)
    assert (told.state, stopped.state) == ("queued", "stopped")
    assert "交加急费2000元当天办" in read(told.raw).text
    assert sent_files(told.raw) == []
    assert "stopped" in asked.asked()
    assert asked.problems() == ()


def test_a_picture_is_released_once(asked):
    asked.answer("files", "放行 1", REVIEWER.name)

    assert "已经放行过了" in order(asked, "放行 1")
    assert "交发给" in order(asked, "放行 3")
    assert len(material(asked)) == 2


def test_what_was_released_is_taken_back_while_its_letter_waits_and_can_be_released_again(asked):
    asked.answer("files", "放行 1", REVIEWER.name)

    said = order(asked, "不放行")

    assert "收回1封" in said
    assert [row.state for row in material(asked)] == ["withdrawn"]
    assert asked.file(REF).released == ()
    assert len(lines(asked, ev.PaperHeldBack)) == 1
    assert "没有放行以后还没有发出的文件" in order(asked, "不放行")
    assert "交发给" in order(asked, "放行 1")
    assert asked.problems() == ()


def test_a_letter_that_left_cannot_be_taken_back(asked):
    asked.answer("files", "放行 1", REVIEWER.name)
    _take(asked.office, material(asked)[0].id, asked.now)

    assert "已经发出的收不回来" in order(asked, "不放行")
    assert len(asked.file(REF).released) == 1


def test_a_case_at_no_unit_has_nobody_to_send_a_picture_to(bench):
    bench.receive(a_mail(COMPLAINT + "同去的张大爷也等了三个月。这事全县只有我一家碰上。", files=FILES))
    assert bench.asked() == ["forward"]

    assert "请先分办" in order(bench, "放行 1")
    bench.answer("forward", f"改派 {LAND.name}", RECEIVER.name)
    assert bench.asked() == ["files"]
    assert "交发给" in bench.answer("files", "放行 1", REVIEWER.name)


def test_a_copy_nobody_released_is_stopped_at_the_door_whatever_made_its_letter(asked):
    """Nothing passes by configuration: the bytes of the letter name a picture that no line of the case releases."""
    asked.answer("files", "放行 1", REVIEWER.name)
    waiting = material(asked)[0]
    warrant = Warrant(WarrantKind.ORDER, "x", HEAD.name, "head")
    back = ev.PaperHeldBack(about=f"case:{REF}", warrant=warrant, sent=asked.file(REF).released[0])
    with pen(asked.engine) as cx:
        record(cx, "order:x", Decision(events=(back,)), at=asked.now, book=asked.office.book.hash)

    taken = _take(asked.office, waiting.id, asked.now)

    assert taken is not None
    assert taken.state == "stopped"
    assert "stopped" in asked.asked()


def test_pictures_made_anew_are_erased_with_their_letter(asked):
    (made,) = Darkroom().remade(FILES[0][1])
    asked.answer("files", "放行 1", REVIEWER.name)
    asked.receive(asked.code(f"receipt:{REF}", "撤回", LI.address))
    asked.answer("withdrawal", "撤回", RECEIVER.name)
    asked.now += timedelta(days=366 * 10 + 2)

    assert erase_due(asked.office, asked.now) > 0

    with look(asked.engine) as cx:
        kept = [bytes(data or b"") for data in cx.execute(select(t.blobs.c.bytes)).scalars()]
        kept += [bytes(data or b"") for data in cx.execute(select(t.outbox.c.raw)).scalars()]
    assert not [data for data in kept if made in data or base64.b64encode(made)[:60] in data]
    assert asked.problems() == ()


# --- 重发 ------------------------------------------------------------------------------------------------------------------


def test_s67f_a_letter_sent_again_keeps_its_trace_mark_in_the_new_line(bench):
    bench.receive(a_mail(COMPLAINT))
    occasion = f"transfer:{REF}:1:{LAND.name}"
    cause = "order:again"
    warrant = Warrant(WarrantKind.ORDER, "again", HEAD.name, "head")
    gone = ev.LetterWithdrawn(about=f"case:{REF}", warrant=warrant, occasion=occasion, reason="sent-again")
    with pen(bench.engine) as cx:
        desk = desks.for_case(cx, REF, bench.office.setting(bench.now), cause)
        decision = Decision(events=(gone,), settled=(Settled(occasion, "withdrawn", cause),))
        finished = with_resent(cx, write(decision, desk, bench.office.desktop), desk, bench.office.desktop)
        assert isinstance(finished, Finished)
        record(cx, cause, finished.decision, finished.written, at=bench.now, book=bench.office.book.hash)

    first, second = (line for line in lines(bench, ev.Queued) if line.template == "transfer")
    assert first.occasion != second.occasion
    assert first.copy == second.copy != ""
    assert dataclasses.asdict(second)["sha256"] != first.sha256
    assert bench.problems() == ()
