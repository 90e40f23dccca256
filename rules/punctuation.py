"""Signs between words: Chinese ones for whoever reads, none around a name or a number that an order gives, one line where a line must do."""

import re

SIGNS = dict(zip(",;:?!()", "，；：？！（）", strict=True))
CLOSED_UP = re.compile(r"(?<=[\u4e00-\u9fff”）])[,;:?!()]|\((?=[\u4e00-\u9fff])")
AROUND = " 　。.，,：:"


def in_chinese_signs(words: str) -> str:
    """Orders are read with half-width signs; the public reads Chinese ones."""
    return CLOSED_UP.sub(lambda sign: SIGNS[sign.group()], words)


def ended(words: str) -> str:
    """The same, with a sign at its end."""
    whole = in_chinese_signs(words)
    return whole if not whole or whole[-1] in "。！？" else f"{whole}。"


def bare(words: str) -> str:
    """桓仁镇 of `桓仁镇。`."""
    return words.strip(AROUND)


def headline(words: str) -> str:
    """What an order names on its first line, bare; '' where it names nothing."""
    return bare(words.strip().partition("\n")[0])


def in_one_line(text: str, most: int) -> str:
    """The text on one line, at most so many signs of it; that it goes on is shown."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most]}…"
