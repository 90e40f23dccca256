"""Numbers in letters: sums of money, people, in figures or Chinese signs (三万元, 5人, 十几户, 803.6万元).

Every pattern is bounded, so the time is linear in the text (A71).
"""

import re

FIGURES = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
TENS = {"十": 10, "百": 100, "千": 1000}
SCALES = {
    "": 1,
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10_000,
    "十万": 100_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "亿": 100_000_000,
}
NUMBER = r"([0-9]{1,12}(?:,[0-9]{3}){0,4}(?:\.[0-9]{1,4})?|[零〇一二两三四五六七八九十百千]{1,9})"
MONEY = re.compile(NUMBER + r"[多余来几]?(十万|百万|千万|万|亿|千|百)?[多余]?(?:人民币)?(?:元|块钱)")
PEOPLE = re.compile(
    NUMBER + r"[多余来几]?(百|千|万)?[多余]?(?:名|个|位)?(?:人|户|家|名群众|名职工|名工人|名员工|名业主|名司机)"
)

NOTHING = (0, (0, 0))


def number(written: str) -> float:
    """The value of figures or Chinese signs up to 9999; 十几 counts as ten."""
    if written[0] in "0123456789":
        return float(written.replace(",", ""))
    total = current = 0
    for sign in written:
        if sign in TENS:
            total += (current or 1) * TENS[sign]
            current = 0
        else:
            current = current * 10 + FIGURES[sign]
    return float(total + current)


def money(text: str) -> tuple[int, tuple[int, int]]:
    """The largest sum named, in yuan, and its span; (0, (0, 0)) where there is none."""
    return _largest(MONEY, text) if "元" in text or "块钱" in text else NOTHING


def people(text: str) -> tuple[int, tuple[int, int]]:
    """The largest number of people or households named, and its span; (0, (0, 0)) where there is none."""
    return _largest(PEOPLE, text)


def _largest(pattern: re.Pattern[str], text: str) -> tuple[int, tuple[int, int]]:
    best = NOTHING
    for found in pattern.finditer(text):
        value = int(number(found[1]) * SCALES[found[2] or ""])
        if value > best[0]:
            best = (value, found.span())
    return best
