"""Bytes to text, as the sender meant it and not as he labelled it (domain §6.5, L1-L4).

Only the charsets of mail are decoded; a label that names some other codec of Python's is an unknown label (L3).

LIMITS: a guess is a guess. Text of under four signs in an unlabelled 8-bit charset may be read wrongly; the note says that it was guessed.
"""

import codecs
import re
from functools import cache
from typing import NamedTuple

GB = "gb18030"


class Decoded(NamedTuple):
    """Text, the charset it was read as, and whether that was not the label's word."""

    text: str
    charset: str
    guessed: bool = False


_FAMILIES = {
    GB: "gb2312 gbk gb18030 cp936 ms936 x-gbk windows-936 gb_2312-80 csgb2312 euc-cn euccn gb gb2312-80 chinese iso-ir-58 x-cp20936 hz2312",
    "utf-8": "utf-8 utf8 u8 utf-8-sig x-utf-8 unicode-1-1-utf-8 utf-8-mac utf",
    "cp950": "big5 big-5 x-big5 cn-big5 csbig5 cp950 windows-950",
    "big5hkscs": "big5-hkscs big5hkscs hkscs",
    "hz": "hz hz-gb hz-gb-2312",
    "utf-7": "utf-7 utf7 unicode-1-1-utf-7 csunicode11utf7 x-unicode-2-0-utf-7",
    "utf-16": "utf-16 utf16 ucs-2 iso-10646-ucs-2 unicode",
    "utf-16-le": "utf-16le",
    "utf-16-be": "utf-16be",
    "utf-32": "utf-32 utf32",
    "iso2022_jp_ext": "iso-2022-jp iso-2022-jp-1 iso-2022-jp-3 iso2022jp csiso2022jp iso-2022-jp-ms cp50220 cp50221 iso-2022-jp-ext",
    "iso2022_jp_2": "iso-2022-jp-2",
    "iso2022_kr": "iso-2022-kr",
    "cp932": "shift_jis shift-jis sjis x-sjis ms_kanji cp932 windows-31j csshiftjis",
    "euc_jp": "euc-jp eucjp x-euc-jp",
    "cp949": "euc-kr euckr ks_c_5601-1987 ks_c_5601 cp949 windows-949 ksc5601 korean",
    "johab": "johab",
    "cp1252": "iso-8859-1 iso8859-1 iso_8859-1 latin1 latin-1 l1 windows-1252 cp1252 ansi",
    "ascii": "us-ascii ascii ansi_x3.4-1968 iso646-us us usascii ascii-us default unknown-8bit unknown x-unknown binary none 8bit 7bit",
    "koi8-r": "koi8-r koi8r cskoi8r",
    "koi8-u": "koi8-u",
    "mac-roman": "macintosh mac x-mac-roman",
    "tis-620": "tis-620 windows-874 iso-8859-11",
    "cp437": "cp437 ibm437",
    "cp850": "cp850 ibm850",
    "cp866": "cp866 ibm866",
    "iso8859-9": "iso-8859-9 latin5",
}
_KNOWN = {label: family for family, labels in _FAMILIES.items() for label in labels.split()} | {
    f"{before}{number}": f"{after}{number}"
    for before, after, numbers in (
        ("iso-8859-", "iso8859-", (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)),
        ("iso8859-", "iso8859-", (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)),
        ("windows-", "cp", range(1250, 1259)),
        ("cp", "cp", range(1250, 1259)),
    )
    for number in numbers
    if (before, number) not in {("windows-", 1252), ("cp", 1252)}
}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 4000
_PAIRS = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]|[\x80-\xff]")


@cache
def known(label: str) -> str:
    """Python's codec for a charset label of mail; '' if the label says nothing. `utf-8*zh` and `utf-8,gbk` are cut."""
    for word in re.split(r"[,;*\s]+", label[:80].lower().strip(" \"'\t<>=")):
        found = _KNOWN.get(word) or _KNOWN.get(word.replace("_", "-"))
        if found:
            return codecs.lookup(found).name
    return ""


def decode(data: bytes, label: str = "") -> Decoded:
    """The text of some bytes under a label that may be absent, unknown or a lie. Never raises."""
    for bom, codec in _BOMS:
        if data.startswith(bom):
            text = data.decode(codec, "replace").removeprefix("\ufeff")
            return Decoded(text, codec)
    codec = known(label) if label else ""
    if data.isascii() and codec not in _STATEFUL:
        return Decoded(_with_escapes(data), codec or "ascii")
    if codec and codec not in {"ascii", "cp1252"}:
        return _labelled(data, codec)
    return _unlabelled(data, codec)


_STATEFUL = {
    codecs.lookup(name).name for name in ("hz", "utf-7", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "iso2022_kr")
} | {codecs.lookup(name).name for name in ("iso2022_jp_ext", "iso2022_jp_2")}
_BIG5 = {"cp950", "big5hkscs"}
_WIDE = {codecs.lookup(name).name for name in ("utf-16", "utf-16-le", "utf-16-be", "utf-32")}


