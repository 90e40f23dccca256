"""The words beside a name that say who he is, as patterns: `people.toml`."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rules.shield.knowledge import knowledge

STOP = "，。,.;；、！!？?：:()（）“”\"'「」『』|/\n\t 　-—~"


@dataclass(frozen=True, slots=True)
class Cues:
    """The lists of `people.toml` as patterns."""

    own_left: "re.Pattern[str]"
    own_label: "re.Pattern[str]"
    own_after: "re.Pattern[str]"
    family: "re.Pattern[str]"
    witness: "re.Pattern[str]"
    witness_after: "re.Pattern[str]"
    alias: "re.Pattern[str]"
    no_alias: "re.Pattern[str]"
    ordinary_left: "re.Pattern[str]"
    ordinary_right: "re.Pattern[str]"
    official_left: "re.Pattern[str]"
    official_right: "re.Pattern[str]"
    official_verb: "re.Pattern[str]"
    titled: "re.Pattern[str]"
    official_sure: "re.Pattern[str]"
    own_sentence: "re.Pattern[str]"
    roll: "re.Pattern[str]"
    own_title: "re.Pattern[str]"
    pet: "re.Pattern[str]"
    familiar: "re.Pattern[str]"
    surname_said: "re.Pattern[str]"
    sign_title: "re.Pattern[str]"
    telling: "re.Pattern[str]"
    nobody: frozenset[str]
    own_field: "re.Pattern[str]"
    number_field: "re.Pattern[str]"
    letter: "re.Pattern[str]"
    organ: "re.Pattern[str]"
    spaced: "re.Pattern[str]"


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted((re.escape(word).replace("\\?", "?") for word in words), key=len, reverse=True))


@cache
def cues() -> Cues:
    """The cues, read once."""
    sheet = tomllib.loads(files("rules.shield").joinpath("people.toml").read_text("utf-8"))
    lists = {key: _any(words) for key, words in sheet.items()}
    surname = "".join(each for each in knowledge().surnames if len(each) == 1)
    organ = f"(?:{lists['organ_end']})(?:里|内|上|下属|驻村)?(?:的|那个|有个|1个|有)?"
    return Cues(
        own_left=re.compile(
            f"(?:(?<!被)(?<!被投)(?:{lists['own_label']})[:：\\t (是为叫]{{0,4}}|(?:{lists['own_say']})[(:： ,，]{{0,2}})$"
        ),
        own_label=re.compile(
            f"(?<!被)(?<!托)(?:{lists['own_label']})[ ]?[:：\\t][:：\\t ]{{0,3}}([^，。,;；、\\n\\t|(（]{{2,14}})"
        ),
        own_after=re.compile(f"[ ]{{0,2}}(?:{lists['own_after']}|[收上](?=[{re.escape(STOP)}]|$))"),
        family=re.compile(
            f"(?:我|俺|咱|孩子|他|她|家|是|的|打|我家|大|小|二)(?:{lists['family']})(?:也?叫|名叫|是|:|,|，|[(])?$"
        ),
        witness=re.compile(
            f"(?:(?:{lists['witness']})(?:叫|是|的|:|：|还有|有|,|，)?|(?:{lists['witness_trade']})[一-鿿]{{1,3}}的(?:叫)?)$"
        ),
        witness_after=re.compile(f"[(,， ]?(?:都|也|他|就)?(?:{lists['witness_after']})"),
        alias=re.compile(f'(?:{lists["alias"]})[:：“"「 ]{{0,2}}([^，。,;；、！!？?\\s”"」：:()（）]{{2,6}})'),
        no_alias=re.compile(lists["no_alias"]),
        ordinary_left=re.compile(f"(?:{lists['ordinary_left']})$"),
        ordinary_right=re.compile(lists["ordinary_right"]),
        official_left=re.compile(f"(?:{organ}|(?:{lists['official_role']})(?:叫|名叫)?[:： ]?)$"),
        official_right=re.compile(f"(?:{lists['official_title']})"),
        official_verb=re.compile(f"[,，]?(?:{lists['official_verb']})"),
        official_sure=re.compile(
            f"(?:局|所|站|大队|中队|支队|政府|中心|窗口|大厅|委|办|[医法学]院|厅|科|股)(?:里|的)?(?:{lists['official_role']})?(?:叫|是)?$"
        ),
        own_sentence=re.compile(r"(?:^|[，,。;；\n!！?？、\s])(?:我|俺|本人)(?:就?是|系|叫)[^，,。;；\n!！?？]{0,24}$"),
        own_title=re.compile(lists["own_title"]),
        roll=re.compile(f"(?<!被)(?:{lists['roll']})[^，。\\n:：]{{0,4}}[:：][ ]{{0,2}}([^。\\n:：]{{2,120}})"),
        pet=re.compile(
            f"(?:我|俺|咱|孩子)(?:家)?(?:{lists['family']})(?:叫)?([小阿大老][一-鿿]{{1,2}}?)(?=[在也说给带去有的是就和跟{re.escape(STOP)}]|$)"
        ),
        familiar=re.compile(
            f"(?<![一-鿿][一-鿿]的)[老小]([{surname}])(?:头儿?|子|太太)?(?=[在也说给带去有的是就和跟看都被可能会要想怕没不{re.escape(STOP)}]|$)"
        ),
        titled=re.compile(f"([{surname}])(?:{lists['person_title']})"),
        surname_said=re.compile(
            f"(?:我|俺|本人|免贵|婆家|娘家|夫家|我们家|就是上次那个|上次那个|就是那个)(?:也)?(姓([{surname}])(?:,名([一-鿿]{{1,2}}))?)"
        ),
        sign_title=re.compile(lists["sign_title"]),
        telling=re.compile("|".join(sheet["telling"])),
        nobody=frozenset(sheet["nobody"]),
        own_field=re.compile(
            f'(?<!被)(?<!问)(?:{lists["own_field"]})[ “"]{{0,2}}(?!{lists["own_field_not"]})(?=[一-鿿a-z])'
        ),
        number_field=re.compile(f"(?:{lists['number_field']})[ ]{{0,2}}(?=[a-z0-9])"),
        letter=re.compile(lists["letter_sign"]),
        organ=re.compile(lists["organ_sign"]),
        spaced=re.compile(f"(?<![一-鿿] )(?<![一-鿿])[{surname}](?:[ ]{{1,4}}[一-鿿]){{1,3}}(?![ ]{{1,4}}[一-鿿])"),
    )
