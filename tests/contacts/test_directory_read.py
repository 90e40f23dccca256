"""`directory read`: one JSON object a file, in order; a bad file never stops the rest; mails of one call see those before them."""

import argparse
import json
from email.message import EmailMessage

import pytest
from sheet_builders import FLAT, table

from daemon.__main__ import main
from daemon.shell import _directory_read as command
from daemon.shell.directory import acts
from rules.papers.rebuild import document_of, workbook_of

UNITS = {"教育局": "jyj@163.example", "督查室": "office@163.example"}


def ask(capsys, *words):
    capsys.readouterr()
    code = main(["directory", "read", *map(str, words)])
    return code, capsys.readouterr()


def answers(capsys, *words, ends=0):
    code, said = ask(capsys, "--json", *words)
    assert code == ends
    return [json.loads(line) for line in said.out.splitlines()]


@pytest.fixture
def registered(tmp_path):
    path = tmp_path / "registered.json"
    path.write_text(json.dumps(UNITS), "utf-8")
    return path


def a_mail(
    path,
    *,
    sender="jyj@163.example",
    subject="信息表",
    text="见附件。",
    file=FLAT,
    results="spf=pass smtp.mail=jyj@163.example",
    **more,
):
    letter = EmailMessage()
    letter["Authentication-Results"] = f"mx.163.example; {results}"
    letter["From"], letter["To"], letter["Subject"], letter["Date"] = (
        sender,
        "office@163.example",
        subject,
        "Thu, 20 Apr 2017 09:12:00 +0800",
    )
    letter.set_content(text)
    if more.get("html"):
        letter.add_alternative(more["html"], subtype="html")
    if file:
        letter.add_attachment(
            document_of([table(file)]), maintype="application", subtype="octet-stream", filename="教育局.docx"
        )
    path.write_bytes(
        b"Received: from mail (unknown [192.0.2.1]) by mx11 (Coremail) with SMTP id 1; Thu, 20 Apr 2017 09:12:00 +0800\r\n"
        + bytes(letter)
    )
    return path


def test_files_are_answered_in_order_and_a_missing_one_stops_nothing(tmp_path, capsys):
    good, bad, absent = tmp_path / "教育局.xlsx", tmp_path / "空.doc", tmp_path / "没有.doc"
    good.write_bytes(workbook_of([table(FLAT, "表")]))
    bad.write_bytes(b"")

    first, second, third = answers(capsys, good, bad, absent, ends=2)

    assert (first["file"], first["readable"], first["doubts"]) == (str(good), True, [])
    assert first["rows"] == [
        {
            "unit": "教育局",
            "leader": "赵一鸣",
            "leader_title": "副局长",
            "contact": "李二丫",
            "hotline": "024-48000003",
            "mobile": "13900000002",
            "email": "jyj@163.example",
        }
    ]
    assert (second["readable"], second["doubts"]) == (False, ["file:empty"])
    assert (third["readable"], third["trouble"]) == (
        False,
        "读不了这个文件（没有这个文件或文件夹），请检查路径和权限。",
    )


def test_mails_are_judged_and_the_second_supersedes_the_first(tmp_path, capsys, registered):
    first = a_mail(tmp_path / "1.eml")
    second = a_mail(tmp_path / "2.eml", subject="更正：教育局信息表", file=FLAT.replace("李二丫", "王小三"))
    forged = a_mail(tmp_path / "3.eml", results="spf=fail smtp.mail=jyj@163.example; dkim=none")

    found = answers(capsys, "--registered", registered, first, second, forged)

    assert [(mail["disposition"], mail["units"], mail["supersedes"], mail["doubts"]) for mail in found] == [
        ("contact", ["教育局"], "", []),
        ("contact", ["教育局"], str(first), []),
        ("held", ["教育局"], "", ["sender:auth-failed"]),
    ]
    assert found[0]["from_addr"] == "jyj@163.example"


def test_without_a_list_of_addresses_nobody_is_registered(tmp_path, capsys):
    (mail,) = answers(capsys, a_mail(tmp_path / "1.eml"))

    assert (mail["disposition"], mail["doubts"], bool(mail["rows"])) == ("held", ["sender:unknown"], True)


def test_a_table_in_the_html_of_a_mail_keeps_its_merged_cells(tmp_path, capsys, registered):
    html = (
        "<table><tr><td rowspan=2>单位</td><td colspan=2>分管领导</td><td colspan=2>联系人</td><td rowspan=2>邮箱</td></tr>"
        "<tr><td>姓名</td><td>职务</td><td>姓名</td><td>手机</td></tr>"
        "<tr><td rowspan=2>教育局</td><td rowspan=2>赵一鸣</td><td rowspan=2>副局长</td><td>李二丫</td><td>13900000002</td><td rowspan=2>a@163.example</td></tr>"
        "<tr><td>王小三</td><td>13900000005</td></tr></table>"
    )
    (mail,) = answers(capsys, "--registered", registered, a_mail(tmp_path / "1.eml", text="", html=html, file=""))

    assert [(row["contact"], row["leader_title"], row["mobile"]) for row in mail["rows"]] == [
        ("李二丫", "副局长", "13900000002"),
        ("王小三", "副局长", "13900000005"),
    ]


