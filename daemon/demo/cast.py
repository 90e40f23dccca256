"""Who plays in the demo: the office and its staff, three units, complainants. Sample names and example addresses only."""

from dataclasses import dataclass

COMPLAINT = "tousu@huiyin.example"
CONTACT = "lianxi@huiyin.example"


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody with a mailbox."""

    name: str
    address: str


RECEIVER = Player("周敏", "zhoumin@office.example")
HANDLER = Player("吴强", "wuqiang@office.example")
REVIEWER = Player("郑洁", "zhengjie@office.example")
HEAD = Player("王组长", "zuzhang@office.example")
STAFF = {
    "receiver": RECEIVER,
    "handler": HANDLER,
    "reviewer": REVIEWER,
    "head": HEAD,
    "supervision": HANDLER,
    "duty": RECEIVER,
}

LAND = Player("国土资源局", "guotu@unit.example")
MARKET = Player("市场监督管理局", "shichang@unit.example")
TOWN = Player("桓仁镇", "huanrenzhen@unit.example")
UNITS = (LAND, MARKET, TOWN)

LI = Player("李明远", "limingyuan@web163.example")
ZHAO = Player("赵小梅", "zhaoxm90@qq.example")
NAMELESS = Player("", "x7700@phone.example")
COMPLAINANTS = (LI, ZHAO, NAMELESS)

SUN = Player("孙立国", "sunlg@web163.example")
LIU = Player("刘桂兰", "liugl@qq.example")
ZHOU = Player("周立新", "zhoulx@web126.example")
MA = Player("马文", "mawen@web163.example")
STRANGER = Player("热心人", "reader@web163.example")
SHOP = Player("优惠通知", "news@shop.example")
NEIGHBOURS = (SUN, LIU, ZHOU, MA, STRANGER, SHOP)
"""Others who write in the demo's week."""

EVERYBODY = tuple({player.address: player for player in (*STAFF.values(), *UNITS, *COMPLAINANTS, *NEIGHBOURS)}.values())


def accounts() -> dict[str, str]:
    """Address -> password, for the mail host."""
    return {
        address: f"demo-{index}"
        for index, address in enumerate((COMPLAINT, CONTACT, *(player.address for player in EVERYBODY)), 1)
    }


def filled(chapters: dict[str, bytes]) -> dict[str, bytes]:
    """The book as shipped, with telephone and staff filled in: the demo's own copy."""
    office = chapters["office.toml"].decode("utf-8").replace('phone = ""', 'phone = "024-40000000"', 1)
    staff = "".join(
        f'\n[[staff]]\nname = "{player.name}"\nrole = "{role}"\nmailbox = "{player.address}"\n'
        for role, player in STAFF.items()
    )
    return {**chapters, "office.toml": (office + staff).encode("utf-8")}
