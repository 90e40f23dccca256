"""One letter of each kind as an office would send it: the same case, the same people, the same days; by the name and type of each field."""

import dataclasses
import re
from datetime import date
from importlib import import_module
from pkgutil import iter_modules

import rules.notices
from rules.notices.notice import Approved, Label, Notice, Number, OfficeText, OwnText, Paper, Ref, To, UnitName
from rules.notices.to_complainant import Promise
from rules.notices.to_duty import Count, Finding, HandoverItem
from rules.notices.to_organ import DueRow, SheetRow
from rules.notices.to_record import ReportTable
from rules.notices.to_staff import Choice, Fact, OrderRow
from rules.shield import Redacted

LI, UNIT, STAFF = "li@web163.example", "guotu@unit.example", "zhang@office.example"
TO = {
    "complainant": To(LI, "complainant"),
    "unit": To(UNIT, "unit:国土资源局", "国土资源局"),
    "staff": To(STAFF, "staff:张接件", "张接件"),
    "organ": To(UNIT, "organ:国土资源局", "国土资源局"),
}
REPORT = (
    "调查结论：属实。\n办理情况：已于5月16日办理了不动产登记。\n"
    "查处情况：对窗口工作人员批评教育一次。\n依据：《不动产登记暂行条例》第二十条。"
)
BY_NAME = {
    "about": "case:HY2017-00012-K7",
    "occasion": "sample",
    "mailbox": "complaint",
    "reply_to_message": "",
    "acts_until_round": 1,
    "number": Number("桓营诉〔2017〕12号"),
    "into": Number("桓营诉〔2017〕9号"),
    "ref": Ref("HY2017-00012-K7"),
    "unit": UnitName("国土资源局"),
    "lead": UnitName("国土资源局"),
    "co_units": (UnitName("桓仁镇"),),
    "kind": Label("投诉"),
    "handling": Label("转办"),
    "categories": (Label("效能低下"), Label("作风不实")),
    "state": Label("办理中"),
    "clock": Label("办理"),
    "wanted": Label("办结并回复本邮件"),
    "finding": Label("属实"),
    "value": Label("基本满意"),
    "received": date(2017, 5, 9),
    "assigned": date(2017, 5, 10),
    "due_sign": date(2017, 5, 11),
    "due_send_back": date(2017, 5, 12),
    "due_report": date(2017, 6, 1),
    "opinion_due": date(2017, 6, 15),
    "before": date(2017, 6, 1),
    "due": date(2017, 6, 2),
    "answer_by": date(2017, 6, 7),
    "provisional": False,
    "late": 3,
    "round": 2,
    "withheld": 1,
    "urgent": False,
    "office_answers": False,
    "report_demanded": False,
    "over": False,
    "overdue": False,
    "ended": False,
    "papers": (),
    "asks": ("consent",),
    "promises": (Promise(Label("受理告知"), date(2017, 5, 16)), Promise(Label("反馈"), date(2017, 6, 19))),
    "ground": Label("市场主体之间的民事纠纷"),
    "because": OfficeText("本局不予受理的情形 N4"),
    "elsewhere": OfficeText("请通过协商、仲裁、诉讼解决；劳动争议请找劳动仲裁"),
    "missing": OfficeText("请写明在哪个窗口、什么时间办理的。"),
    "organ": OfficeText("县纪委监委"),
    "reason": OfficeText("等待司法鉴定结论"),
    "result": Approved(REPORT),
    "answer": Approved("直接给本信箱写信就可以。"),
    "matter": Redacted.kept("投诉拖延办证"),
    "facts": Redacted.kept("2017年2月6日向窗口提交了不动产登记申请，承诺15个工作日办结，至今未办。"),
    "opinion": Redacted.kept("证办下来了，就是慢。"),
    "requirement": Approved("请查明收费依据。"),
    "remark": Approved("请与反映的事实逐项对照。"),
    "what": Label("签收"),
    "where": OfficeText("投诉信箱 收件箱"),
    "done": Label("同意转办"),
}
BY_TYPE = {
    "str": "说明",
    "int": 2,
    "bool": True,
    "date": date(2017, 5, 26),
    "date | None": date(2017, 5, 26),
    "Label": Label("说明"),
    "Number": Number("桓营诉〔2017〕12号"),
    "OfficeText": OfficeText("说明"),
    "OwnText": OwnText("说明"),
    "Approved": Approved("说明"),
    "UnitName": UnitName("国土资源局"),
    "tuple[Label, ...]": (Label("查处情况"), Label("依据")),
    "tuple[Fact, ...]": (Fact(Label("来信内容"), OwnText("窗口一直不给办理登记。")),),
    "tuple[Choice, ...]": (Choice(OfficeText("同意"), OfficeText("按建议办理：同意转办国土资源局")),),
    "tuple[OfficeText, ...]": (OfficeText("单位"), OfficeText("联系人")),
    "tuple[DueRow, ...]": (
        DueRow(Number("桓营诉〔2017〕12号"), Label("办理"), date(2017, 6, 2), 3, Label("督办")),
        DueRow(Number("桓营诉〔2017〕15号"), Label("签收"), date(2017, 6, 8), 0, Label("提醒")),
    ),
    "tuple[SheetRow, ...]": (SheetRow((OwnText("国土资源局"), OwnText("张三"))),),
    "tuple[Count, ...]": (Count(Label("待定事项"), 2), Count(Label("超期"), 0)),
    "tuple[Finding, ...]": (
        Finding(
            Label("转办信被退回"),
            OfficeText("桓营诉〔2017〕12号"),
            OfficeText("请打电话告知对方，办妥后回复“已发出”。"),
        ),
    ),
    "tuple[HandoverItem, ...]": (
        HandoverItem(
            3,
            "question:x",
            Label("待定"),
            OwnText("转办前请审核"),
            Number("桓营诉〔2017〕12号"),
            Label("今天到期"),
            OfficeText("同意"),
        ),
    ),
    "tuple[OrderRow, ...]": (
        OrderRow(3, Label("桓营诉〔2017〕12号"), Label("同意转办"), Label("国土资源局"), done=True),
    ),
    "tuple[Approved, ...]": (Approved("姓名：李某"),),
    "tuple[Paper, ...]": (Paper("0" * 64, "attachment-1.docx"),),
}
TABLES = (
    ReportTable(
        Label("总的情况"),
        (Label("项目"), Label("件数")),
        (SheetRow((OwnText("本期登记"), OwnText("15"))), SheetRow((OwnText("期末超期"), OwnText("少于3")))),
    ),
    ReportTable(
        Label("各单位办理情况"),
        (Label("单位"), Label("分办"), Label("超期")),
        (SheetRow((OwnText("国土资源局"), OwnText("6"), OwnText("0"))),),
    ),
    ReportTable(Label("热点"), (Label("单位"), Label("类别"), Label("件数")), ()),
)
REPORT_WORDS = {
    "title": Label("投诉举报办理月报"),
    "period": Label("2017年5月1日至2017年5月31日"),
    "tables": TABLES,
    "remarks": (OfficeText("一件可以属于几个类别，各类别之和可以大于件数。"),),
    "about": "office",
}
CHANGED = {
    "material_added": {
        "papers": (Paper("0" * 64, "attachment-2.jpg"),),
        "words": Approved("录音里窗口人员说：交加急费2000元当天办。"),
    },
    "report_told": REPORT_WORDS,
    "report_passed": REPORT_WORDS,
    "extension_told": {"promises": (Promise(Label("反馈"), date(2017, 6, 26)),)},
    "promise_moved": {"promises": (Promise(Label("反馈"), date(2017, 6, 20), provisional=True),)},
    "redo_order": {"missing": (Label("查处情况"), Label("诉求第2项的办理情况")), "reason": Label("来信人不满意")},
    "acceptance_told": {"handling": Label("由负责的单位办理，结果由我们转告您")},
    "transfer_ended": {"reason": Label("改派其他单位")},
    "order_not_done": {"reason": Label("这件事已经办过了。")},
    "question_asked": {"what": Label("转办前请审核"), "due": date(2017, 5, 10)},
    "order_done": {"what": Label("转办前请审核"), "unit": Label("国土资源局")},
    "alarm": {"what": Label("登录被拒")},
    "sheet_understood": {"unit": OfficeText("国土资源局")},
}
"""Fields that say something else in this letter than in the others."""


