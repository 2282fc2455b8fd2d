"""What a bare title names: estates, roads, schools, firms … by the word they end on.

Two titles that name different objects of one kind do not tell of one object, however alike they
are; a question about a policy has no object, so that another's is his own case.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

_KINDS = {
    "estate": "小区|家园|花园|新城|山庄|公馆|楼盘|城|苑|府|湾",
    "school": "学院|学校|中学|小学|大学|幼儿园",
    "line": "号线",
    "road": "大道|路|街",
    "place": "社区|村|镇",
    "firm": "公司",
    "hospital": "医院",
    "park": "公园",
    "building": "大厦|广场",
    "platform": "平台",
    "station": "站",
    "bridge": "桥",
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split("|")}
_NAMED = re.compile(
    rf"([一-鿿a-z0-9]{{2,8}}?)({'|'.join(sorted(_KIND_OF, key=len, reverse=True))})"
    r"(?!中学|小学|学校|学院|幼儿园|医院|大道|公馆)(?<!城(?=[市际管镇乡铁]))"
)
"""A name ends on the last word of a kind: 楚府中学 is a school; 中心城市 is no 城."""
_BETWEEN = re.compile(
    r"[a-z]?\d+[区县市]|[a-z]市|关于|请问|咨询|建议|反映|投诉|举报|希望|什么|如何|何时|街道|请求"
    r"|附近|旁边|后面|门口|路口|设置|设立|开设|增设|修建|新建|架设|加快|拆除|能否|是否|可以"
    r"|[给的在对与和及请由至到从是为]"
)
_BEFORE = re.compile(r"^[建个座所口将应无有去进旁近处]+")
"""What stands before a name and is no part of it."""
_COMMON = re.compile(
    r"(?:人行|过街|[公私]立|[公民]办|普惠性?|配套|三甲|[一二三四五六七八九十\d]+期?|第|立交|高架|公交|地铁|火车"
    r"|高铁|汽车|人行道|物业|自来水|燃气|供水|房地产|开发|安置|保障房?|商业|搅拌|垃圾|变电|充电|收费|社区|小区"
    r"|居民区?|精装修?|毛坯|住宅|临街|实验|中心|人民|附属|大型|部分|多家|各大|天|大|专科|诈骗|网络|p2p|线|加油|新)+"
)
"""What every object of the kind may be called: it names none."""
_OF_MANY = re.compile(
    r"网络|信息|科技|有限|实业|集团|投资|置业|房地产|地产|开发|建设|工程|建筑|商贸|贸易|管理|服务|文化|传媒"
    r"|职业|技术|师范|^.?.省|楼盘|项目"
)
"""What many firms and schools have in their names; it tells none from another."""
_POLICY = re.compile(
    r"咨询|政策|补贴|资格|公积金|落户|社保|入户|户口|公租房|申请条件|补助|转业|安置(?!房|小区|区|点)|职称|考试|医保|退休|养老"
)
_LINE = re.compile(r"([0-9一二三四五六七八九]+)号线")
_FIGURES = str.maketrans("一二三四五六七八九", "123456789")

ALIKE = 0.5
"""Names that share so many of the shorter's signs may be one name in two spellings."""

Named = Mapping[str, frozenset[str]]
"""The names in a title by the kind of their object."""


@lru_cache(maxsize=4096)
def objects_in(title: str) -> Named:
    """The objects that a bare title names, by kind."""
    found: dict[str, set[str]] = {}
    for part in _BETWEEN.split(title):
        for one in _NAMED.finditer(part):
            name = _BEFORE.sub("", one[1])
            if len(name) > 1 and not _COMMON.fullmatch(name):
                found.setdefault(_KIND_OF[one[2]], set()).add(name)
    return {kind: frozenset(names) for kind, names in found.items()}


def agree(one: Named, other: Named) -> bool:
    """Whether the titles name an object of one kind alike."""
    return any(_any_alike(one[kind], other[kind]) for kind in _kinds_of_both(one, other))


def differ(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether titles, each with its whole text, name different objects of one kind.

    Not where either text says the other's name too.
    """
    if _lines_differ(one[0], other[0]):
        return True
    first, second = objects_in(one[0]), objects_in(other[0])
    return any(
        not _any_alike(first[kind], second[kind])
        and not any(name in other[1] for name in first[kind])
        and not any(name in one[1] for name in second[kind])
        for kind in _kinds_of_both(first, second)
    )


def _kinds_of_both(one: Named, other: Named) -> Iterable[str]:
    return one.keys() & other.keys() if one and other else ()


@lru_cache(maxsize=4096)
def asks_of_policy(title: str) -> bool:
    """Whether a bare title asks about a policy, where each asks for himself."""
    return _POLICY.search(title) is not None


def _lines_differ(one: str, other: str) -> bool:
    first, second = _lines_in(one), _lines_in(other)
    return bool(first and second and first.isdisjoint(second))


@lru_cache(maxsize=4096)
def _lines_in(title: str) -> frozenset[str]:
    if "号线" not in title:
        return frozenset()
    return frozenset(number.translate(_FIGURES) for number in _LINE.findall(title))


def _any_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return any(_alike(name, twin) for name in one for twin in other)


@lru_cache(maxsize=4096)
def _own(name: str) -> str:
    """A name without what many have in theirs, unless too little is left."""
    own = _OF_MANY.sub("", name)
    return own if len(own) > 1 else name


def _alike(one: str, other: str) -> bool:
    one, other = _own(one), _own(other)
    if one in other or other in one or one[-2:] == other[-2:]:
        return True
    return len(set(one) & set(other)) >= ALIKE * min(len(one), len(other))