def _with_escapes(data: bytes) -> str:
    """ASCII, or ISO-2022-JP whose label was lost: its escapes give it away."""
    if b"\x1b$" in data:
        text = _strict(data, "iso2022_jp_ext")
        if text is not None:
            return text
    return data.decode("ascii")


def _labelled(data: bytes, codec: str) -> Decoded:
    if codec in _WIDE and b"\0" not in data[:200] and _strict(data, "utf-8") is not None:
        return _unlabelled(data, "")  # text that only claims to be UTF-16
    if codec == GB and _is_utf8(data):
        return Decoded(data.decode("utf-8"), "utf-8", guessed=True)  # UTF-8 labelled gb2312 (L2)
    text = _strict(data, codec)
    if text is not None and not (codec in _BIG5 and _is_gb(data) and _big5_share(data) < 8):
        return Decoded(text, codec)
    if codec != "utf-8" and _is_utf8(data):
        return Decoded(data.decode("utf-8"), "utf-8", guessed=True)
    if codec != GB and _is_gb(data):
        return Decoded(data.decode(GB, "replace"), GB, guessed=True)
    if codec in _BIG5:
        return Decoded(data.decode("big5hkscs", "replace"), "big5hkscs", guessed=True)
    return Decoded(data.decode(codec, "replace"), codec, guessed=True)


def _unlabelled(data: bytes, codec: str) -> Decoded:
    """No label, or one that 8-bit Chinese often carries wrongly (us-ascii, iso-8859-1)."""
    text = _strict(data, "utf-8")
    if text is not None:
        return Decoded(text, "utf-8", guessed=True)
    if _is_gb(data):
        return Decoded(data.decode(GB, "replace"), GB, guessed=True)
    if not codec and _is_big5(data):
        return Decoded(data.decode("cp950", "replace"), "cp950", guessed=True)
    if codec != "cp1252" and _nearly_utf8(data):
        return Decoded(data.decode("utf-8", "replace"), "utf-8", guessed=True)
    return Decoded(_western(data), "cp1252", guessed=codec != "cp1252")


def _western(data: bytes) -> str:
    text = _strict(data, "cp1252")
    return data.decode("latin-1") if text is None else text


def _strict(data: bytes, codec: str) -> str | None:
    try:
        text = data.decode(codec)
        text.encode("utf-8")  # UTF-7 and UTF-16 can make lone surrogates
    except (UnicodeError, ValueError):
        return None
    return text


def _is_utf8(data: bytes) -> bool:
    """Valid UTF-8 whose every sign has three bytes or more: GBK text is that only by a miracle (「联通」 has two-byte ones)."""
    text = _strict(data, "utf-8")
    return text is not None and all(sign >= "\u0800" for sign in text if sign > "\x7f")


def _nearly_utf8(data: bytes) -> bool:
    """UTF-8 with a few broken places, as a letter that was cut."""
    text = data[:_SAMPLE].decode("utf-8", "replace")
    return text.count("\ufffd") * 10 < sum(sign > "\x7f" for sign in text)


def _is_gb(data: bytes) -> bool:
    """Whether 8-bit bytes are Chinese in GBK: most pairs are among the 3 755 common characters or GB punctuation."""
    pairs = _PAIRS.findall(data.translate(None, b"\0")[:_SAMPLE])
    common = sum(
        1
        for pair in pairs
        if len(pair) == 2 and pair[1] >= 0xA1 and (0xB0 <= pair[0] <= 0xD7 or 0xA1 <= pair[0] <= 0xA3)
    )
    return common >= 2 and common * 10 >= len(pairs) * 6


def _is_big5(data: bytes) -> bool:
    return len(data) >= 6 and _big5_share(data) >= 9 and _strict(data, "cp950") is not None


def _big5_share(data: bytes) -> int:
    """How many tenths of the 8-bit pairs are among the common characters or signs of Big5."""
    pairs = _PAIRS.findall(data[:_SAMPLE])
    common = sum(1 for pair in pairs if len(pair) == 2 and 0xA1 <= pair[0] <= 0xC6)
    return common * 10 // max(len(pairs), 3)


_BEYOND = re.compile("[\u2123-\U0010ffff]")
"""Signs that no Western charset has."""


def unmangled(text: str) -> str:
    """A text that was decoded as Western and encoded again is turned back; any other comes back as it is."""
    if text.isascii() or _BEYOND.search(text):
        return text
    for codec in ("latin-1", "cp1252"):
        data = text.encode(codec, "replace")
        if data.decode(codec, "replace") != text:
            continue
        if _is_utf8(data):
            return data.decode("utf-8")
        if _is_gb(data):
            return data.decode(GB, "replace")
    return text