def shapes() -> dict[str, type[Notice]]:
    """template -> class, of every room of notices."""
    found: dict[str, type[Notice]] = {}
    for module in iter_modules(rules.notices.__path__):
        for thing in vars(import_module(f"rules.notices.{module.name}")).values():
            if isinstance(thing, type) and issubclass(thing, Notice) and "template" in vars(thing):
                found[thing.template] = thing
    return found


SHAPES = shapes()


def shown(template: str) -> Notice:
    """The letter of that name. Raises KeyError where a field has a type nobody gave a sample for."""
    shape = SHAPES[template]
    changed = CHANGED.get(template, {})
    words = {field.name: _value(field, changed) for field in dataclasses.fields(shape) if field.name != "to"}
    return shape(to=TO[shape.audience], **words)


def _value(field: "dataclasses.Field[object]", changed: dict[str, object]) -> object:
    if field.name in changed:
        return changed[field.name]
    kind = _kind(field.type)
    if field.name in BY_NAME and not (kind.startswith("tuple[") and not isinstance(BY_NAME[field.name], tuple)):
        return BY_NAME[field.name]
    if kind not in BY_TYPE and field.default is not dataclasses.MISSING:
        return field.default
    return BY_TYPE.get(kind, ()) if kind.startswith("tuple[") else BY_TYPE[kind]


def _kind(kind: object) -> str:
    plain = getattr(kind, "__name__", "") if not getattr(kind, "__args__", None) else str(kind)
    return re.sub(r"[\w.]+\.(\w+)", r"\1", plain or str(kind))
