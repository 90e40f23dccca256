"""The letters of the bench: half UTF-8, half GBK, 1–3 KB of complaint each, every one different, all with one clear respondent."""

from datetime import datetime, timedelta, timezone

from daemon.demo.cast import COMPLAINT
from daemon.demo.manners import plain_utf8, web_163

ZONE = timezone(timedelta(hours=8))
DEEDS = (
    "我公司申请办理不动产登记，材料早已交齐，国土资源局窗口一再要求补交清单上没有的材料，拖了三个多月不给办证。",
    "我单位于上月向国土资源局提交用地预审申请，至今没有任何答复，电话打过去就说领导不在。",
    "国土资源局在办理宅基地确权时收取没有依据的费用三百元，不开票据。",
)
FILL = "以上情况属实，请贵局依法调查处理，督促该单位按照规定的时限办结，并把结果告诉我。我保留有关的材料，需要的时候可以提供。"


def letter(number: int) -> bytes:
    """Letter number n, from a sender of its own."""
    when = datetime(2017, 5, 9, 9, 0, tzinfo=ZONE) + timedelta(seconds=number)
    deed = DEEDS[number % len(DEEDS)]
    text = f"投诉国土资源局。\n{deed}\n受理单编号是第{number}号。\n" + FILL * (4 + number % 8)
    manner = web_163 if number % 2 else plain_utf8
    return manner(f"writer{number}@bench.example", "", COMPLAINT, f"投诉国土资源局拖延办证（{number}）", text, when)
