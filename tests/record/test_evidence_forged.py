"""Evidence that somebody wrote anew with his own tools: list and frame are consistent, and still the chain, the lines and the letters tell."""

import io
import json
import zipfile

import pytest
from test_evidence import LATER, ref

from daemon.record.evidence import Asked, evidence
from rules.evidence.lines import columns
from rules.evidence.packing import MANIFEST, pack, unpack
from rules.evidence.verify import CHAIN, INDEX, Fault, verify

Files = dict[str, bytes]


@pytest.fixture
def files(office) -> Files:
    return unpack(evidence(office, Asked(ref(office)), LATER).zip)


def index_of(files: Files) -> dict[str, object]:
    return json.loads(files[INDEX])


def written(files: Files, **changed: object) -> bytes:
    """The file made whole again, its index changed."""
    return pack({**files, INDEX: json.dumps({**index_of(files), **changed}, ensure_ascii=False).encode()})


def kinds(data: bytes) -> set[str]:
    return {fault.what for fault in verify(data)}


def test_a_changed_line_is_told_though_the_list_names_its_new_hash(files):
    name = next(name for name in sorted(files) if name.startswith("zongzhang/line-"))
    files[name] = files[name].replace("〔".encode(), "（".encode()) + b" "

    assert Fault("case-line", name) in verify(pack(files))


def test_a_file_changed_under_the_old_list_is_named(files):
    files["shuoming.txt"] += b"."

    with zipfile.ZipFile(held := io.BytesIO(), "w") as shelf:
        for name, data in files.items():
            shelf.writestr(name, data)

    assert {Fault("changed", "shuoming.txt"), Fault("list", MANIFEST), Fault("frame", "zip")} <= set(
        verify(held.getvalue())
    )


def test_a_chain_that_ends_elsewhere_than_the_letters_say_is_told(files):
    chain = files[CHAIN].decode().splitlines()
    files[CHAIN] = ("\n".join(chain[:-1]) + "\n").encode()

    assert "head" in kinds(pack(files))


def test_a_line_of_the_case_that_is_in_no_chain_is_told(files):
    index = index_of(files)
    first = min(int(seq) for seq, _ in index["lines"])
    chain = files[CHAIN].decode().splitlines()
    kept = [line for line in chain if columns(line)[0] != first]
    files[CHAIN] = ("\n".join(kept) + "\n").encode()

    assert any(fault.what == "case-line" and f"{first:06}" in fault.where for fault in verify(pack(files)))


def test_a_letter_that_none_of_its_lines_knows_is_told(files):
    letters = index_of(files)["letters"]
    (name, lines) = next((letter["file"], letter["lines"]) for letter in letters if letter["file"] and letter["lines"])
    others = [letter for letter in letters if letter["file"] != name and letter["lines"]]

    forged = [{**letters[0], "file": name, "lines": others[0]["lines"]}]

    assert Fault("letter", name) in verify(written(files, letters=forged))
    assert lines != others[0]["lines"]


@pytest.mark.parametrize("text", ["{}", "[1, 2]", '["1",' + "0," * 12 + "0]"])
def test_what_is_no_line_of_the_ledger_is_refused(text: str):
    with pytest.raises(ValueError, match=r"^[{\[]"):
        columns(text)


def test_a_zip_that_names_a_file_twice_is_none_of_ours():
    with zipfile.ZipFile(held := io.BytesIO(), "w") as shelf:
        shelf.writestr("anjuan.html", b"one")
        with pytest.warns(UserWarning, match="Duplicate name"):
            shelf.writestr("anjuan.html", b"two")

    assert verify(held.getvalue()) == (Fault("frame", "zip"),)
