"""A stranger at the staff's desks: knows nothing but the letters that lie there, and answers what they say may be written."""

import re
from dataclasses import dataclass, field

from daemon.demo import manners
from daemon.demo.cast import COMPLAINT, Player
from daemon.demo.stage import Stage
from rules.letter import Letter
from rules.reading import read

ITEM = re.compile(r"^\s*(\d{1,2})　(.+?)　可写：(.+)$", re.MULTILINE)
GIVEN = {
    " 单位名称 6月20日": " 桓仁镇 6月20日",
    " 单位名称": " 桓仁镇",
    " D1，或者写：答复的内容": "：请到政务大厅二楼窗口办理。",
    " 机关名称": " 县信访局",
    " 5 天：原因": " 5 天",
    " 案件编号": "",
}
WORDS = "：请到政务大厅二楼窗口办理。"


def filled(choice: str) -> str:
    """What may be written, its blanks filled as anybody would."""
    if choice.startswith("同意（"):
        return "同意"
    for blank, words in GIVEN.items():
        if choice.endswith(blank):
            return choice.removesuffix(blank) + words
    return re.sub(r"：.*$", WORDS, choice)


@dataclass
class Stranger:
    """`tried`: person and item -> how many of the offered answers have been tried."""

    stage: Stage
    tried: dict[tuple[str, str], int] = field(default_factory=dict)

    def answer(self, player: Player) -> int:
        """Answer every line of the person's newest hand-over letter; returns how many lines it had."""
        letter = self.newest(player)
        lines = ITEM.findall(letter.text) if letter else []
        if not letter or not lines:
            return 0
        words = [f"{number} {self._choice(player, what, offered)}" for number, what, offered in lines]
        self._reply(player, letter, "\n".join(words))
        return len(lines)

    def newest(self, player: Player) -> Letter | None:
        """The person's newest hand-over letter."""
        letters = (read(stored.raw) for stored in reversed(self.stage.host.folder(player.address)))
        return next((letter for letter in letters if "交接：" in letter.subject), None)

    def _choice(self, player: Player, what: str, offered: str) -> str:
        """The first answer offered that was not tried yet for this line, its blanks filled."""
        choices = offered.split("；")
        matter = re.sub(r"　[^　]*(到期|超期)$", "", what)
        place = self.tried.get((player.name, matter), 0)
        self.tried[player.name, matter] = place + 1
        return filled(choices[place % len(choices)])

    def _reply(self, player: Player, letter: Letter, words: str) -> None:
        raw = manners.foxmail_reply(
            player.address, player.name, letter.from_addr, letter.subject, words, self.stage.now, letter.text
        )
        self.stage.post(raw, player, COMPLAINT)