def test_a_machines_letter_opens_no_paper(tmp_path, capsys, registered):
    letter = a_mail(tmp_path / "1.eml", subject="自动回复: 信息表")
    letter.write_bytes(b"Auto-Submitted: auto-replied\r\n" + letter.read_bytes())

    (mail,) = answers(capsys, "--registered", registered, letter)

    assert (mail["disposition"], mail["rows"]) == ("machine", [])


def test_a_person_is_told_the_rows_and_the_doubts(tmp_path, capsys):
    path = tmp_path / "表.xlsx"
    path.write_bytes(workbook_of([table(FLAT.replace("jyj@163.example", ""), "表")]))

    _, said = ask(capsys, path, tmp_path / "没有.doc")

    assert "教育局  赵一鸣  副局长  李二丫" in said.out
    assert "· 教育局：没有填写电子邮箱。" in said.out
    assert "没有这个文件" in said.out


@pytest.mark.parametrize("content", ["[]", "{", '{"教育局": 1}', None])
def test_a_wrong_list_of_addresses_is_said_and_nothing_is_read(tmp_path, capsys, content):
    path = tmp_path / "registered.json"
    if content is not None:
        path.write_text(content, "utf-8")

    code, said = ask(capsys, "--registered", path, path)

    assert code == 2
    assert "登记邮箱文件" in said.err


def test_a_list_of_addresses_that_is_not_there_says_why(tmp_path, capsys):
    code, said = ask(capsys, "--registered", tmp_path / "没有.json", tmp_path / "x.doc")

    assert (code, said.err) == (
        2,
        f"登记邮箱文件 {tmp_path / '没有.json'} 读不了（没有这个文件或文件夹），请检查路径和权限。\n",
    )


def test_where_no_file_can_be_opened_the_command_was_asked_wrongly(tmp_path, capsys):
    code, said = ask(capsys, tmp_path / "没有.doc", tmp_path)

    assert code == 2
    assert said.out.count("请检查路径和权限") == 2


def test_a_mail_is_told_to_people_in_chinese(tmp_path, capsys):
    _, said = ask(capsys, a_mail(tmp_path / "1.eml"))

    assert f"{tmp_path / '1.eml'}  待人工  需要人工核对" in said.out


@pytest.mark.parametrize("text", [None, "[[unit", ""])
def test_a_folder_without_the_chapter_of_units_or_with_a_torn_one_is_no_book(tmp_path, capsys, text):
    if text is not None:
        (tmp_path / "units.toml").write_text(text, "utf-8")
    (tmp_path / "roles.toml").touch()

    code, said = ask(capsys, "--book", tmp_path, tmp_path / "units.toml")

    assert code == 78
    assert "units.toml 第 1 行" in said.err


def test_a_book_whose_units_are_wrong_is_refused(tmp_path, capsys):
    (tmp_path / "units.toml").write_text('[[unit]]\nname = "教育局"\n', "utf-8")

    code, said = ask(capsys, "--book", tmp_path, tmp_path / "units.toml")

    assert code == 78
    assert "units.toml" in said.err


class Dead:
    """A child that dies of every file."""

    def __init__(self, why):
        self.why, self.signs = why, None

    def read(self, raw):
        from daemon.reader import Died

        return Died(self.why)

    def paper(self, data, name=""):
        from daemon.reader import Died

        return Died(self.why)


@pytest.mark.parametrize(
    ("why", "word"), [("memory", "file:bomb"), ("cpu", "file:bomb"), ("signal:11", "file:truncated")]
)
def test_a_file_the_child_dies_of_is_held(tmp_path, why, word):
    from sheet_builders import COUNTY

    sheet, mail = tmp_path / "a.doc", a_mail(tmp_path / "b.eml")
    sheet.write_bytes(b"x")
    desk = command._Desk(Dead(why), COUNTY, {})

    assert (desk.answer(str(sheet))["doubts"], desk.answer(str(mail))["disposition"]) == ([word], "held")


def test_a_file_larger_than_any_sheet_is_not_opened(tmp_path, monkeypatch):
    from sheet_builders import COUNTY

    monkeypatch.setattr(command, "LARGEST", 3)
    path = tmp_path / "a.doc"
    path.write_bytes(b"long")

    assert command._Desk(Dead("gone"), COUNTY, {}).answer(str(path))["doubts"] == ["file:bomb"]


def test_every_act_has_a_help_line():
    parser = argparse.ArgumentParser()
    from daemon.shell import directory

    directory.arguments(parser)

    assert "read" in acts()
